"""The preview of a story at the desk, for whoever may see the story, at every stage."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import desk, previews
from articles.as_typed import as_typed
from articles.models import Article
from articles.outcomes import last_saved
from articles.views import story_preview
from articles.writing import Unsaved, unsaved_at


@require_safe
def preview_page(request, article_id: int) -> HttpResponse:
    """The frame: when the text was saved, what of one's own is not, and how wide it is shown.

    ``?text=`` names a text of one's own that is not saved; once it is, the saved one is shown.
    """
    article = _article(request, article_id)
    texts = unsaved_at(article, request.user)
    typed = _asked(request, texts)
    page = reverse("admin:articles_article_preview_page", args=[article.pk])
    context = {
        **admin.site.each_context(request),
        "opts": Article._meta,
        "title": gettext("Preview: %(story)s") % {"story": article},
        "story": article,
        "last_saved": last_saved(article),
        "typed": typed,
        "unsaved": typed or next(iter(texts), None),
        "may_edit": desk.may_edit(article, request.user),
        "page": f"{page}?text={typed.key}" if typed else page,
        "back": desk.story_url(article),
    }
    return previews.framed(request, "admin/articles/article/preview.html", context)


@require_safe
def page_alone(request, article_id: int) -> HttpResponse:
    article = _article(request, article_id)
    typed = _asked(request, unsaved_at(article, request.user)) if "text" in request.GET else None
    shown = as_typed(article, typed.typed, request.user) if typed else None
    return story_preview.preview(request, article, shown)


def _asked(request, texts: list[Unsaved]) -> Unsaved | None:
    asked = request.GET.get("text")
    return next((text for text in texts if str(text.key) == asked), None)


def _article(request, article_id: int) -> Article:
    stories = Article.objects.for_user(request.user)
    stories = stories.select_related("bureau__network", "section", "picture")
    return get_object_or_404(stories, pk=article_id)
