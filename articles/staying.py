"""Whether a story page is still true, after a save, in all that stands around the text.

Then its writer stays on it, where they write; else it is loaded anew.
"""

from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from articles.answers import answer
from articles.desk import story_context, story_url
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


def stay(article: Article, user, shown: str) -> HttpResponse | None:
    """The answer to a save for a page whose mark was ``shown``; None if the page is loaded anew."""
    if not shown:
        return None
    article.refresh_from_db()
    context = story_context(article, user)
    if around(context) != shown:
        return None
    return answer(
        url=story_url(article),
        version=article.version,
        opened=opened_now(article),
        saved=render_to_string(f"{FOLDER}/_last_saved.html", context),
        log=render_to_string(f"{FOLDER}/_log.html", context),
    )
