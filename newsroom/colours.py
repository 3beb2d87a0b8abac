"""The colours of the sites, read from tokens.css, which alone has them. Knows no model."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"
_ACCENT = re.compile(
    r'\[data-accent="(?P<name>[a-z]+)"\] *\{'
    r" *--accent-day: *(?P<day>#[0-9a-f]{6}); *--accent-night: *(?P<night>#[0-9a-f]{6});"
)


_TOKEN = re.compile(r"--(?P<name>[a-z-]+): *(?P<value>#[0-9a-f]{3,6});")


@dataclass(frozen=True)
class Accent:
    """One accent as "#rrggbb": ``day`` carries white text, ``night`` is legible on black."""

    day: str
    night: str


@cache
def accents() -> dict[str, Accent]:
    """Every accent by its name, as in ``Bureau.accent``."""
    return {
        found["name"]: Accent(found["day"], found["night"])
        for found in _ACCENT.finditer(TOKENS.read_text(encoding="utf-8"))
    }


@cache
def by_day(name: str) -> str:
    """A colour of the light scheme by its name, "ink" for --ink. Raises StopIteration for none."""
    text = TOKENS.read_text(encoding="utf-8")
    return next(found["value"] for found in _TOKEN.finditer(text) if found["name"] == name)
