"""The demo's stories as files: a TOML head between two lines of ``+++``, then light markup."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newsroom.demo.markup import to_html

FOLDER = Path(__file__).parent / "stories"


def read_stories() -> list[dict[str, Any]]:
    """Every story, in the order of the file names; the text is HTML under "body".

    Pictures and other stories in it are named; newsroom.demo.markup.with_ids sets their ids.
    """
    stories = []
    for path in sorted(FOLDER.glob("*.txt")):
        _before, head, text = path.read_text(encoding="utf-8").split("+++\n", 2)
        stories.append(tomllib.loads(head) | {"body": to_html(text), "file": path.name})
    return stories


def drawings_of(stories: list[dict[str, Any]]) -> set[str]:
    """The stems of the picture files of what stands, or will soon stand, on the fronts."""
    shown = ("live", "updated", "corrected", "scheduled")
    return {
        Path(story["picture"]["file"]).stem
        for story in stories
        if "picture" in story and story["state"] in shown
    }


def moment(words: str, zone: ZoneInfo, now: datetime) -> datetime:
    """What "today 08:05", "yesterday 21:30", "-3d 14:00" or "+1d 06:00" means at ``now``."""
    day, clock = words.split()
    offset = {"today": 0, "yesterday": -1}.get(day)
    if offset is None:
        offset = int(day.removesuffix("d"))
    hour, minute = map(int, clock.split(":"))
    return (now.astimezone(zone) + timedelta(days=offset)).replace(
        hour=hour, minute=minute, second=0, microsecond=0
    )
