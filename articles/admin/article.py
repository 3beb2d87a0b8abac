"""The story form."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import desk, keeping, staying, unrevised, workflow, writing
from articles.admin.sent_story import SentStoryAdmin, pairs_of
from articles.checked_text import Text
from articles.dates import printed_time
from articles.form_fields import NumberedChoice
from articles.forms import BylineForm, BylineFormSet, StoryForm
from articles.models import PULSE, Article, Byline, CreditRole, Stage
from articles.picture_holds import held_by
from articles.states import with_states
from articles.story_checks import HEADLINE_ON_PHONE, SUMMARY_SHOWN
from articles.typed import Typed
from bureaus.desk import may_write
from bureaus.models import Author, Role


class Restored:
    """A form with a text that was typed before. It is shown, never saved."""

    def clean(self):
        raise ValidationError("", code="restored")


class BylineInline(admin.TabularInline):
    """Credits in printed order. Who may change the story may change them."""

    model = Byline
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ["author"]
    extra = 1
    template = "admin/edit_inline/rows.html"
    verbose_name = _("name")
    verbose_name_plural = _("credits")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = NumberedChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return True

    def has_delete_permission(self, request, obj=None):
        return True


@admin.register(Article)
class ArticleAdmin(SentStoryAdmin):
    """Stories are written here and moved on by their verbs; nothing here writes a stage."""

    form = StoryForm
    fields = StoryForm.Meta.fields
    inlines = [BylineInline]

    # Who may see what

    def get_queryset(self, request):
        return with_states(Article.objects.for_user(request.user))

    def get_object(self, request, object_id, from_field=None):
        """On a POST under the row's lock, so that nobody saves or decides in between."""
        story = super().get_object(request, object_id, from_field)
        if story and request.method == "POST" and connection.in_atomic_block:
            locked = self.get_queryset(request).select_related("bureau").filter(pk=story.pk)
            return locked.select_for_update(of=("self",)).first()
        return story

    def may_see(self, user, obj=None):
        return may_write(user)

    def may_add(self, user):
        return may_write(user)

    def may_change(self, user, obj=None):
        # Who sees a story may send its form; StoryForm refuses who may not edit it and keeps
        # what was typed.
        return may_write(user)

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        if getattr(request, "is_restored", False):
            form = type(form.__name__, (Restored, form), {})
        return form

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("bureau", "section", "picture"):
            field.widget = field.widget.widget  # without links to their settings
        return field

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        author = Author.objects.active().filter(user=request.user).first()
        is_new = request.method == "GET" and obj.pk is None
        if is_new and author and request.user.holds(Role.REPORTER):
            kwargs["initial"] = [{"author": author.pk, "role": CreditRole.WRITER}]
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is None:
            context["leading"] = [desk.first_button()]
        else:
            context |= desk.story_context(obj, request.user)
            context["around"] = staying.around(context)
        context |= self._writing_context(request, context["adminform"].form, obj)
        context["title"] = str(obj) if obj else gettext("New story")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _writing_context(self, request, form, story: Article | None) -> dict:
        """What surrounds the typing: the checks of what stands in the form, and what was typed
        before and not saved."""
        bureau = form.shown_bureau
        if form.is_bound:
            stored = Typed.of_story(story or Article(bureau=bureau))
            typed = Typed.of_pairs(pairs_of(request.POST), stored=stored)
            text = writing.text_of(typed, request.user, story)
        elif story:
            text = Text.of(story)
        else:
            text = writing.text_of(writing.start_of(request.user, bureau), request.user, None)
        offers = {} if form.is_bound else keeping.offers_context(request.user, story)
        return {
            **desk.checks_context(text),
            **offers,
            "text": text,
            "checked_at": printed_time(timezone.now(), bureau) if bureau else "",
            "shown_picture": form.chosen_picture,
            "picture_held": held_by(form.chosen_picture, bureau),
            "pulse": PULSE,
            "headline_on_phone": HEADLINE_ON_PHONE,
            "summary_shown": SUMMARY_SHOWN,
        }

    def history_view(self, request, object_id, extra_context=None):
        return HttpResponseRedirect("../change/#log")

    def log_addition(self, request, obj, message):
        """Nothing: revisions and events are the story's log."""

    def log_change(self, request, obj, message):
        """Nothing: revisions and events are the story's log."""

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        request.unrevised_before = unrevised.stored(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        story = form.instance
        was_approved = story.stage == Stage.APPROVED
        workflow.save_revision(story, by=request.user)
        unrevised.log(story, request.unrevised_before, by=request.user)
        writing.forget(request.user, form.cleaned_data.get("key"))
        request.is_approval_withdrawn = was_approved and story.stage != Stage.APPROVED
