"""A story form that is sent, and sent again: saved once, and never over somebody else's text."""

from functools import wraps
from urllib.parse import unquote
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext

from articles import conflict_page, desk, keeping, object_cards, sending, staying, workflow, writing
from articles.admin.story_list import StoryListAdmin
from articles.answers import answer, for_script, is_asked_by_script
from articles.card_preview import card_preview
from articles.compare_page import compare_page
from articles.models import Article, Autosave, Revision
from articles.outcomes import APPROVAL_WITHDRAWN, saved, told
from articles.refusals import Undecided
from articles.story_preview import page_alone, preview_page
from articles.taking_back import take_back
from articles.typed import (
    OF_THE_DESK,
    Pairs,
    Typed,
    began_with,
    known_of_the_desk,
    opened_now,
    opened_with,
    read_opened,
)
from articles.verb_page import verb_page
from articles.verbs import VERBS
from bureaus.desk import may_write

# What a button adds to the form: a verb, the answer to its question, whose name to save under.
OF_BUTTONS = ("_verb", "_confirmed", "_as")
# What a page says of itself beside what was typed: the mark of what stands around the text.
OF_PAGES = ("around",)


def pairs_of(post: QueryDict) -> Pairs:
    return [[name, value] for name, values in post.lists() for value in values]


def post_of(pairs: Pairs, **more) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in [*pairs, *more.items()]:
        post.appendlist(name, str(value))
    return post


def key_in(post: QueryDict) -> UUID | None:
    try:
        return UUID(post.get("key", ""))
    except ValueError:
        return None


