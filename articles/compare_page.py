"""The page on which the desk sees what changed from one saved text of a story to another."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from articles import publication, states
from articles.comparison import (
    READERS,
    Text,
    number_of,
    paragraphs_told,
    text_of_edition,
    text_of_revision,
)
from articles.conflict import Difference, differences
from articles.dates import earlier_day, printed_time, stamp_in_words
from articles.desk import may_edit, story_url
from articles.models import Article, Edition, Revision
from articles.outcomes import LOG
from articles.publication import Situation
from articles.story_log import SAVES_SHOWN
from articles.typed import Typed

_NUMBER = re.compile(r"(e?)([1-9]\d{0,8})", re.ASCII)
# What was done with a text at the desk and tells it from others, the weightiest last.
MARKED = ("submit", "send_back", "approve")
# The parts whose words a writer writes; of others a name stands there.
WRITTEN = frozenset({"kicker", "headline", "summary", "picture_caption", "body"})


@dataclass(frozen=True)
class Choice:
    """A text that can be chosen; ``short`` is for a list, where only its beginning may be seen."""

    number: str
    short: str
    words: str


@dataclass(frozen=True)
class Side:
    """One of the two texts: ``take_url`` puts it into the story form, "" where it cannot."""

    name: str
    text: Text
    words: str
    take_url: str


@require_safe
def compare_page(request, article_id: int) -> HttpResponse:
    """What the address names as from and to: numbers of revisions and editions, or READERS.

    Without them it is a pair that is worth a look: the same text twice helps nobody.
    """
    stories = Article.objects.for_user(request.user).select_related("bureau")
    article = get_object_or_404(stories, pk=article_id)
    situation = Situation.of(article, publication.database_now())
    editions = list(
        article.editions.uncancelled().order_by("-number").only("number", "kind", "version", "live")
    )
    newest = _worth_a_look(article, situation)
    to = request.GET.get("to", newest)
    older = request.GET.get("from")
    names = (_before(to, article, editions, situation) if older is None else older, to)
    out = situation.live or situation.pending
    numbers = [number_of(out) if out and name == READERS else name for name in names]
    older, newer = _texts(article, numbers)
    found = differences(newer.typed, older.typed, request.user)
    choices = _choices(article, situation, editions, numbers)
    words = {choice.number: choice.words for choice in choices}
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
            Side(name, text, words[text.number], _take_url(article, text, is_editable))
            for name, text in (("older", older), ("newer", newer))
        ],
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def _worth_a_look(article: Article, situation: Situation) -> str:
    """The text as it is or, where readers have no other, the edition that says the same."""
    out = situation.live or situation.pending
    return number_of(out) if out and out.version == article.version else str(article.version)


def _before(to: str, article: Article, editions: list[Edition], situation: Situation) -> str:
    """What a text is compared with: with what readers have, an edition with the one before it.

    A first edition is compared with what its writer submitted, and where readers have nothing, the
    last save with the one before. ``editions`` are those made and not cancelled, newest first.
    """
    out = situation.live or situation.pending
    before = str(max(article.version - 1, 1))
    edition = next((each for each in editions if number_of(each) == to), None)
    if edition is None:
        return number_of(out) if out else before
    # One that has but another date says the same.
    earlier = next((each for each in editions if each.version < edition.version), None)
    if earlier:
        return number_of(earlier)
    submitted = article.events.filter(verb="submit", version__lt=edition.version).first()
    return str(submitted.version) if submitted else str(max(edition.version - 1, 1))


def _tally(differences: list[Difference]) -> list[str]:
    """How much came and went, and in which parts, as one says it beside each other."""
    blocks = {each.name: each.blocks for each in differences}
    words: Counter[str] = Counter()
    for run in (run for name in WRITTEN for block in blocks.get(name, []) for run in block.runs):
        words[run.kind] += len(run.text.split())
    came, went = words["added"], words["removed"]
    counted = [
        (came, ngettext("%(count)d word added", "%(count)d words added", came)),
        (went, ngettext("%(count)d word removed", "%(count)d words removed", went)),
    ]
    others = ", ".join(str(each.label) for each in differences if each.name != "body")
    told = [said % {"count": count} for count, said in counted if count]
    told += paragraphs_told(blocks.get("body", []))
    return [*told, others] if others else told


def _take_url(article: Article, text: Text, is_editable: bool) -> str:
    if not is_editable or text.version == article.version:
        return ""
    return reverse("admin:articles_article_take", args=[article.pk, text.version])


def _texts(article: Article, numbers: list[str]) -> list[Text]:
    """Raises Http404 for what is no text of the story."""
    stored = Typed.of_story(article)
    revisions, editions = _numbers_in(numbers)
    found = [
        text_of_revision(each, stored) for each in article.revisions.filter(number__in=revisions)
    ]
    if editions:
        printed = article.editions.uncancelled().filter(number__in=editions)
        found += [text_of_edition(each, stored) for each in printed]
    texts = {text.number: text for text in found}
    try:
        return [texts[number] for number in numbers]
    except KeyError:
        raise Http404 from None


def _numbers_in(names: list[str]) -> tuple[list[int], list[int]]:
    """Those of revisions, and those of editions."""
    read = [found for found in map(_NUMBER.fullmatch, names) if found]
    revisions, editions = ([int(each[2]) for each in read if each[1] == kind] for kind in ("", "e"))
    return revisions, editions


def _choices(
    article: Article, situation: Situation, editions: list[Edition], numbers: list[str]
) -> list[Choice]:
    """The texts to choose from, editions first, the newest on top; those on the page included."""
    choices = [_choice_of_edition(edition, article, situation) for edition in editions]
    events = article.events.filter(verb__in=MARKED).values_list("version", "verb")
    done = {
        version: str(LOG[verb][1].label)
        for version, verb in sorted(events, key=lambda line: MARKED.index(line[1]))
    }
    # Else two saves of one minute that were both published would look the same.
    done |= {edition.version: _named(edition) for edition in editions}
    is_shown = Q(number__gt=article.version - SAVES_SHOWN) | Q(number__in=_numbers_in(numbers)[0])
    saves = article.revisions.filter(is_shown).select_related("saved_by").defer("content")
    return choices + [_choice_of_save(save, article, done.get(save.number, "")) for save in saves]


def _choice_of_edition(edition: Edition, article: Article, situation: Situation) -> Choice:
    parts = [_named(edition)]
    if edition.kind != Edition.Kind.FIRST:
        parts.append(edition.get_kind_display())
    state = {situation.live: states.PUBLISHED, situation.pending: states.SCHEDULED}.get(edition)
    state_words = [str(state.label)] if state else []
    start = edition.live.lower
    return Choice(
        number_of(edition),
        " · ".join([*parts, _short(start, article), *state_words]),
        ", ".join([*parts, stamp_in_words(start, article.bureau), *state_words]),
    )


def _named(edition: Edition) -> str:
    return gettext("Edition %(number)s") % {"number": edition.number}


def _choice_of_save(save: Revision, article: Article, state: str) -> Choice:
    """``state``: what became of it; before the name, of which a phone may cut the end."""
    words = f"{stamp_in_words(save.saved_at, article.bureau)}, {save.saved_by}"
    short = [_short(save.saved_at, article), state, str(save.saved_by)]
    return Choice(
        str(save.number),
        " · ".join(filter(None, short)),
        f"{words} ({state})" if state else words,
    )


def _short(moment: datetime, article: Article) -> str:
    day = earlier_day(moment, article.bureau)
    return " ".join(filter(None, (day, printed_time(moment, article.bureau))))
