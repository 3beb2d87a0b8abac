"""An older text of a story, taken back: as one's own unsaved text, which the story form then shows.

Nothing is put into the story by the press. Saving it goes the way of everything that is typed: with
the version check, the rights and the log.
"""

from uuid import NAMESPACE_URL, uuid5

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles import desk, writing
from articles.comparison import text_of_revision
from articles.dates import stamp_in_words
from articles.models import Article
from articles.typed import Typed


@require_POST
def take_back(request, article_id: int, number: int) -> HttpResponse:
    """Open the story form with the text of that revision in it."""
    stories = Article.objects.for_user(request.user).select_related("bureau")
    article = get_object_or_404(stories, pk=article_id)
    revision = get_object_or_404(article.revisions.select_related("saved_by"), number=number)
    page = desk.story_url(article)
    if not desk.may_edit(article, request.user):
        messages.error(request, gettext("You cannot change this story now."))
        return HttpResponseRedirect(page)
    stored = Typed.of_story(article)
    typed = text_of_revision(revision, stored).typed
    if typed == stored:
        messages.info(request, gettext("The story has this text already."))
        return HttpResponseRedirect(page)
    # The same press twice is one text.
    name = f"{request.user.pk}/{article.pk}/{number}/{article.version}"
    text = writing.keep(
        request.user,
        typed.pairs(article),
        key=uuid5(NAMESPACE_URL, name),
        version=article.version,
        article=article,
    )
    told = {
        "time": stamp_in_words(revision.saved_at, article.bureau),
        "name": revision.saved_by,
    }
    messages.info(request, gettext("Here is the text of %(time)s, saved by %(name)s.") % told)
    return HttpResponseRedirect(f"{page}?text={text.key}")
