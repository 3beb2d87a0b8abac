"""The preview of a story at the desk, for whoever may see the story, at every stage."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles import desk, previews
from articles.models import Article
from articles.outcomes import last_saved
from articles.views import story_preview
from articles.writing import unsaved_at


@require_safe
def preview_page(request, article_id: int) -> HttpResponse:
    """The frame: when the text was saved, what of one's own is not, and how wide it is shown."""
    article = _article(request, article_id)
    context = {
        **admin.site.each_context(request),
        "opts": Article._meta,
        "title": gettext("Preview: %(story)s") % {"story": article},
        "story": article,
        "last_saved": last_saved(article),
        "unsaved": next(iter(unsaved_at(article, request.user)), None),
        "may_edit": desk.may_edit(article, request.user),
        "page": reverse("admin:articles_article_preview_page", args=[article.pk]),
        "back": desk.story_url(article),
    }
    return previews.framed(request, "admin/articles/article/preview.html", context)


@require_safe
def page_alone(request, article_id: int) -> HttpResponse:
    return story_preview.preview(request, _article(request, article_id))


def _article(request, article_id: int) -> Article:
    stories = Article.objects.for_user(request.user)
    stories = stories.select_related("bureau__network", "section", "picture")
    return get_object_or_404(stories, pk=article_id)
