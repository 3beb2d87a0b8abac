"""What the desk's templates are drawn with: icons, states, times, style sheets."""

from datetime import datetime

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

from articles.dates import earlier_day, printed_stamp, printed_time
from articles.states import BY_NAME, State, shown_states
from bureaus.models import Bureau

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
def moment(value: datetime | None, bureau: Bureau) -> str:
    """When, as briefly as can be, in the bureau's zone; in full for whoever points at it."""
    if value is None:
        return ""
    day = earlier_day(value, bureau)
    return format_html(
        '<time datetime="{}" title="{}">{} {}</time>',
        value.isoformat(),
        printed_stamp(value, bureau),
        day,
        printed_time(value, bureau),
    )


@register.filter
def initials(person) -> str:
    """Two letters that stand for a person: RW for Ratri Wulandari."""
    words = str(person).split()
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()
