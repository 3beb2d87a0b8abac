"""What the desk says about verbs: the log in words, and what an actor is told afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import publication, states
from articles.dates import stamp_in_words
from articles.models import Article, Event, Notice, Stage
from articles.publication import Situation
from articles.sending import LAST_OF
from articles.unrevised import SET
from bureaus.models import Bureau, User
from newsroom.indonesian import within_quotes

# What was done, for the log: the verb in words, and the state to draw beside it, if it led to one.
LOG = {
    "submit": (pgettext_lazy("log", "Submitted by {name}"), states.SUBMITTED),
    "withdraw": (pgettext_lazy("log", "Withdrawn by {name}"), states.DRAFT),
    "claim": (pgettext_lazy("log", "Claimed by {name}"), states.IN_REVIEW),
    "release": (pgettext_lazy("log", "Released by {name}"), states.SUBMITTED),
    "take_over": (pgettext_lazy("log", "Taken over by {name}"), states.IN_REVIEW),
    "send_back": (pgettext_lazy("log", "Sent back by {name}"), states.SENT_BACK),
    "approve": (pgettext_lazy("log", "Approved by {name}"), states.APPROVED),
    "reopen": (pgettext_lazy("log", "Reopened by {name}"), states.DRAFT),
    "publish": (pgettext_lazy("log", "Published by {name}"), states.PUBLISHED),
    "schedule": (pgettext_lazy("log", "Scheduled by {name}"), states.SCHEDULED),
    "unschedule": (pgettext_lazy("log", "Schedule cancelled by {name}"), None),
    "update": (pgettext_lazy("log", "Published as an update by {name}"), states.PUBLISHED),
    "correct": (pgettext_lazy("log", "Published as a correction by {name}"), states.PUBLISHED),
    "backdate": (pgettext_lazy("log", "Printed date changed by {name}"), None),
    "retract": (pgettext_lazy("log", "Retraction asked for by {name}"), None),
    "confirm_retraction": (pgettext_lazy("log", "Retracted by {name}"), states.RETRACTED),
    "decline_retraction": (pgettext_lazy("log", "Retraction declined by {name}"), None),
    "place": (pgettext_lazy("log", "Placed in another bureau by {name}"), None),
    "unplace": (pgettext_lazy("log", "Taken out of another bureau by {name}"), None),
    "pin": (pgettext_lazy("log", "Pinned to the front of {front} by {name}"), None),
    "unpin": (pgettext_lazy("log", "Taken off the front of {front} by {name}"), None),
    "spike": (pgettext_lazy("log", "Spiked by {name}"), states.SPIKED),
    "revive": (pgettext_lazy("log", "Revived by {name}"), states.DRAFT),
    "discard": (pgettext_lazy("log", "Discarded by {name}"), None),
    SET: (pgettext_lazy("log", "Changed by {name}"), None),
}

# What the actor is told: what happened, where the story now is, and who acts next.
TOLD = {
    "submit": _("“{story}” has been submitted. Now it waits for an editor of {bureau}."),
    "withdraw": _("“{story}” is a draft again. No editor waits for it."),
    "claim": _("You are reviewing “{story}”. Approve it, or send it back with a reason."),
    "release": _("“{story}” is free again. Any editor of {bureau} can claim it."),
    "take_over": _("“{story}” is now with you. Approve it, or send it back with a reason."),
    "send_back": _("“{story}” has been sent back to {author} with your reason."),
    "approve": _("“{story}” has been approved. An editor of {bureau} can publish it."),
    "reopen": _("“{story}” is a draft again. Before publication it must be approved anew."),
    "publish": _("“{story}” is live on {bureau}’s site since {time}."),
    "schedule": _("“{story}” will go live by itself on {time}."),
    "unschedule": _("The schedule of “{story}” has been cancelled. It stays approved."),
    "update": _("The update of “{story}” is live since {time}."),
    "correct": _("The correction of “{story}” is live since {time}; the page says so."),
    "backdate": _("“{story}” now carries the date {date}."),
    "retract": _(
        "Retraction asked for. A second editor must confirm; until then “{story}” is live."
    ),
    "confirm_retraction": _("“{story}” has been retracted. Its page says when and why."),
    "decline_retraction": _("“{story}” stays live. The retraction has been declined."),
    "place": _("“{story}” also runs in {place}."),
    "unplace": _("“{story}” no longer runs in {place}."),
    "spike": _("“{story}” has been spiked. An editor can revive it."),
    "revive": _("“{story}” is a draft again."),
    "discard": _("“{story}” has been discarded."),
}
TO_COME = _("The next edition of “{story}” will replace the live one on {time}.")
PLACED_TO_COME = _("“{story}” will also run in {place}, from {start}.")
APPROVAL_WITHDRAWN = _("The approval has been withdrawn: the new text must be approved again.")


def told(verb: str, article: Article, *, place=None) -> SafeString:
    """What to tell the actor of a verb that was done, with a link to the public page if there is
    one."""
    article.refresh_from_db()
    situation = Situation.of(article, publication.database_now())
    edition = situation.last
    text = TOLD[LAST_OF.get(verb, verb)]
    if verb in ("update", "correct") and situation.pending:
        text = TO_COME
    start = None
    if verb == "place":
        start = article.placements.get(bureau=place, shown__upper_inf=True).shown.lower
        if start > situation.now:
            text = PLACED_TO_COME
    sentence = format_html(
        str(text),
        story=within_quotes(article),
        bureau=article.bureau,
        author=article.created_by,
        place=place or "",
        start=stamp_in_words(start, article.bureau) if start else "",
        time=stamp_in_words(edition.live.lower, article.bureau) if edition else "",
        date=stamp_in_words(edition.first_published, article.bureau) if edition else "",
    )
    if not situation.live:
        return sentence
    url = situation.live.address.get_absolute_url()
    link = format_html('<a href="{}">{}</a>', url, gettext("Open the page"))
    return format_html("{} {}", sentence, link)


def saved(article: Article, *, is_approval_withdrawn: bool) -> str:
    """What to tell whoever saved a story: what it means for readers, and who acts next."""
    article.refresh_from_db()
    situation = Situation.of(article, publication.database_now())
    said = [gettext("“%(story)s” has been saved.") % {"story": within_quotes(article)}]
    is_new = situation.last is not None and situation.last.version != article.version
    if situation.live and is_new:
        said.append(
            gettext(
                "Readers still see the published edition; they get the new text with an update"
                " or a correction."
            )
        )
    elif situation.pending and is_new:
        said.append(gettext("What is scheduled keeps the text that was approved."))
    elif situation.last is None and article.stage == Stage.DRAFT and not article.spiked_at:
        said.append(gettext("It is a draft and has not been submitted yet."))
    if is_approval_withdrawn:
        said.append(str(APPROVAL_WITHDRAWN))
    return " ".join(said)


def logged(event: Event) -> str:
    """One line of the log in words: what was done, by whom, where and for when."""
    text = str(LOG[event.verb][0])
    slug = event.details.get("bureau", "")
    bureau = str(Bureau.objects.filter(slug=slug).first() or slug) if slug else ""
    parts = [text.format(name=event.by, front=bureau or gettext("the network"))]
    if bureau and "{front}" not in text:
        parts.append(bureau)
    if "until" in event.details:
        until = datetime.fromisoformat(event.details["until"])
        parts.append(
            gettext("until %(time)s") % {"time": stamp_in_words(until, event.article.bureau)}
        )
    if "at" in event.details:
        start = datetime.fromisoformat(event.details["at"])
        if start > event.at:
            parts.append(
                gettext("from %(time)s") % {"time": stamp_in_words(start, event.article.bureau)}
            )
    parts += _set(event)
    if "printed_at" in event.details:
        parts.append(
            stamp_in_words(
                datetime.fromisoformat(event.details["printed_at"]), event.article.bureau
            )
        )
    return ", ".join(parts)


def _set(event: Event) -> Iterator[str]:
    """What was set that no revision holds."""
    details = event.details if event.verb == SET else {}
    if "embargo_until" in details:
        until = details["embargo_until"] and datetime.fromisoformat(details["embargo_until"])
        yield (
            gettext("embargo until %(time)s")
            % {"time": stamp_in_words(until, event.article.bureau)}
            if until
            else gettext("no embargo any more")
        )
    if "breaking" in details:
        yield gettext("breaking news") if details["breaking"] else gettext("not breaking news")
    if "slug" in details:
        slug = details["slug"]
        yield gettext("address “%(slug)s”") % {"slug": slug} if slug else gettext("address cleared")


def quoted(event: Event) -> str:
    """What was said with it: the reason or, of a correction, what readers are told."""
    if event.verb != "correct":
        return event.reason
    notice = Notice.objects.filter(edition=event.edition_id, kind=Notice.Kind.CORRECTION).first()
    return notice.text if notice else ""


@dataclass(frozen=True)
class Saving:
    saved_by: User
    saved_at: datetime


def last_saved(article: Article) -> Saving | None:
    """Who saved the story last, be it the text or what no revision holds."""
    text = article.revisions.select_related("saved_by").first()
    other = article.events.filter(verb=SET).select_related("by").first()
    if other and (text is None or other.at > text.saved_at):
        return Saving(other.by, other.at)
    return text and Saving(text.saved_by, text.saved_at)


def latest(article: Article) -> str:
    """Who did what last: for somebody who came too late."""
    event = article.events.select_related("by").first()
    if event is None:
        return ""
    return gettext("Last: %(what)s, %(time)s.") % {
        "what": logged(event),
        "time": stamp_in_words(event.at, article.bureau),
    }
