"""What the desk's templates are drawn with: icons, states, times, style sheets."""

import json
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.dates import earlier_day, printed_time, short_stamp, stamp_in_words
from articles.states import BY_NAME, State, shown_states
from bureaus.models import Bureau
from newsroom.indonesian import within_quotes

register = template.Library()

FOUNDATIONS = ("tokens", "base", "layout")


@register.simple_tag
def styles(*names: str) -> str:
    """Links to style sheets of the desk: one of FOUNDATIONS, or a component."""
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}">',
        (
            (static(f"css/desk/{'' if name in FOUNDATIONS else 'components/'}{name}.css"),)
            for name in names
        ),
    )


@register.simple_tag
def icon(name: str, size: str = "") -> str:
    """A drawing from the sprite, silent for screen readers; ``size`` may be "large"."""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 16 16" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" icon--{size}" if size else "",
        static("icons/desk.svg"),
        name,
    )


@register.simple_tag
def state(shown: State | str, look: str = "") -> str:
    """A word, a shape and a colour, of a State or by its name; ``look`` may be "chip"."""
    if isinstance(shown, str):
        shown = BY_NAME[shown]
    return format_html(
        '<span class="state state--{}{}"><svg class="state__mark" viewBox="0 0 14 14"'
        ' aria-hidden="true"><use href="{}#s-{}"/></svg>{}</span>',
        shown.name,
        f" state--{look}" if look else "",
        static("icons/desk.svg"),
        shown.name,
        shown.label,
    )


@register.simple_tag
def states(article, look: str = "") -> str:
    """Every state of a story that came from articles.states.with_states()."""
    return format_html_join(" ", "{}", ((state(shown, look),) for shown in shown_states(article)))


@register.simple_tag
def moment(value: datetime | None, bureau: Bureau, has_zone: bool = False) -> str:
    """When, as briefly as can be, in the bureau's zone; in full for whoever points at it.

    ``has_zone`` adds the name of the zone, for people who see several.
    """
    if value is None:
        return ""
    day = earlier_day(value, bureau)
    return format_html(
        '<time datetime="{}" title="{}">{}{}{}</time>',
        value.isoformat(),
        stamp_in_words(value, bureau),
        f"{day} " if day else "",
        printed_time(value, bureau),
        f" {bureau.zone_label}" if has_zone else "",
    )


register.filter("within_quotes", within_quotes)


@register.filter
def stamped(moment: datetime | None) -> str:
    """When, of what belongs to no bureau; empty for never."""
    return short_stamp(moment) if moment else ""


@register.filter
def initials(person) -> str:
    """Two letters that stand for a person: RW for Ratri Wulandari."""
    words = str(person).split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()


@dataclass(frozen=True)
class Mistake:
    """One thing to mend in a form: where it is, what the field is called, what is wrong."""

    anchor: str
    label: str
    text: str


@register.simple_tag
def mistakes(form, inlines=()) -> list[Mistake]:
    """Every mistake at a field of the form and in the rows of its inlines, in their order."""
    found = _mistakes_of(form)
    for inline in inlines or ():
        name = capfirst(inline.opts.verbose_name_plural)
        group = f"{inline.formset.prefix}-group"
        found += [Mistake(group, name, text) for text in inline.formset.non_form_errors()]
        for number, row in enumerate(inline.formset.forms, start=1):
            where = f"{name} {number}"
            found += [Mistake(group, where, text) for text in row.non_field_errors()]
            found += _mistakes_of(row, before=f"{where}, ")
    return found


def _mistakes_of(form, before: str = "") -> list[Mistake]:
    found = []
    for field in form:
        label = before + (field.label[:1].lower() + field.label[1:] if before else field.label)
        # A field of several inputs has no id of its own: the first input's.
        anchor = field.id_for_label or f"{field.auto_id}_0"
        found += [Mistake(anchor, label, text) for text in field.errors]
    return found


@register.simple_tag
def inline_data(inline) -> str:
    """What Django's inlines.js reads, with a button that names the thing in small letters."""
    data = json.loads(inline.inline_formset_data())
    name = inline.opts.verbose_name
    data["options"]["addText"] = gettext("Add %(name)s") % {"name": name}
    return json.dumps(data)
