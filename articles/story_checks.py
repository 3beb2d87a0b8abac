"""What a story must have before it may be submitted or published, and what would do it good."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.checked_text import Text
from articles.leftover_notes import notes_in_body, notes_in_line
from articles.models import HEADLINE_LENGTH, SUMMARY_LENGTH, Article, Picture, Source
from articles.objects import WITH_PICTURES
from newsroom.typesetting import SERIF, missing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HEADLINE_ON_PHONE = 70  # letters: three lines at 360 px
SUMMARY_SHOWN = 160  # letters that search engines and messengers show
ADDRESS_SHOWN = 32  # letters
NAMED = 3  # things, of those that are at fault


def _short(address: str) -> str:
    bare = re.sub(r"^https?://(?:www\.)?", "", address)
    return Truncator(bare).chars(ADDRESS_SHOWN)


def _nothing(text: Text) -> list[str]:
    return []


def _nowhere(text: Text) -> None:
    return None


@dataclass(frozen=True)
class Check:
    """One requirement or advice: ``reason`` says why, ``field`` where on the form it is mended."""

    name: str
    field: str
    message: "StrOrPromise"
    reason: "StrOrPromise"
    is_met: Callable[[Text], bool]
    #: what is at fault, for the message to name; none where that is plain
    faulty: Callable[[Text], list[str]] = _nothing
    #: where in the body the first of it stands
    find: Callable[[Text], int | str | None] = _nowhere
    #: the same for one text: which of its objects, from 0, or words of it
    at: int | str | None = None

    def said_of(self, text: Text) -> "Check":
        """The check with a message and a place for that text."""
        said = replace(self, at=self.find(text))
        names = self.faulty(text)
        if not names:
            return said
        more = [f"+{len(names) - NAMED}"] if len(names) > NAMED else []
        listed = ", ".join([*names[:NAMED], *more])
        return replace(said, message=self.message % {"named": listed})


def _of_placed(
    name: str,
    message: "StrOrPromise",
    reason: "StrOrPromise",
    is_right: Callable[[Picture, Text], bool],
    named: Callable[[Picture, Text], str] = lambda picture, text: picture.named,
) -> Check:
    """A check of every picture in the text; its message names those that fail it."""

    def faulty(text: Text) -> list[str]:
        return [named(each, text) for each in text.placed if not is_right(each, text)]

    def find(text: Text) -> int | None:
        wrong = {each.pk for each in text.placed if not is_right(each, text)}
        return text.first(
            lambda each: each.kind in WITH_PICTURES and not wrong.isdisjoint(each.ids)
        )

    return Check(name, "body", message, reason, lambda text: not faulty(text), faulty, find)


def _used_again(picture: Picture, text: Text) -> str:
    said = gettext("%(picture)s in “%(story)s”")
    return said % {"picture": picture.named, "story": text.used_before[picture.pk]}


_SMALL = _(
    "On the page it looks blurred or lost: ask for the photo as it was taken, not for a copy "
    "out of a chat."
)


_LICENCE = _("Ask who took it and owns it, then choose the licence in the library.")
_WHOSE = _("Ask who took it and owns it, then choose source and licence in the library.")


def _size(picture: Picture) -> str:
    return gettext("%(width)d × %(height)d pixels") % {
        "width": picture.width,
        "height": picture.height,
    }


def _of_notes(field: str, message: "StrOrPromise", notes_in: Callable[[Text], list[str]]) -> Check:
    """A check of notes that were left in a part of the text; its message quotes them."""

    def quoted(text: Text) -> list[str]:
        return [f"“{note}”" for note in notes_in(text)]

    reason = _("Square brackets or a placeholder: readers would see it.")
    return Check(
        f"notes_{field}",
        field,
        message,
        reason,
        lambda text: not quoted(text),
        quoted,
        (lambda text: notes_in(text)[0].rstrip("…")) if field == "body" else _nowhere,
    )


# What holds a story back.
DEMANDS = (
    Check(
        "headline",
        "headline",
        _("The headline is missing."),
        _("Lists and links show it first, often alone."),
        lambda text: bool(text.headline.strip()),
    ),
    Check(
        "headline_fits",
        "headline",
        _("The headline is too long to be saved."),
        format_lazy(_("{limit} letters at most."), limit=HEADLINE_LENGTH),
        lambda text: len(text.headline) <= HEADLINE_LENGTH,
    ),
    Check(
        "summary_fits",
        "summary",
        _("The summary is too long to be saved."),
        format_lazy(_("{limit} letters at most."), limit=SUMMARY_LENGTH),
        lambda text: len(text.summary) <= SUMMARY_LENGTH,
    ),
    Check(
        "body",
        "body",
        _("The story is empty."),
        _("There is nothing to read yet."),
        lambda text: bool(text.plain),
    ),
    Check(
        "section",
        "section",
        _("No section is chosen."),
        _("Readers find the story under its section."),
        lambda text: text.has_section,
    ),
    Check(
        "writer",
        "bylines",
        _("No writer is credited."),
        _("Every story says who answers for it."),
        lambda text: text.has_writer,
    ),
    Check(
        "bureau",
        "bureau",
        _("The home bureau is not open."),
        _("The story can be written now and submitted when the bureau opens."),
        lambda text: text.bureau is not None and text.bureau.is_open,
    ),
    Check(
        "source_name",
        "source_name",
        _("Name the source: the story is not own reporting."),
        _("Readers are told where it comes from."),
        lambda text: text.source == Source.OWN or bool(text.source_name.strip()),
    ),
    Check(
        "alt_text",
        "picture",
        _("The picture has no alternative text."),
        _("Who listens to the page does not learn what it shows."),
        lambda text: not text.picture or bool(text.picture.alt_text.strip()),
    ),
    Check(
        "credit",
        "picture",
        _("The picture has no credit."),
        _("Every picture says whose it is."),
        lambda text: not text.picture or bool(text.picture.credit.strip()),
    ),
    Check(
        "whose",
        "picture",
        _("Nobody has said whose the picture is."),
        _WHOSE,
        lambda text: not text.picture or not text.picture.is_nobodys,
    ),
    Check(
        "right_over",
        "picture",
        _("The right to use the picture has ended."),
        _("Choose another picture, or have the right prolonged first."),
        lambda text: not text.picture or not text.picture.is_over,
    ),
    Check(
        "not_shared",
        "picture",
        _("The picture belongs to another bureau."),
        _("Ask that bureau to share it, or choose another one."),
        lambda text: not text.picture or not text.bureau or text.picture.is_usable_by(text.bureau),
    ),
    _of_placed(
        "pictures_alt_text",
        _("A picture in the text has no alternative text: %(named)s."),
        _("Who listens to the page does not learn what it shows."),
        lambda picture, text: bool(picture.alt_text.strip()),
    ),
    _of_placed(
        "pictures_credit",
        _("A picture in the text has no credit: %(named)s."),
        _("Every picture says whose it is."),
        lambda picture, text: bool(picture.credit.strip()),
    ),
    _of_placed(
        "pictures_whose",
        _("Nobody has said whose a picture in the text is: %(named)s."),
        _WHOSE,
        lambda picture, text: not picture.is_nobodys,
    ),
    _of_placed(
        "pictures_right_over",
        _("The right to use a picture in the text has ended: %(named)s."),
        _("Choose another picture, or have the right prolonged first."),
        lambda picture, text: not picture.is_over,
    ),
    _of_placed(
        "pictures_not_shared",
        _("A picture in the text belongs to another bureau: %(named)s."),
        _("Ask that bureau to share it, or choose another one."),
        lambda picture, text: not text.bureau or picture.is_usable_by(text.bureau),
    ),
    Check(
        "see_also",
        "body",
        _("“Read also” stands too early or too often."),
        _("At most one for every five paragraphs, and none before the third."),
        lambda text: text.see_also_is_spare,
        find=lambda text: text.see_also_at_fault,
    ),
)

# What only advises: the story can be published without it.
ADVICE = (
    _of_notes(
        "headline",
        _("A note was left in the headline: %(named)s."),
        lambda text: notes_in_line(text.headline, is_headline=True),
    ),
    _of_notes(
        "body", _("A note was left in the text: %(named)s."), lambda text: notes_in_body(text.body)
    ),
    _of_notes(
        "summary",
        _("A note was left in the summary: %(named)s."),
        lambda text: notes_in_line(text.summary),
    ),
    Check(
        "long_headline",
        "headline",
        _("The headline is long for a phone."),
        _("Beyond 70 letters it takes more than three lines."),
        lambda text: len(text.headline.strip()) <= HEADLINE_ON_PHONE,
    ),
    Check(
        "card",
        "headline",
        _("The share card cannot show these letters of the headline: %(named)s."),
        _("It has the summary in its place. Messages show the headline beside it."),
        lambda text: not missing(text.headline, SERIF),
        lambda text: missing(text.headline, SERIF),
    ),
    Check(
        "picture",
        "picture",
        _("There is no picture."),
        _("In lists and messages the story stands without one."),
        lambda text: text.picture is not None,
    ),
    Check(
        "small",
        "picture",
        _("The picture is small: %(named)s."),
        _SMALL,
        lambda text: not text.picture or not text.picture.is_small,
        lambda text: [_size(text.picture)] if text.picture else [],
    ),
    Check(
        "right_ending",
        "picture",
        _("The right to use the picture ends within a week."),
        _("After that no story with it can be published."),
        lambda text: not text.picture or not text.picture.is_ending,
    ),
    Check(
        "licence",
        "picture",
        _("It is not said with what right the picture is used."),
        _LICENCE,
        lambda text: not text.picture or bool(text.picture.licence) or text.picture.is_nobodys,
    ),
    Check(
        "once",
        "picture",
        _("This picture is for one use and was used already: %(named)s."),
        _("Ask its owner whether it may be used again, or choose another one."),
        lambda text: not text.picture or text.picture.pk not in text.used_before,
        lambda text: [f"“{text.used_before[text.picture.pk]}”"] if text.picture else [],
    ),
    _of_placed(
        "pictures_small",
        _("A picture in the text is small: %(named)s."),
        _SMALL,
        lambda picture, text: not picture.is_small,
        lambda picture, text: f"{picture.named}, {_size(picture)}",
    ),
    _of_placed(
        "pictures_licence",
        _("It is not said with what right a picture in the text is used: %(named)s."),
        _LICENCE,
        lambda picture, text: bool(picture.licence) or picture.is_nobodys,
    ),
    _of_placed(
        "pictures_once",
        _("A picture in the text is for one use and was used already: %(named)s."),
        _("Ask its owner whether it may be used again, or choose another one."),
        lambda picture, text: picture.pk not in text.used_before,
        _used_again,
    ),
    _of_placed(
        "pictures_right_ending",
        _("The right to use a picture in the text ends within a week: %(named)s."),
        _("After that no story with it can be published."),
        lambda picture, text: not picture.is_ending,
    ),
    Check(
        "objects",
        "body",
        _("Something in the text is not to be seen by readers."),
        _("A picture that is gone, or a story that is not, or no longer, published, is left out."),
        lambda text: text.unseen_object is None,
        find=lambda text: text.unseen_object,
    ),
    Check(
        "half_filled",
        "body",
        _("A pull quote or a fact box in the text has only its source or its name."),
        _("Readers see an empty frame: write what belongs in it, or remove it."),
        lambda text: not text.half_filled,
        find=lambda text: text.half_filled[0],
    ),
    Check(
        "untitled",
        "body",
        _("A card in the text has no title: %(named)s."),
        _("Readers see no more than the service, and do not know what they would open."),
        lambda text: not text.untitled,
        lambda text: text.untitled,
        lambda text: text.first(lambda each: each.kind == "embed" and not each.caption),
    ),
    Check(
        "addresses",
        "body",
        _("An address stands in the text as words: %(named)s."),
        _("Readers cannot tap it: make it a link, or a card if it is a video, a post or a map."),
        lambda text: not text.addresses,
        lambda text: [_short(address) for address in text.addresses],
        lambda text: text.addresses[0],
    ),
    Check(
        "dateline",
        "dateline",
        _("The dateline is missing."),
        _("Readers want to know where it happened."),
        lambda text: bool(text.dateline.strip()),
    ),
    Check(
        "summary",
        "summary",
        _("The summary is missing."),
        _("Lists, search engines and messages then show the beginning of the text."),
        lambda text: bool(text.summary.strip()),
    ),
    Check(
        "long_summary",
        "summary",
        _("The summary is long."),
        _("Beyond 160 letters search engines and messengers cut it."),
        lambda text: len(text.summary.strip()) <= SUMMARY_SHOWN,
    ),
    Check(
        "topics",
        "tags",
        _("There is no topic."),
        _("Without one it appears on no topic page and beside no related story."),
        lambda text: text.has_topics,
    ),
    Check(
        "embargo_over",
        "embargo_until",
        _("The embargo has already passed."),
        _("It holds nothing back any more: set a time to come, or clear it."),
        # What is out was under embargo once; that is nothing to mend.
        lambda text: text.is_out or not text.embargo_is_over,
    ),
)


def _failed(checks: Iterable[Check], text: Text) -> list[Check]:
    return [check.said_of(text) for check in checks if not check.is_met(text)]


def demands_not_met(text: Text) -> list[Check]:
    """The checks that hold the story back, in the order of the form."""
    return _failed(DEMANDS, text)


def advice_for(text: Text) -> list[Check]:
    """What would do the story good, in the order of the form."""
    return _failed(ADVICE, text)


def failed_checks(article: Article) -> list[Check]:
    """The checks that hold the stored story back."""
    return demands_not_met(Text.of(article))
