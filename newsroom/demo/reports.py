"""The demo's reports: short news in reports/, laid out over the months before the loading.

A file holds the reports of one kind of event, each with a TOML head like a story's. What is told
of days is written as an offset from the day of publication and is set here:

- ``{0}`` or ``{-2}`` is a day with its date, "Selasa (17/11)"; ``{+9 hari}`` its name alone,
  ``{+9 tanggal}`` "26 November"; ``{sabtu+}`` and ``{sabtu-}`` are the next and the last Saturday;
- ``{bulan}``, ``{bulan+1}``, ``{tahun-1}`` are a month and a year.

Heads may say when a report can have happened: ``days = "kerja"`` on a working day only, ``at`` at
that time of the day, ``from`` not before it, ``age_hours`` that long before the loading. Nothing is
left to chance: the same moment of loading always gives the same newsroom.
"""

import re
import tomllib
from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.demo.markup import to_html

FOLDER = Path(__file__).parent / "reports"
# As many as stand on a front lie in the last days, as if all went back RECENT days and more of
# them lay in the last than in the first of these; the others spread out to DAYS.
ON_A_FRONT = 40
RECENT, CROWDING = 24, 1.2
DAYS, SPREADING = 120, 2.3
# Of each bureau so many go before the further ones of others: a small one's front is not stale.
ENOUGH = 8
MORNING, EVENING = timedelta(hours=5, minutes=40), timedelta(hours=21, minutes=50)
# What happened on a day is not told before this hour of it, unless the head says otherwise.
TOLD_FROM = "10:30"
# How far apart two reports of one kind, and two with the same drawing, are kept where possible.
APART, DRAWINGS_APART = 5, 8
# A drawing stands once among so many lines of a bureau, and once on the network's front.
IN_SIGHT = 16

_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_MARK = re.compile(r"\{([^{}]+)\}")
_OFFSET = re.compile(r"([+-]?\d+)(?: (hari|tanggal))?")
_NAMED = re.compile(r"([a-z]+)([+-])")
_MONTH = re.compile(r"(bulan|tahun)([+-]\d+)?")


def read_reports() -> list[dict[str, Any]]:
    """Every report with its unset text under "body" and its file's name under "kind"."""
    reports = []
    for path in sorted(FOLDER.glob("*.txt")):
        parts = path.read_text(encoding="utf-8").split("+++\n")[1:]
        for head, text in zip(parts[::2], parts[1::2], strict=True):
            reports.append(tomllib.loads(head) | {"body": text.strip(), "kind": path.stem})
    return reports