def writers_alone(view):
    """For what only the story form asks for."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if not may_write(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


class SentStoryAdmin(StoryListAdmin):
    """How the story page receives what was typed."""

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"articles_article_{name}")

        return [
            page("session/", keeping.session, "session"),
            page("autosave/", keeping.autosave, "autosave_new"),
            page("unsaved/", keeping.unsaved, "unsaved_new"),
            page("objects/", writers_alone(object_cards.cards), "objects"),
            page("stories/", writers_alone(object_cards.stories), "stories"),
            page("unsaved/<uuid:key>/drop/", keeping.drop, "drop"),
            page("signed-in/", keeping.signed_in, "signed_in"),
            page("<int:article_id>/autosave/", keeping.autosave, "autosave"),
            page("<int:article_id>/leave/", keeping.leave, "leave"),
            page("<int:article_id>/unsaved/", keeping.unsaved, "unsaved"),
            page("<int:article_id>/conflict/<uuid:key>/", self.conflict_view, "conflict"),
            page("<int:article_id>/card/", card_preview, "card"),
            page("<int:article_id>/compare/", compare_page, "compare"),
            page("<int:article_id>/take/<int:number>/", take_back, "take"),
            page("<int:article_id>/preview/", preview_page, "preview"),
            page("<int:article_id>/preview/page/", page_alone, "preview_page"),
            page("<int:article_id>/verb/<slug:verb>/", verb_page, "verb"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        if request.method == "POST":
            return for_script(request, self._receive(request, None))
        if "text" in request.GET:
            return self._restored(request, None)
        return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST":
            return for_script(request, self._receive(request, unquote(object_id)))
        story = self.get_object(request, unquote(object_id))
        if story and not desk.may_edit(story, request.user):
            return desk.read_page(request, story, self.opts)
        if story and "text" in request.GET:
            return self._restored(request, story)
        return super().change_view(request, object_id, form_url, extra_context)

    # What was sent

    def _receive(self, request, object_id: str | None) -> HttpResponse:
        if object_id and "stayed" in request.POST:
            request.POST = self._stayed(request, object_id)
        key = key_in(request.POST)
        with sending.sent_with(key):
            earlier = sending.saved_with(key, by=request.user)
            if earlier and object_id in (None, str(earlier.article_id)):
                return self._again(request, earlier)
            if object_id and request.POST.get("_verb") in VERBS:
                story, version = self._untouched(request, object_id)
                if story:
                    return self._once(request, story, key, version=version)
            return self._save(request, object_id)

    def _again(self, request, earlier: Revision) -> HttpResponse:
        """A form whose key is saved came once more: its first answer never arrived."""
        story = self.get_object(request, str(earlier.article_id))
        if story is None:
            raise Http404
        stored = Typed.of_story(story)
        typed = Typed.of_pairs(pairs_of(request.POST), stored=stored)
        opened = request.POST.get("opened", "")
        known = known_of_the_desk(read_opened(opened), earlier.key, story)
        typed = typed.untouched_as_stored(known, stored)
        is_desk_as_stored = all(typed.values[name] == stored.values[name] for name in OF_THE_DESK)
        if typed == stored or (writing.is_saved_as(typed, earlier) and is_desk_as_stored):
            writing.forget(request.user, earlier.key)
            if request.POST.get("_verb") in VERBS:
                return self._once(request, story, earlier.key, version=earlier.number)
            return self._saved(request, story)
        # Its writer wrote on. Where nobody else has saved since, this is no conflict.
        version = request.POST.get("version", "")
        if story.version == earlier.number:
            version = story.version
        request.POST = self._written_anew(request.POST, typed.pairs(story), version=version)
        return self._save(request, str(story.pk))

    def _stayed(self, request, object_id: str) -> QueryDict:
        """What a page has sent that stayed open after a save: it knows no row of credits that
        came of it, so that they are found by what they say."""
        story = self.get_object(request, object_id)
        if story is None:
            return request.POST
        typed = Typed.of_pairs(pairs_of(request.POST), stored=Typed.of_story(story))
        return self._written_anew(request.POST, typed.pairs(story))

    @staticmethod
    def _written_anew(post: QueryDict, pairs: Pairs, **more) -> QueryDict:
        """The form with other fields and all that it says of itself."""
        kept = ("version", "key", "writer", "opened", *OF_BUTTONS, *OF_PAGES)
        return post_of(pairs, **{name: post[name] for name in kept if name in post} | more)

    def _save(self, request, object_id: str | None) -> HttpResponse:
        if object_id is None:
            return super().add_view(request)
        return self._or_conflict(request, super().change_view(request, object_id))

    def _or_conflict(self, request, response: HttpResponse) -> HttpResponse:
        """A text that could not be saved because of others is kept for its writer."""
        context = getattr(response, "context_data", None) or {}
        form = context["adminform"].form if "adminform" in context else None
        if form is None or form.is_of_another or not (form.is_stale or form.is_closed):
            return response
        story = Article.objects.select_related("bureau").get(pk=form.instance.pk)
        version = form.cleaned_data.get("version") or 0
        pairs = pairs_of(request.POST)
        stored = Typed.of_story(story)
        typed = Typed.of_pairs(pairs, stored=stored)
        key = form.cleaned_data.get("key") or uuid4()
        if typed == stored or (form.is_stale and typed == self._base(story, version, pairs)):
            writing.forget(request.user, key)
            messages.info(
                request, gettext("You had changed nothing. This is the text as it is now.")
            )
            return HttpResponseRedirect(desk.story_url(story))
        writing.keep(request.user, pairs, key=key, version=version, article=story)
        if form.is_closed:
            return response
        return HttpResponseRedirect(desk.conflict_url(story, key))

    @transaction.atomic
    def _untouched(self, request, object_id) -> tuple[Article | None, int]:
        """The story as it now is and the version that its form showed, when the form came back
        with nothing typed into it."""
        story = self.get_object(request, object_id)
        if story is None:
            return None, 0
        form = self.get_form(request, story, change=True)(request.POST, instance=story)
        (credits,), _inlines = self._create_formsets(request, story, change=True)
        if not form.is_untouched(credits) or form.is_of_another:
            return None, 0
        return self.get_object(request, object_id), form.cleaned_data["version"]

    def response_add(self, request, obj, post_url_continue=None):
        return self._go_on(request, obj)

    def response_change(self, request, obj):
        return self._go_on(request, obj)

    @staticmethod
    def _saved(request, article, *, is_approval_withdrawn=False) -> HttpResponse:
        said = {}
        if is_asked_by_script(request):
            shown = request.POST.get("around", "")
            said = staying.said_after(article, request.user, shown=shown)
        if not said.get("stays"):
            messages.success(request, saved(article, is_approval_withdrawn=is_approval_withdrawn))
        return answer(**said) if said else HttpResponseRedirect(desk.after(article))

    def _go_on(self, request, article):
        """The story is saved; do the verb whose button was pressed, if it was one."""
        withdrawn = request.is_approval_withdrawn
        if request.POST.get("_verb") in VERBS:
            words = [gettext("What you wrote has been saved.")]
            words += [str(APPROVAL_WITHDRAWN)] if withdrawn else []
            return self._do(
                request, article, version=article.version, key=None, but=" ".join(words)
            )
        return self._saved(request, article, is_approval_withdrawn=withdrawn)

    def _once(self, request, article, key: UUID | None, *, version: int) -> HttpResponse:
        """Do the verb, unless a form with the key has done it."""
        verb = request.POST["_verb"]
        if sending.was_done_with(key, verb, article, by=request.user):
            messages.success(request, told(verb, article))
            return HttpResponseRedirect(desk.after(article))
        return self._do(request, article, version=version, key=key)

    def _do(self, request, article, *, version: int, key: UUID | None, but: str = ""):
        """Do the verb whose button was pressed, of the text in ``version``.

        ``key`` is the form's, where it may have kept a text; ``but`` is what is to be said of a
        save before it, when the verb is refused.
        """
        verb = request.POST["_verb"]
        try:
            if desk.needs_page(verb, is_confirmed="_confirmed" in request.POST):
                desk.demand_read(verb, article, version)
                desk.demand_decided(verb, article, request.user, form=key)
                return HttpResponseRedirect(desk.verb_url(article, verb))
            desk.perform(verb, article, by=request.user, version=version, form=key)
        except Undecided as error:
            messages.error(request, format_html("<p>{}</p>{}", error, but) if but else str(error))
            return HttpResponseRedirect(desk.conflict_url(article, error.key))
        except workflow.WorkflowError as error:
            article.refresh_from_db()
            why = desk.refusal(verb, article, error, request.user)
            messages.error(request, format_html("<p>{}</p>{}", why, but) if but else why)
        else:
            messages.success(request, told(verb, article))
        return HttpResponseRedirect(desk.after(article))

    # What was typed and not saved

    def _restored(self, request, story: Article | None) -> HttpResponse:
        """The form with one's own unsaved text in it; nothing is saved yet."""
        text = self._text(request, story, request.GET["text"])
        if story and text.version != story.version:
            return HttpResponseRedirect(desk.conflict_url(story, text.key))
        typed = Typed.of_pairs(text.fields, stored=Typed.of_story(story or Article()))
        opened = dict(text.fields).get("opened", opened_with(story or Article()))
        # Else Django, asked for files, would fill POST anew from a body that is none.
        request._files = MultiValueDict()
        request.method = "POST"
        request.is_restored = True
        request.POST = post_of(
            typed.pairs(story),
            version=text.version,
            key=text.key,
            writer=request.user.pk,
            opened=opened,
        )
        object_id = str(story.pk) if story else None
        return self._changeform_view(request, object_id, "", {"restored": text})

    @staticmethod
    def _text(request, story: Article | None, key: str) -> Autosave:
        try:
            wanted = UUID(key)
        except ValueError as error:
            raise Http404 from error
        return get_object_or_404(Autosave, user=request.user, article=story, key=wanted)

    @staticmethod
    def _base(story: Article, version: int, pairs: Pairs) -> Typed | None:
        revision = story.revisions.filter(number=version).first()
        return began_with(revision, pairs, stored=Typed.of_story(story))

    def conflict_view(self, request, article_id: int, key: UUID) -> HttpResponse:
        """One's own text beside the saved one; a POST saves what was chosen of both."""
        story = self.get_object(request, str(article_id))
        if story is None:
            raise Http404
        text = self._text(request, story, str(key))
        stored = Typed.of_story(story)
        mine = Typed.of_pairs(text.fields, stored=stored)
        base = self._base(story, text.version, text.fields) or stored
        choice = conflict_page.Choice(request, story, text, mine, stored, base)
        if not choice.parts:
            writing.forget(request.user, key)
            return HttpResponseRedirect(desk.story_url(story))
        if request.method != "POST" or not choice.is_made:
            return choice.page(self.opts)
        request.POST = post_of(
            choice.merged.pairs(story),
            version=choice.version,
            key=key,
            writer=request.user.pk,
            opened=opened_now(story),
        )
        return for_script(request, self._receive(request, str(story.pk)))
