"""Parts of readers' pages that are drawn once and stand on many: lines of lists, menus.

An edition never changes, so its line in a list is the same wherever it stands alike. What else a
part shows is in the name under which it is kept: a change gives it another name, and nothing has
to be dropped.
"""

import time
from collections.abc import Hashable
from typing import Any

from django import template
from django.db.models import Model
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models import Listing
from bureaus.hosts import Site

register = template.Library()

# About a kilobyte each; with more, all are drawn anew.
MOST = 6000
# Seconds in which no day begins in any zone of Indonesia unless it begins with them: lists print
# the day of what is not of today.
HOUR = 3600

_kept: dict[Hashable, SafeString] = {}


@register.simple_tag(takes_context=True)
def line_part(context: template.Context, name: str, **values: Any) -> SafeString:
    """A line of a list, drawn by a template that reads nothing but these ``values``.

    ``line``, ``bureau``, ``section``, ``day`` and ``text_only`` are taken from the page where they
    are not given; ``site`` and the language are the page's.
    """
    for each in ("line", "bureau", "section", "day", "text_only"):
        if each not in values:
            values[each] = context.get(each)
    line: Listing = values["line"]
    version = getattr(line, "version", None)
    if version is None:
        # Not as lists are read: nobody knows whether it is still as it was.
        return _draw(context["site"], name, values)
    return _part(context["site"], name, values, (line.pk, version, int(time.time()) // HOUR))


@register.simple_tag(takes_context=True)
def site_part(context: template.Context, name: str, **values: Any) -> SafeString:
    """A part that is the same on many pages of a site, drawn from these ``values`` alone."""
    return _part(context["site"], name, values, ())


def _part(
    site: Site, name: str, values: dict[str, Any], states: tuple[Hashable, ...]
) -> SafeString:
    key = (
        *(name, site.version, site.kind, site.bureau and site.bureau.pk),
        *(get_language(), get_script_prefix(), states),
        *((each, _name(values[each])) for each in sorted(values) if each != "line"),
    )
    part = _kept.get(key)
    if part is None:
        part = _draw(site, name, values)
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = part
    return part


def _draw(site: Site, name: str, values: dict[str, Any]) -> SafeString:
    whole = values | {"site": site, "LANGUAGE_CODE": get_language()}
    return SafeString(get_template(name).render(whole))


def _name(value: Any) -> Hashable:
    # A bureau or a section of another state comes with another version of the site.
    return (type(value), value.pk) if isinstance(value, Model) else value