def dated_reports(
    now: datetime, zones: dict[str, ZoneInfo], margin: timedelta, drawn: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Every report with its ``time`` and with its days set, oldest first, as HTML.

    ``zones`` are those of the bureaus by slug. No report, nor what follows it, lies less than
    ``margin`` before ``now``. ``drawn`` are the drawings that other stories show on the fronts; a
    report that would show one again there has no picture.
    """
    timetable = Timetable(now, zones, margin, drawn)
    reports = read_reports()
    fixed = [report for report in reports if "age_hours" in report]
    loose = [report for report in reports if "age_hours" not in report]
    for report in fixed:
        report["time"] = timetable.ago(report, timedelta(hours=report["age_hours"]))
    timetable.fill(loose)
    for report in reports:
        _set_days(report)
    reports.sort(key=lambda report: report["time"])
    _spare_drawings(reports, drawn)
    return reports


def _spare_drawings(reports: list[dict[str, Any]], drawn: Collection[str]) -> None:
    """Take a drawing from what would show it again in sight of a newer report."""
    on_front = set(drawn)
    lines: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=IN_SIGHT))
    for number, report in enumerate(reversed(reports)):
        drawing = report.get("picture", "")
        line = lines[report["bureau"]]
        is_again = drawing in line or (number < ON_A_FRONT and drawing in on_front)
        if drawing and is_again:
            del report["picture"]
            drawing = ""
        on_front.add(drawing)
        line.append(drawing)


class Timetable:
    """Which report is of which moment."""

    def __init__(
        self,
        now: datetime,
        zones: dict[str, ZoneInfo],
        margin: timedelta,
        drawn: Collection[str] = (),
    ):
        self.now = now
        self.zones = zones
        self.margin = margin
        self.drawn = drawn
        self.random = Random("Bentara")
        #: the picture of each bureau's newest report: they stand in a row on other bureaus' fronts
        self.newest: dict[str, str | None] = {}

    def fill(self, reports: list[dict[str, Any]]) -> None:
        """Give each report a time: from the newest slot on, whichever may stand in it."""
        waiting = sorted(reports, key=lambda report: report["headline"])
        self.random.shuffle(waiting)
        size = len(waiting)
        newer: list[dict[str, Any]] = []  # nearest last
        for number in range(size):
            age = _waking_age(number, size)
            report, moment = self._choose(waiting, age, newer)
            report["time"] = moment
            newer.append(report)
            self.newest.setdefault(report["bureau"], report.get("picture"))
            waiting.remove(report)

    def _choose(
        self, waiting: list[dict[str, Any]], age: timedelta, newer: list[dict[str, Any]]
    ) -> tuple[dict[str, Any], datetime]:
        fitting: dict[int, tuple[dict[str, Any], datetime]] = {}
        for report in waiting:
            moment = self._in_slot(report, age)
            if not moment or not _may_happen(report, moment):
                continue
            faults = self._faults(report, newer)
            if not faults:
                return report, moment
            fitting.setdefault(faults, (report, moment))
        return fitting[min(fitting)] if fitting else self._later(waiting[0], age)

    def _faults(self, report: dict[str, Any], newer: list[dict[str, Any]]) -> int:
        """How badly the report would stand here; 0: it may."""
        bureau = report["bureau"]
        repeats = bureau not in self.newest and self._is_shown(report)
        is_enough = sum(other["bureau"] == bureau for other in newer) >= ENOUGH
        return 2 * (repeats or self._is_near_its_like(report, newer)) + (
            is_enough and len(newer) >= ON_A_FRONT
        )

    def _is_near_its_like(self, report: dict[str, Any], newer: list[dict[str, Any]]) -> bool:
        if any(report["kind"] == other["kind"] for other in newer[-APART:]):
            return True
        drawing = report.get("picture")
        if not drawing:
            return False
        is_on_front = len(newer) < ON_A_FRONT
        near = newer if is_on_front else newer[-DRAWINGS_APART:]
        own = (other for other in newer if other["bureau"] == report["bureau"])
        return (is_on_front and drawing in self.drawn) or any(
            drawing == other.get("picture") for other in (*near, *own)
        )

    def _is_shown(self, report: dict[str, Any]) -> bool:
        picture = report.get("picture")
        return bool(picture) and picture in self.newest.values()

    def _later(self, report: dict[str, Any], age: timedelta) -> tuple[dict[str, Any], datetime]:
        """The report on the first day before that suits it: the last ones left are choosy."""
        while True:
            age += timedelta(hours=4)
            moment = self._in_slot(report, age)
            if moment and _may_happen(report, moment):
                return report, moment

    def _in_slot(self, report: dict[str, Any], age: timedelta) -> datetime | None:
        """The moment so many waking hours ago, set to the report's time of day, if it is past."""
        moment = _waking_hours_before(self._latest(report), age)
        moment = _at_its_time(report, moment)
        return moment if moment <= self._latest(report) else None

    def ago(self, report: dict[str, Any], age: timedelta) -> datetime:
        """The moment so long ago, moved back into the hours in which newsrooms publish."""
        latest = self._latest(report)
        moment = _waking_hours_before(min(latest, self._local(report) - age), timedelta(0))
        moment = _at_its_time(report, moment)
        return moment if moment <= latest else moment - timedelta(days=1)

    def _local(self, report: dict[str, Any]) -> datetime:
        return self.now.astimezone(self.zones[report["bureau"]])

    def _latest(self, report: dict[str, Any]) -> datetime:
        after = max((step["after"] for step in report.get("steps", [])), default=0)
        return self._local(report) - self.margin - timedelta(minutes=after)


def _waking_age(number: int, size: int) -> timedelta:
    """How many waking hours before the loading the report lies that so many are newer than."""
    days = RECENT * ((number + 0.5) / size) ** CROWDING
    beyond = max(0, number - ON_A_FRONT) / max(1, size - ON_A_FRONT)
    return (days + (DAYS - RECENT) * beyond**SPREADING) * (EVENING - MORNING)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _waking_hours_before(moment: datetime, hours: timedelta) -> datetime:
    """The moment that lies so many hours between MORNING and EVENING before."""
    while True:
        day = _midnight(moment)
        moment = min(moment, day + EVENING)
        awake = moment - (day + MORNING)
        if timedelta(0) <= awake and hours <= awake:
            return moment - hours
        hours -= max(awake, timedelta(0))
        moment = day - timedelta(days=1) + EVENING


def _clock(words: str) -> timedelta:
    hour, minute = map(int, words.split(":"))
    return timedelta(hours=hour, minutes=minute)


def _at_its_time(report: dict[str, Any], moment: datetime) -> datetime:
    day = _midnight(moment)
    if at := report.get("at"):
        return day + _clock(at)
    first = report.get("from") or (TOLD_FROM if "{0}" in report["body"] else "")
    if first and moment < day + _clock(first):
        # Some way into the day, not all of them at the same minute.
        return day + _clock(first) + timedelta(minutes=len(report["body"]) % 100)
    return moment


def _may_happen(report: dict[str, Any], moment: datetime) -> bool:
    if report.get("days") != "kerja":
        return True
    return _is_working_day(moment.date() + timedelta(days=_event(report)))


def _event(report: dict[str, Any]) -> int:
    """The day on which it happened, from the day of publication: the first that is told."""
    for mark in _MARK.finditer(report["headline"] + report.get("summary", "") + report["body"]):
        if offset := _OFFSET.fullmatch(mark[1]):
            return int(offset[1])
    return 0


def _set_days(report: dict[str, Any]) -> None:
    at_work = _event(report) if report.get("days") == "kerja" else None
    set_day = partial(_set_day, day=report["time"].date(), at_work=at_work)

    def set_in(value: Any) -> Any:
        if isinstance(value, str):
            return _MARK.sub(lambda mark: set_day(mark[1]), value)
        if isinstance(value, dict):
            return {name: set_in(part) for name, part in value.items()}
        return [set_in(part) for part in value] if isinstance(value, list) else value

    report.update(set_in(report))
    report["body"] = to_html(report["body"])


def _set_day(mark: str, *, day: date, at_work: int | None) -> str:
    """What a mark says of a report of that day.

    With ``at_work``, the day of its event, whatever else is told of falls on working days, too.
    """
    if offset := _OFFSET.fullmatch(mark):
        days = int(offset[1])
        told = day + timedelta(days=days)
        if at_work is not None and days != at_work:
            told = next(_working_days(told, 1 if days > 0 else -1))
        return _as_told(told, offset[2])
    if month := _MONTH.fullmatch(mark):
        ahead = int(month[2] or 0)
        if month[1] == "tahun":
            return str(day.year + ahead)
        return _MONTHS[(day.month - 1 + ahead) % 12]
    if (named := _NAMED.fullmatch(mark)) and named[1].capitalize() in _WEEKDAYS:
        step = timedelta(days=1 if named[2] == "+" else -1)
        week = (day + step * number for number in range(1, 8))
        return _as_told(next(each for each in week if _weekday(each).lower() == named[1]))
    raise ValueError(f"Unknown day in a report: {{{mark}}}")


def _working_days(day: date, step: int) -> Iterator[date]:
    week = (day + timedelta(days=step * number) for number in range(7))
    return (each for each in week if _is_working_day(each))


def _is_working_day(day: date) -> bool:
    return _weekday(day) not in {"Sabtu", "Minggu"}


def _weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def _as_told(day: date, form: str | None = None) -> str:
    if form == "hari":
        return _weekday(day)
    if form == "tanggal":
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{_weekday(day)} ({day.day}/{day.month})"
