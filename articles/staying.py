"""Whether a story page is still true, after a save, in all that stands around the text.

Then its writer stays on it, where they write; else it is loaded anew.
"""

from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from articles.checked_text import Text
from articles.desk import story_context, story_url
from articles.keeping import checked
from articles.models import Article
from articles.typed import opened_now

FOLDER = "admin/articles/article"


def around(context: dict[str, Any]) -> str:
    """A mark of what ``desk.story_context`` has a page say around the text, but for what the page
    learns by itself: its log, when it was saved, and who else is there."""
    parts = [
        [str(state) for state in context["states"]],
        [(button.verb, str(button.label)) for button in (*context["leading"], *context["rest"])],
        context["public_url"],
        context["pending_at"],
        str(context["embargo_at"]),
        str(context["also_runs"]),
        bool(context["differs_url"]),
        bool(context["over"]),
        context["is_own_review"],
        context["sent_back"] and context["sent_back"].pk,
        context["sent_again"] and context["sent_again"].event.pk,
        context["retraction"] and context["retraction"]["event"].pk,
    ]
    return sha256(repr(parts).encode()).hexdigest()[:16]


def said_after(article: Article, user, *, shown: str) -> dict[str, Any]:
    """What a page is told of a save, ``shown`` being its mark: what its form says of itself from
    now on, whether it ``stays``, and if so what is new on it."""
    article.refresh_from_db()
    context = story_context(article, user)
    mark = around(context)
    said = {
        "url": story_url(article),
        "story": article.pk,
        "version": article.version,
        "opened": opened_now(article),
        "around": mark,
        "stays": mark == shown,
        "saved": render_to_string(f"{FOLDER}/_last_saved.html", context),
    }
    if mark == shown:
        said |= {
            "title": str(article),
            "heading": gettext("Editing: %(original)s") % {"original": article},
            "log": render_to_string(f"{FOLDER}/_log.html", context),
            **checked(Text.of(article), article),
        }
    return said
