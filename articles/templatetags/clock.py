"""How long a story has waited: a figure with a word, a shape and a colour."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.approval_clock import CALM, LATE, Wait, duration
from articles.templatetags.desk import icon

register = template.Library()


@register.simple_tag
def wait(waited: Wait) -> str:
    """The figure; of breaking news with the limit within which somebody must claim it."""
    allowed = ""
    if waited.is_urgent:
        words = gettext("of %(limit)s") % {"limit": duration(waited.late)}
        allowed = format_html(' <span class="wait__limit">{}</span>', words)
    if waited.tone == CALM:
        return format_html('<span class="wait">{}{}</span>', waited, allowed)
    is_late = waited.tone == LATE
    return format_html(
        '<span class="wait wait--{}">{}{}<span class="visually-hidden"> ({})</span>{}</span>',
        waited.tone,
        icon("late" if is_late else "clock"),
        waited,
        gettext("past the limit") if is_late else gettext("near the limit"),
        allowed,
    )
