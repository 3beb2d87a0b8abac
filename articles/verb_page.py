"""The page of a verb: what it asks for, and why it is refused."""

from dataclasses import replace

from django.contrib import admin, messages
from django.forms import CharField
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from articles import publication, unsent, workflow
from articles.checked_text import Text
from articles.comparison import text_of_edition
from articles.conflict import Difference, differences
from articles.desk import (
    EXPLAINED,
    OF_A_REVISION,
    PUBLISHING,
    TO_READERS,
    after,
    buttons,
    checks_context,
    demand_decided,
    label_of,
    perform,
    reading_context,
    refusal,
    request_of,
    story_url,
)
from articles.models import Article
from articles.outcomes import told
from articles.publication import Situation
from articles.refusals import UnderEmbargo, demand_no_embargo, refuse
from articles.states import shown_states, with_states
from articles.typed import Typed
from articles.verb_form import VerbForm
from articles.verbs import VERBS
from articles.workflow import WorkflowError

REFUSED = 409
# Verbs that are decided about the text, which stands beside the form.
ABOUT_THE_TEXT = frozenset(
    {"send_back", "spike", "schedule", "approve_and_schedule", "approve", "submit"}
)
# Verbs that put another text before readers: what is new to them stands beside the form.
REPLACING = frozenset({"update", "correct"})


def verb_page(request, article_id: int, verb: str) -> HttpResponse:
    """What a verb asks for; a POST does it.

    A refusal keeps what was typed and says what happened meanwhile. The verb is offered again only
    where other words, or another time, would do; else what is possible now.
    """
    stories = Article.objects.for_user(request.user).select_related("bureau")
    article = get_object_or_404(stories, pk=article_id)
    if verb not in VERBS:
        raise Http404
    form = VerbForm(request.POST if request.method == "POST" else None, story=article, verb=verb)
    # Before anything is said about fields: what cannot be done need not be filled in.
    error = _refused_now(article, verb, request.user)
    if error:
        return _refused(request, article, verb, form, error)
    if request.method == "POST" and form.is_valid():
        return _do(request, article, verb, form)
    return _verb_form(request, article, verb, form)


def _do(request, article: Article, verb: str, form: VerbForm) -> HttpResponse:
    version = form.cleaned_data["version"]
    try:
        perform(verb, article, by=request.user, version=version, **form.told)
    except workflow.BadRequest as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return _verb_form(request, article, verb, form)
    except WorkflowError as error:
        article.refresh_from_db()
        is_over = _refused_now(article, verb, request.user)
        if is_over or type(error) not in (workflow.NotNow, UnderEmbargo):
            return _refused(request, article, verb, form, error)
        form.add_error(None, refusal(verb, article, error, request.user))
        return _verb_form(request, article, verb, form, status=REFUSED)
    messages.success(request, told(verb, article, place=form.told.get("bureau")))
    return HttpResponseRedirect(after(article))


def _refused_now(article: Article, verb: str, user) -> WorkflowError | None:
    """Why the verb is not possible at this moment."""
    try:
        if verb in workflow.available(article, user):
            demand_decided(verb, article, user)
            if verb in PUBLISHING:
                demand_no_embargo(article, publication.database_now())
            return None
        refuse(verb, article, Situation.of(article, publication.database_now()), user)
    except WorkflowError as error:
        return error
    return workflow.NotNow(gettext("Not possible now."))


def _refused(request, article, verb, form: VerbForm, error: WorkflowError) -> HttpResponse:
    """What happened, what was typed, and what this person can do now instead."""
    offered = [button for button in buttons(article, request.user) if button.verb != verb]
    if form.data.get("version") != str(article.version):
        # Nobody decides about a text that was not on the page before: what has it beside itself on
        # a page of its own is asked there.
        offered = [
            replace(button, asks=button.asks or button.verb in ABOUT_THE_TEXT)
            for button in offered
            if button.verb not in OF_A_REVISION or button.verb in ABOUT_THE_TEXT
        ]
    kept = [
        field
        for field in form.visible_fields()
        if isinstance(field.field, CharField) and form.is_bound and field.value()
    ]
    why = refusal(verb, article, error, request.user)
    more = {"refused": why, "offered": offered, "kept": kept}
    return _verb_form(request, article, verb, form, status=REFUSED, **more)


def _say_only(form: VerbForm, text: str) -> None:
    """Keep what was typed, with this one sentence above it."""
    form.full_clean()
    form.errors.clear()
    form.add_error(None, text)


def show_again(request, article_id: int, verb: str) -> HttpResponse:
    """The page with what was posted from an older session; nothing is done."""
    if verb not in VERBS:
        raise Http404
    stories = Article.objects.for_user(request.user).select_related("bureau")
    article = get_object_or_404(stories, pk=article_id)
    form = VerbForm(request.POST, story=article, verb=verb)
    _say_only(form, str(unsent.LOOK_OVER))
    return _verb_form(request, article, verb, form)


def _news_to_readers(article: Article, user) -> list[Difference]:
    """In what the text differs from the one that readers have."""
    live = Situation.of(article, publication.database_now()).live
    if live is None or live.version == article.version:
        return []
    stored = Typed.of_story(article)
    return differences(stored, text_of_edition(live, stored).typed, user)


def _verb_form(request, article, verb, form, *, status=200, **more) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "opts": Article._meta,
        "title": label_of(verb, article, request.user),
        "story": article,
        "story_url": story_url(article),
        "states": shown_states(with_states(Article.objects.filter(pk=article.pk)).get()),
        "verb": verb,
        "tone": VERBS[verb].tone or "main",
        "form": form,
        "retraction": request_of(article) if verb.endswith("_retraction") else None,
        "explanation": EXPLAINED.get(verb, ""),
        **(checks_context(Text.of(article)) if verb in TO_READERS | {"approve"} else {}),
        **(reading_context(article) if verb in ABOUT_THE_TEXT else {}),
        "news": _news_to_readers(article, request.user) if verb in REPLACING else [],
        **more,
    }
    template = "admin/articles/article/verb.html"
    return TemplateResponse(request, template, context, status=status)
