"""Two saved texts of one story: which they are, and what differs, in a sentence or part by part."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from articles.changes.blocks import compare
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
    """One state of a story; ``number`` is its revision's, or READERS."""

    number: str
    typed: Typed


def compare_url(article: Article, older: int | str, newer: int | str) -> str:
    page = reverse("admin:articles_article_compare", args=[article.pk])
    return f"{page}?from={older}&to={newer}"


def text_of_revision(revision: Revision, stored: Typed) -> Text:
    """``stored`` is the story as it now is, for what no revision holds."""
    return Text(str(revision.number), Typed.of_content(revision.content, like=stored))


def text_of_edition(edition: Edition, stored: Typed) -> Text:
    content = {
        name: getattr(edition, Content._meta.get_field(name).attname)
        for name in Content.content_fields()
    }
    content["bylines"] = [[byline["id"], byline["role"]] for byline in edition.bylines]
    content["tags"] = [tag["name"] for tag in edition.tags]
    return Text(READERS, Typed.of_content(content, like=stored))


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
    count = sum(block.is_changed for block in compare(*lines)) if "body" in names else 0
    if "body" in names and not count:
        others.append(gettext("Emphasis in the text"))
    listed = ", ".join(label[:1].lower() + label[1:] for label in others)
    if not names:
        return gettext("Nothing has been changed since it was sent back")
    if not count:
        return gettext("Changed since it was sent back: %(parts)s") % {"parts": listed}
    told = ngettext(
        "%(count)d paragraph changed since it was sent back",
        "%(count)d paragraphs changed since it was sent back",
        count,
    ) % {"count": count}
    also = gettext("also: %(parts)s") % {"parts": listed}
    return f"{told}; {also}" if others else told
