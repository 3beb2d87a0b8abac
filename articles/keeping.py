"""What the story page says while somebody writes: it is kept, checked, and who else is there."""

import json
from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import desk, sending, story_log, writing
from articles.answers import answer, is_asked_by_script
from articles.dates import printed_time
from articles.models import Article
from articles.typed import Pairs, Typed
from bureaus.desk import may_write, workplaces

MOST_LETTERS = 1_000_000  # of everything in a form together; a story has at most 400,000
MOST_FIELDS = 2_000
NEWEST = 2**31  # no story has as many revisions


class Refused(Exception):
    """What was sent is not kept; the text says why, for the one who typed it."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


class Sent:
    """What a page says of itself: its form's key, and what stands in it if that is new."""

    def __init__(self, request):
        try:
            said = json.loads(request.body)
            # A page that only reads a story has no form, and so no key of one.
            self.is_form = bool(said.get("key"))
            self.key = UUID(said["key"]) if self.is_form else uuid4()
            self.version = int(said.get("version") or 0)
            if not 0 <= self.version < NEWEST:
                raise ValueError(self.version)
            self.writer = int(said["writer"])
            self.pairs = self._pairs(said.get("fields"))
            self.after = str(said.get("after") or "")
            # The last event that the page shows; of none there is nothing to compare.
            self.seen = int(said["seen"]) if said.get("seen") else None
            self.is_leftover = bool(said.get("leftover"))
        except RequestDataTooBig as error:
            raise _too_long() from error
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            message = gettext("The desk could not read what this page sent. Load it again.")
            raise Refused(HTTPStatus.BAD_REQUEST, message) from error

    @staticmethod
    def _pairs(fields) -> Pairs | None:
        if fields is None:
            return None
        pairs = [[str(name), str(value)] for name, value in fields]
        if len(pairs) > MOST_FIELDS or sum(len(value) for _name, value in pairs) > MOST_LETTERS:
            raise _too_long()
        return pairs


def _too_long() -> Refused:
    message = gettext("The text is too long to be kept by itself. Shorten it, or save it in parts.")
    return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)


def autosave(request, article_id: int | None = None) -> HttpResponse:
    """Keep what was typed for its writer and answer with the checks; no revision is made.

    Without fields it only says that the page is open.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not may_write(request.user):
        raise Http404
    article = _article(request.user, article_id)
    try:
        sent = Sent(request)
    except Refused as error:
        return answer(error.status, why="refused", message=str(error))
    if sent.writer != request.user.pk:
        return answer(HTTPStatus.CONFLICT, why="other", name=str(request.user))
    if article is None and (saved := sending.saved_with(sent.key, by=request.user)):
        article = _article(request.user, saved.article_id)
    said = _kept(request, sent, article)
    if article and not sent.is_leftover:
        writing.be_present(article, request.user, is_typing=sent.pairs is not None)
        said |= _around(request, article, sent)
    return answer(**said)


def leave(request, article_id: int) -> HttpResponse:
    """Somebody closes the page of the story. Nobody waits for an answer."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not may_write(request.user):
        raise Http404
    writing.be_gone(_article(request.user, article_id), request.user)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _article(user, article_id: int | None) -> Article | None:
    if article_id is None:
        return None
    stories = Article.objects.for_user(user).select_related("bureau", "picture", "section")
    return get_object_or_404(stories, pk=article_id)


def _kept(request, sent: Sent, article: Article | None) -> dict:
    if sent.pairs is None:
        return {}
    user = request.user
    stored = Typed.of_story(article or Article())
    typed = Typed.of_pairs(sent.pairs, stored=stored)
    if typed == stored or (article is None and typed.is_empty):
        # Whoever took everything back has nothing left to be offered.
        writing.forget(user, sent.key)
        said = {"key": str(sent.key), "after": ""}
    else:
        autosave = writing.keep(
            user,
            sent.pairs,
            key=sent.key,
            version=sent.version,
            article=article,
            after=sent.after,
        )
        said = {"key": str(autosave.key), "after": autosave.saved_at.isoformat()}
    if sent.is_leftover:
        return said
    return said | checked(writing.text_of(typed, user, article), article)


def checked(text, article: Article | None) -> dict:
    """What the checks say of a text, as the page draws it."""
    checks = desk.checks_context(text)
    bureau = article.bureau if article else text.bureau
    now = printed_time(timezone.now(), bureau) if bureau else ""
    return {
        "checked_at": now,
        "kept_at": gettext("Kept at %(time)s") % {"time": now},
        "checks": render_to_string("admin/articles/article/_checks.html", checks),
        "holds": len(checks["demands"]),
        "length": render_to_string("admin/articles/article/_length.html", {"text": text}),
        "embargo": render_to_string(
            "admin/articles/article/_embargo.html",
            desk.embargo_context(text.embargo_until, bureau, article.stage if article else ""),
        ),
    }


def _around(request, article: Article, sent: Sent) -> dict:
    """Who else is there, and what has happened to the story meanwhile."""
    others = writing.others_at(article, request.user)
    newer = article.revisions.select_related("saved_by").first()
    context = {
        "others": others,
        "story": article,
        "newer": newer if newer and sent.version and newer.number != sent.version else None,
        "happened": _happened(request.user, article, sent),
        "is_form": sent.is_form,
        "is_closed": not desk.may_edit(article, request.user),
    }
    folder = "admin/articles/article"
    return {
        "presence": render_to_string(f"{folder}/_presence.html", context),
        "meanwhile": render_to_string(f"{folder}/_meanwhile.html", context),
    }


def _happened(user, article: Article, sent: Sent):
    """The last thing that somebody else has done with the story since the page was opened."""
    if sent.seen is None:
        return None
    others = article.events.filter(pk__gt=sent.seen).exclude(by=user).select_related("by")
    event = others.first()
    return story_log.line_of(event) if event else None


def unsaved(request, article_id: int | None = None) -> HttpResponse:
    """The offers of texts that were not saved, for a page that has just handed some in."""
    context = offers_context(request.user, _article(request.user, article_id))
    context["here"] = request.GET.getlist("here")
    template = "admin/articles/article/_offers.html"
    return answer(offers=render_to_string(template, context, request))


def offers_context(user, article: Article | None) -> dict:
    """What this person has typed before and not saved, for a page to offer."""
    return {
        "offers": writing.unsaved_at(article, user) if article else writing.unsaved_of(user),
        "offer_bureau": article.bureau if article else workplaces(user).first(),
    }


def drop(request, key: UUID) -> HttpResponse:
    """Throw one's own unsaved text away, because one says so."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    text = request.user.autosaves.filter(key=key).first()
    back = reverse("admin:articles_article_add")
    if text and text.article_id:
        back = reverse("admin:articles_article_change", args=[text.article_id])
    writing.forget(request.user, key)
    return answer(dropped=str(key)) if is_asked_by_script(request) else HttpResponseRedirect(back)


def session(request) -> HttpResponse:
    """Who is signed in, with a token for the form that is open: after signing in again."""
    return answer(user=request.user.pk, name=str(request.user), token=get_token(request))


def signed_in(request) -> HttpResponse:
    """Where a sign-in leads that was begun beside a story: its window closes itself."""
    return TemplateResponse(
        request,
        "admin/articles/article/signed_in.html",
        {**admin.site.each_context(request), "title": gettext("Signed in")},
    )
