"""The page on which the desk sees what changed from one saved text of a story to another."""

import re
from collections import Counter
from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from articles import publication
from articles.comparison import READERS, Text, text_of_edition, text_of_revision
from articles.conflict import Difference, differences
from articles.dates import stamp_in_words
from articles.desk import may_edit, story_url
from articles.models import Article, Edition
from articles.outcomes import LOG
from articles.publication import Situation
from articles.story_log import SAVES_SHOWN
from articles.typed import Typed

_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
# What was done with a text and tells it from others, the weightiest last.
MARKED = ("submit", "send_back", "approve", "publish", "update", "correct")
# The parts whose words a writer writes; of others a name stands there.
WRITTEN = frozenset({"kicker", "headline", "summary", "picture_caption", "body"})


@dataclass(frozen=True)
class Side:
    """One of the two texts: ``take_url`` puts it into the story form, "" where it cannot."""

    name: str
    text: Text
    words: str
    take_url: str


@require_safe
def compare_page(request, article_id: int) -> HttpResponse:
    """What the address names as from and to: numbers of revisions, or READERS.

    Without them what readers have, or else the save before, is compared with the last one.
    """
    stories = Article.objects.for_user(request.user).select_related("bureau")
    article = get_object_or_404(stories, pk=article_id)
    situation = Situation.of(article, publication.database_now())
    edition = situation.live or situation.pending
    before = READERS if edition else str(max(article.version - 1, 1))
    numbers = (request.GET.get("from", before), request.GET.get("to", str(article.version)))
    older, newer = _texts(article, numbers, edition)
    found = differences(newer.typed, older.typed, request.user)
    choices = _choices(article, situation, numbers)
    is_editable = may_edit(article, request.user)
    context = {
        **admin.site.each_context(request),
        "opts": Article._meta,
        "title": gettext("Compare the texts"),
        "story": article,
        "story_url": story_url(article),
        "older": older,
        "newer": newer,
        "differences": found,
        "tally": _tally(found),
        # Emphasis and the like are left out where words are compared.
        "of_words": {each.name for each in found if any(b.is_changed for b in each.blocks)},
        "choices": choices,
        "sides": [
            Side(name, text, dict(choices)[text.number], _take_url(article, text, is_editable))
            for name, text in (("older", older), ("newer", newer))
        ],
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def _tally(differences: list[Difference]) -> list[str]:
    """How much came and went, and in which parts, as one says it beside each other."""
    blocks = {each.name: each.blocks for each in differences}
    words: Counter[str] = Counter()
    for run in (run for name in WRITTEN for block in blocks.get(name, []) for run in block.runs):
        words[run.kind] += len(run.text.split())
    came, went = words["added"], words["removed"]
    paragraphs = sum(block.is_changed for block in blocks.get("body", []))
    counted = [
        (came, ngettext("%(count)d word added", "%(count)d words added", came)),
        (went, ngettext("%(count)d word removed", "%(count)d words removed", went)),
        (
            paragraphs,
            ngettext("%(count)d paragraph changed", "%(count)d paragraphs changed", paragraphs),
        ),
    ]
    others = ", ".join(str(each.label) for each in differences if each.name != "body")
    told = [said % {"count": count} for count, said in counted if count]
    return [*told, others] if others else told


def _take_url(article: Article, text: Text, is_editable: bool) -> str:
    if not is_editable or text.number in (READERS, str(article.version)):
        return ""
    return reverse("admin:articles_article_take", args=[article.pk, int(text.number)])


def _texts(article: Article, numbers: tuple[str, str], edition: Edition | None) -> list[Text]:
    """Raises Http404 for what is no text of the story."""
    stored = Typed.of_story(article)
    found = article.revisions.filter(number__in=_revisions_in(numbers))
    texts = {str(each.number): text_of_revision(each, stored) for each in found}
    if edition and READERS in numbers:
        texts[READERS] = text_of_edition(edition, stored)
    try:
        return [texts[number] for number in numbers]
    except KeyError:
        raise Http404 from None


def _revisions_in(numbers: tuple[str, str]) -> list[int]:
    return [int(number) for number in numbers if _NUMBER.fullmatch(number)]


def _choices(
    article: Article, situation: Situation, numbers: tuple[str, str]
) -> list[tuple[str, str]]:
    """The texts to choose from, newest first, each with its words; those on the page included."""
    choices = []
    if situation.live:
        number = {"number": situation.live.number}
        choices.append((READERS, gettext("Edition %(number)d, as readers have it") % number))
    elif situation.pending:
        number = {"number": situation.pending.number}
        choices.append((READERS, gettext("Edition %(number)d, as readers will have it") % number))
    events = article.events.filter(verb__in=MARKED).values_list("version", "verb")
    done = dict(sorted(events, key=lambda line: MARKED.index(line[1])))
    is_shown = Q(number__gt=article.version - SAVES_SHOWN) | Q(number__in=_revisions_in(numbers))
    for save in article.revisions.filter(is_shown).select_related("saved_by").defer("content"):
        words = f"{stamp_in_words(save.saved_at, article.bureau)}, {save.saved_by}"
        if verb := done.get(save.number):
            words += f" ({LOG[verb][1].label})"
        choices.append((str(save.number), words))
    return choices
