"""Parts of readers' pages that are drawn once and stand on many: lines, groups of lines, menus.

A part is kept under a name that holds all that it shows: lines and editions by the versions of
their rows (articles/known_lines.py), what belongs to the site by the site's. A change gives it
another name, and nothing has to be dropped.
"""

import time
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Edition, Listing, Section
from bureaus.hosts import Site
from bureaus.models import Bureau

register = template.Library()

# Letters of all parts together; with more, all are drawn anew.
MOST = 8_000_000
# Seconds in which no day begins in any zone of Indonesia unless it begins with them: lists print
# the day of what is not of today.
HOUR = 3600
# What a part takes from its page where it is not given.
IMPLIED = ("line", "bureau", "section", "day", "text_only")


class _Kept:
    def __init__(self) -> None:
        self.parts: dict[Hashable, SafeString] = {}
        self.letters = 0

    def keep(self, name: Hashable, part: SafeString) -> None:
        if self.letters + len(part) > MOST:
            self.clear()
        self.parts[name] = part
        self.letters += len(part)

    def clear(self) -> None:
        self.parts, self.letters = {}, 0


_kept = _Kept()


class _Unnamed(Exception):
    """A row of which nobody knows whether it is still as it was, as a line read by itself."""


@register.simple_tag(takes_context=True)
def part(context: template.Context, name: str, **values: Any) -> SafeString:
    """Drawn by a template that reads nothing but these ``values``, the site and the language.

    Those of IMPLIED are taken from the page where they are not given.
    """
    site: Site = context["site"]
    for each in IMPLIED:
        if each not in values:
            values[each] = context.get(each)
    try:
        shown = tuple((each, _name(values[each])) for each in sorted(values))
    except _Unnamed:
        return _draw(site, name, values)
    key = (
        *(name, site.version, site.kind, site.bureau and site.bureau.pk),
        *(get_language(), get_script_prefix(), int(time.time()) // HOUR, shown),
    )
    known = _kept.parts.get(key)
    if known is None:
        known = _draw(site, name, values)
        _kept.keep(key, known)
    return known


def _draw(site: Site, name: str, values: dict[str, Any]) -> SafeString:
    whole = values | {"site": site, "LANGUAGE_CODE": get_language()}
    return SafeString(get_template(name).render(whole))


def _name(value: Any) -> Hashable:
    """What tells a value from any other that would be drawn differently."""
    if isinstance(value, Listing | Edition):
        versions = getattr(value, "row_versions", None)
        if versions is None:
            raise _Unnamed
        return value.pk, versions
    if isinstance(value, Bureau | Section):
        # One of another state comes with another version of the site.
        return type(value), value.pk
    if isinstance(value, Model):
        raise _Unnamed
    if isinstance(value, list | tuple):
        return tuple([_name(each) for each in value])
    if isinstance(value, Mapping):
        return tuple([(key, _name(each)) for key, each in value.items()])
    if is_dataclass(value):
        return tuple([_name(getattr(value, each.name)) for each in fields(value)])
    return value
