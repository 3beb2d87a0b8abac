"""The share card of a working copy, for the people of the desk who may see the story."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import cards, publication
from articles.models import Article


@never_cache
@require_safe
def card_preview(request, article_id: int) -> HttpResponse:
    """The card that readers would get if the story, as it was last saved, were published now.

    It bears the printed date of a story that has one.
    """
    stories = Article.objects.for_user(request.user).select_related(*cards.RELATED)
    article = get_object_or_404(stories, pk=article_id)
    edition = article.editions.uncancelled().order_by("-number").first()
    printed = edition.first_published if edition else publication.database_now()
    try:
        image = cards.preview_of(article, printed.astimezone(article.bureau.zone).date())
    except cards.Busy:
        return cards.come_again()
    return HttpResponse(image, "image/jpeg")
