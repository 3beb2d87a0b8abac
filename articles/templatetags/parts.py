"""Parts of readers' pages that are drawn once and stand on many: lines, groups of lines, menus."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.drawn import PARTS, Unnamed, name_of
from bureaus.hosts import Site

register = template.Library()

# What a part takes from its page where it is not given.
IMPLIED = ("line", "bureau", "section", "day", "text_only")


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
        key = name_of(name, site, values)
    except Unnamed:
        return _draw(site, name, values)
    return PARTS.once(key, lambda: _draw(site, name, values))


def _draw(site: Site, name: str, values: dict[str, Any]) -> SafeString:
    whole = values | {"site": site, "LANGUAGE_CODE": get_language()}
    return SafeString(get_template(name).render(whole))
