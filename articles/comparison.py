"""Two saved texts of one story: which they are, and what differs, in a sentence or part by part."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from articles.changes.blocks import Block, compare
from articles.changes.text import paragraphs
from articles.conflict import changed, label_of
from articles.models import Article, Content, Edition, Event, Revision
from articles.typed import Typed

# In the place of a revision's number: the edition that readers have, or will have.
READERS = "readers"
# An editor has decided: what was sent back before that is done with.
DECIDED = frozenset({"approve", "publish", "update", "correct"})


@dataclass(frozen=True)
class Text:
    """One state of a story.

    ``number`` is that of its revision or, after an "e", of its edition; ``version`` is the revision
    that says the same.
    """

    number: str
    typed: Typed
    version: int


def compare_url(article: Article, older: int | str, newer: int | str) -> str:
    page = reverse("admin:articles_article_compare", args=[article.pk])
    return f"{page}?from={older}&to={newer}"


def edition_url(article: Article, number: int) -> str:
    """Where to see what an edition has changed."""
    return f"{reverse('admin:articles_article_compare', args=[article.pk])}?to=e{number}"


def text_of_revision(revision: Revision, stored: Typed) -> Text:
    """``stored`` is the story as it now is, for what no revision holds."""
    typed = Typed.of_content(revision.content, like=stored)
    return Text(str(revision.number), typed, revision.number)


def number_of(edition: Edition) -> str:
    """What an edition is called in the address of a comparison."""
    return f"e{edition.number}"


def text_of_edition(edition: Edition, stored: Typed) -> Text:
    content = {
        name: getattr(edition, Content._meta.get_field(name).attname)
        for name in Content.content_fields()
    }
    content["bylines"] = [[byline["id"], byline["role"]] for byline in edition.bylines]
    content["tags"] = [tag["name"] for tag in edition.tags]
    return Text(number_of(edition), Typed.of_content(content, like=stored), edition.version)


@dataclass(frozen=True)
class SentAgain:
    """A story that came back from whoever had to mend it: what was done, and where to see it."""

    event: Event
    told: str
    url: str


def sent_again(article: Article, events: list[Event]) -> SentAgain | None:
    """For a story that an editor has to decide about once more; one query if it is one.

    ``events`` are the newest of its log, newest first.
    """
    if article.submitted_at is None:
        return None
    submitted = next((event for event in events if event.verb == "submit"), None)
    before = [event for event in events if submitted and event.pk < submitted.pk]
    last = next((each for each in before if each.verb == "send_back" or each.verb in DECIDED), None)
    if submitted is None or last is None or last.verb != "send_back":
        return None
    found = article.revisions.filter(number__in=(last.version, submitted.version))
    texts = {revision.number: revision.content for revision in found}
    if not {last.version, submitted.version} <= texts.keys():
        return None
    like = Typed.of_story(Article())
    older, newer = (
        Typed.of_content(texts[event.version], like=like) for event in (last, submitted)
    )
    url = compare_url(article, last.version, submitted.version)
    return SentAgain(last, since_sent_back(older, newer), url)


def since_sent_back(older: Typed, newer: Typed) -> str:
    """What was changed, in a sentence: how many paragraphs of the text, and which other parts."""
    names = changed(newer, older)
    others = [str(label_of(name)) for name in names if name != "body"]
    lines = (paragraphs(typed.values["body"]) for typed in (older, newer))
    counted = paragraphs_told(compare(*lines)) if "body" in names else []
    if "body" in names and not counted:
        others.append(gettext("Emphasis in the text"))
    listed = ", ".join(label[:1].lower() + label[1:] for label in others)
    if not names:
        return gettext("Nothing has been changed since it was sent back")
    if not counted:
        return gettext("Changed since it was sent back: %(parts)s") % {"parts": listed}
    told = gettext("%(paragraphs)s since it was sent back") % {"paragraphs": ", ".join(counted)}
    also = gettext("also: %(parts)s") % {"parts": listed}
    return f"{told}; {also}" if others else told


def paragraphs_told(blocks: Iterable[Block]) -> list[str]:
    """How many paragraphs came, went and were changed, as one says it beside each other."""
    blocks = list(blocks)
    new = sum(block.is_new for block in blocks)
    gone = sum(block.is_gone for block in blocks)
    other = sum(block.is_changed for block in blocks) - new - gone
    counted = [
        (new, ngettext("%(count)d new paragraph", "%(count)d new paragraphs", new)),
        (gone, ngettext("%(count)d paragraph removed", "%(count)d paragraphs removed", gone)),
        (other, ngettext("%(count)d paragraph changed", "%(count)d paragraphs changed", other)),
    ]
    return [said % {"count": count} for count, said in counted if count]
