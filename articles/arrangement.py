"""The order of a front while an editor arranges it: as the page shows it, as it comes back.

Nothing of it is saved until the editor says so. Meanwhile it travels: in the page's form, and
signed in the page's address, so that no step of the way and no reload loses it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import curation, listings
from articles.curation import MOST_PINS, Hold
from articles.dates import stamp_in_words
from articles.form_fields import LocalTimeField, in_zone
from articles.listings import Front
from articles.models import Edition, Listing, Pin
from newsroom.indonesian import within_quotes

KEEP, TODAY, EXACT = "keep", "today", "exact"
SPANS = {
    "6h": (_("6 hours"), timedelta(hours=6)),
    "1d": (_("1 day"), timedelta(days=1)),
    "3d": (_("3 days"), timedelta(days=3)),
}
USUAL = "1d"
# Far more than a page ever sends: a guard against what somebody makes up.
MOST_ROWS = 4 * MOST_PINS
LONGEST_NUMBER = 18  # digits of a key
STATE_HOLDS = timedelta(days=1)


@dataclass(frozen=True)
class Chosen:
    """One story of the order as the form has it: until when, as it was chosen or typed."""

    article_id: int
    until: str = KEEP
    date: str = ""
    time: str = ""

    @classmethod
    def posted(cls, data: QueryDict, number: str) -> "Chosen":
        names = ("until", "exact_date", "exact_time")
        return cls(int(number), *(data.get(f"{number}-{name}", "")[:20] for name in names))


class HoldForm(forms.Form):
    """Until when one story is held, on the clock of the front."""

    until = forms.ChoiceField(label=_("Until"))
    exact = LocalTimeField(label=_("Date and time"), required=False)

    def __init__(self, chosen: Chosen, front: Front, pin: Pin | None, *, is_bound: bool):
        data = {
            "until": chosen.until,
            "exact_date": chosen.date,
            "exact_time": chosen.time,
        }
        prefix = str(chosen.article_id)
        super().__init__(
            {f"{prefix}-{name}": value for name, value in data.items()} if is_bound else None,
            initial={"until": chosen.until, "exact": [chosen.date, chosen.time]},
            prefix=prefix,
        )
        self.front, self.pin = front, pin
        offered = [("6h", SPANS["6h"][0]), (TODAY, _("The end of today"))]
        offered += [(name, SPANS[name][0]) for name in ("1d", "3d")]
        self.fields["until"].choices = [*self._kept(), *offered, (EXACT, _("Another time …"))]
        self.fields["exact"].help_text = gettext("Time in %(zone)s.") % {"zone": front.zone_label}

    def _kept(self):
        if not self.pin:
            return []
        words = gettext("Ended %(time)s") if self.pin.until <= timezone.now() else "%(time)s"
        return [(KEEP, words % {"time": stamp_in_words(self.pin.until, self.front)})]

    def clean(self):
        cleaned = super().clean()
        is_typed = cleaned.get("exact") or "exact" in self.errors
        if cleaned.get("until") == EXACT and not is_typed:
            self.add_error("exact", self.fields["exact"].error_messages["required"])
        return cleaned

    def moment(self, now: datetime) -> datetime:
        """The end that was chosen, of a valid form."""
        choice, zone = self.cleaned_data["until"], self.front.zone
        if choice == KEEP:
            return self.pin.until
        if choice == EXACT:
            return in_zone(self.cleaned_data["exact"], zone)
        if choice == TODAY:
            tomorrow = now.astimezone(zone).date() + timedelta(days=1)
            return datetime.combine(tomorrow, time(), zone)
        return now + SPANS[choice][1]


@dataclass
class Row:
    """One story of the order as the page shows it; ``line`` is missing when readers find it no
    more on this front."""

    chosen: Chosen
    pin: Pin | None
    line: Listing | None
    edition: Edition
    form: HoldForm
    focus: str = ""  # which of its controls the reader of the page stands on

    @property
    def article_id(self) -> int:
        return self.chosen.article_id

    @property
    def headline(self) -> str:
        return self.line.headline if self.line else self.edition.headline

    @property
    def has_ended(self) -> bool:
        """Whether its time is over and nobody gave it another."""
        is_over = self.pin is not None and self.pin.until <= timezone.now()
        return is_over and self.chosen.until == KEEP

    @property
    def is_idle(self) -> bool:
        """Whether it holds nothing: it has ended, is no longer there, or was paid for since."""
        return self.has_ended or not self.line or self.edition.paid


@dataclass
class Arrangement:
    """The whole order, from the pins, from a form or from an address."""

    front: Front
    chosen: list[Chosen]
    version: str
    is_bound: bool = False
    focus: str = ""
    said: str = ""
    pins: list[Pin] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self):
        self.pins = list(curation.pins_of(self.front.bureau))
        self._draw()

    @classmethod
    def saved(cls, front: Front) -> "Arrangement":
        pins = list(curation.pins_of(front.bureau))
        return cls(front, [Chosen(pin.article_id) for pin in pins], curation.version_of(pins))

    @classmethod
    def posted(cls, front: Front, data: QueryDict, *, is_bound: bool = False) -> "Arrangement":
        numbers = [number for number in data.getlist("story") if _is_number(number)]
        once = list(dict.fromkeys(numbers))[:MOST_ROWS]
        chosen = [Chosen.posted(data, number) for number in once]
        return cls(front, chosen, data.get("version", ""), is_bound=is_bound)

    @classmethod
    def carried(cls, front: Front, state: str, user) -> "Arrangement | None":
        """From an address that this user's own page made; None from any other."""
        try:
            kept = signing.loads(state, salt=_salt(front, user), max_age=STATE_HOLDS)
        except signing.BadSignature:
            return None
        chosen = [Chosen(*values) for values in kept["order"]]
        return cls(front, chosen, kept["version"], focus=kept["focus"], said=kept["said"])

    def carry(self, user) -> str:
        """What ``carried`` takes."""
        kept = {
            "order": [[one.article_id, one.until, one.date, one.time] for one in self.chosen],
            "version": self.version,
            "focus": self.focus,
            "said": self.said,
        }
        return signing.dumps(kept, salt=_salt(self.front, user), compress=True)

    @property
    def order(self) -> list[int]:
        """The stories that would be held, in their order."""
        return [row.article_id for row in self.rows if not row.has_ended]

    @property
    def lost(self) -> bool:
        """Whether a story has left the front before it was ever pinned."""
        return len(self.rows) < len(self.chosen)

    @property
    def has_idle(self) -> bool:
        """Whether there is something to clear."""
        return any(row.is_idle for row in self.rows)

    @property
    def is_full(self) -> bool:
        return len(self.order) >= MOST_PINS

    @property
    def is_unsaved(self) -> bool:
        saved = [Chosen(pin.article_id) for pin in self.pins]
        return self.chosen != saved

    def holds(self, now: datetime) -> list[Hold] | None:
        """What is to be saved; None when something was typed that is no time."""
        kept = [row for row in self.rows if not row.has_ended]
        if not all(row.form.is_valid() for row in kept):
            return None
        return [Hold(row.article_id, row.form.moment(now)) for row in kept]

    def refuse(self, story: str, message: str) -> bool:
        """Show at a story why the order was refused. False when it is about no row."""
        for row in self.rows:
            if str(row.article_id) == story:
                row.form.add_error("until", message)
                return True
        return False

    # Steps of arranging

    def move(self, number: int, by: int) -> None:
        place = self._place(number)
        if place is None or not 0 <= place + by < len(self.chosen):
            return
        self.chosen.insert(place + by, self.chosen.pop(place))
        self._draw()
        self.focus = f"{number}.{'up' if by < 0 else 'down'}"
        self.said = gettext("“%(story)s” now stands at place %(place)d of %(count)d.") % {
            "story": within_quotes(self.rows[place + by].headline),
            "place": place + by + 1,
            "count": len(self.rows),
        }

    def remove(self, number: int) -> None:
        place = self._place(number)
        if place is None:
            return
        self.said = gettext("“%(story)s” has been taken out.") % {
            "story": within_quotes(self.rows[place].headline)
        }
        del self.chosen[place]
        self._draw()
        left = self.rows[min(place, len(self.rows) - 1)] if self.rows else None
        self.focus = f"{left.article_id}.remove" if left else "search"

    def add(self, number: int) -> None:
        """Put a story first."""
        if self._place(number) is not None or self.is_full:
            return
        line = listings.live_lines(self.front.list_name, [number]).get(number)
        if line is None:
            self.said = gettext("This story is no longer live on this front.")
            return
        if line.edition.paid:
            self.said = str(curation.PAID)
            return
        self.chosen.insert(0, Chosen(number, USUAL))
        self._draw()
        self.focus = f"{number}.until"
        self.said = gettext("“%(story)s” has been put in at place %(place)d.") % {
            "story": within_quotes(line.headline),
            "place": 1,
        }

    def clear(self) -> None:
        """Take out what holds nothing any more."""
        left = {row.article_id for row in self.rows if not row.is_idle}
        self.chosen = [one for one in self.chosen if one.article_id in left]
        self._draw()
        self.said = gettext("What had ended has been taken out.")

    def _place(self, number: int) -> int | None:
        numbers = [one.article_id for one in self.chosen]
        return numbers.index(number) if number in numbers else None

    def _draw(self) -> None:
        pins = {pin.article_id: pin for pin in self.pins}
        numbers = [one.article_id for one in self.chosen]
        lines = listings.live_lines(self.front.list_name, numbers)
        gone = _last_editions(number for number in pins if number not in lines)
        story, _dot, control = self.focus.partition(".")
        self.rows = []
        for one in self.chosen:
            number = one.article_id
            pin, line = pins.get(number), lines.get(number)
            edition = line.edition if line else gone.get(number)
            if edition is None:
                continue
            # Somebody else may have taken it out meanwhile: there is no end to keep.
            chosen = one if pin or one.until != KEEP else replace(one, until=USUAL)
            form = HoldForm(chosen, self.front, pin, is_bound=self.is_bound)
            focus = control if str(number) == story else ""
            self.rows.append(Row(chosen, pin, line, edition, form, focus))


def _last_editions(articles: Iterable[int]) -> dict[int, Edition]:
    editions = Edition.objects.filter(article__in=list(articles)).uncancelled().begun()
    newest_last = editions.select_related("picture", "bureau").defer("body").order_by("number")
    return {edition.article_id: edition for edition in newest_last}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _salt(front: Front, user) -> str:
    # Nobody else's link, and no other front's, arranges this one.
    return f"{front.list_name}/{user.pk}"
