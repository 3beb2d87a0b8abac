"""The story list and the story form."""

from urllib.parse import unquote

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import connection, transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import desk, workflow
from articles.admin.filters import (
    BoundedPaginator,
    BureauFilter,
    MarkFilter,
    SectionFilter,
    TabFilter,
)
from articles.form_fields import NumberedChoice
from articles.forms import BylineForm, BylineFormSet, StoryForm
from articles.models import Article, Byline, CreditRole, Stage
from articles.outcomes import APPROVAL_WITHDRAWN, saved, told
from articles.states import with_states
from articles.templatetags import desk as shown
from articles.verbs import VERBS
from bureaus.desk import DeskAdmin, may_write, workplaces
from bureaus.models import Author, Role


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


class StoryList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        return super().get_queryset(request, exclude_parameters).prefetch_related("bylines__author")


@admin.register(Article)
class ArticleAdmin(DeskAdmin):
    """Stories are written here and moved on by their verbs; nothing here writes a stage."""

    form = StoryForm
    fields = StoryForm.Meta.fields
    inlines = [BylineInline]
    autocomplete_fields = ["picture"]

    list_display = ["story", "state", "bureau", "writers", "section", "changed"]
    list_display_links = ["story"]
    list_filter = [
        TabFilter,
        BureauFilter,
        ("section", SectionFilter),
        ("changed_at", admin.DateFieldListFilter),
        MarkFilter,
    ]
    list_select_related = ["bureau", "section", "claimed_by"]
    list_per_page = 30
    paginator = BoundedPaginator
    search_fields = ["headline", "body"]
    sortable_by = ()  # an order that no index has would read every story

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

    def get_changelist(self, request, **kwargs):
        return StoryList

    def get_list_display(self, request):
        several = len(workplaces(request.user)[:2]) > 1
        if several:
            return [name.replace("changed", "changed_with_zone") for name in self.list_display]
        return [name for name in self.list_display if name != "bureau"]

    # The form

    def get_urls(self):
        view = self.admin_site.admin_view(desk.verb_page)
        return [
            path("<int:article_id>/verb/<slug:verb>/", view, name="articles_article_verb"),
            *super().get_urls(),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = NumberedChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("bureau", "section"):
            field.widget = field.widget.widget  # without links to their settings
        return field

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        author = Author.objects.active().filter(user=request.user).first()
        is_new = request.method == "GET" and obj.pk is None
        if is_new and author and request.user.holds(Role.REPORTER):
            kwargs["initial"] = [{"author": author.pk, "role": CreditRole.WRITER}]
        return kwargs

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "GET":
            story = self.get_object(request, unquote(object_id))
            if story and not desk.may_edit(story, request.user):
                return desk.read_page(request, story, self.opts)
        elif request.POST.get("_verb") in VERBS:
            story, version = self._untouched(request, unquote(object_id))
            if story:
                return self._do(request, story, version=version)
        return super().change_view(request, object_id, form_url, extra_context)

    @transaction.atomic
    def _untouched(self, request, object_id) -> tuple[Article | None, int]:
        """The story as it now is and the version that its form showed, when the form came back
        with nothing typed into it."""
        story = self.get_object(request, object_id)
        if story is None:
            return None, 0
        form = self.get_form(request, story, change=True)(request.POST, instance=story)
        (credits,), _inlines = self._create_formsets(request, story, change=True)
        if not form.is_untouched(credits):
            return None, 0
        return self.get_object(request, object_id), form.cleaned_data["version"]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is None:
            context["leading"] = [desk.first_button()]
        else:
            context |= desk.story_context(obj, request.user)
        context["shown_picture"] = context["adminform"].form.chosen_picture
        context["title"] = str(obj) if obj else gettext("New story")
        response = super().render_change_form(request, context, add, change, form_url, obj)
        response._csp_config = settings.EDITOR_CSP
        return response

    def history_view(self, request, object_id, extra_context=None):
        return HttpResponseRedirect("../change/#log")

    def log_addition(self, request, obj, message):
        """Nothing: revisions and events are the story's log."""

    def log_change(self, request, obj, message):
        """Nothing: revisions and events are the story's log."""

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        story = form.instance
        was_approved = story.stage == Stage.APPROVED
        workflow.save_revision(story, by=request.user)
        request.is_approval_withdrawn = was_approved and story.stage != Stage.APPROVED

    def response_add(self, request, obj, post_url_continue=None):
        return self._go_on(request, obj)

    def response_change(self, request, obj):
        return self._go_on(request, obj)

    def _go_on(self, request, article):
        """The story is saved; do the verb whose button was pressed, if it was one."""
        withdrawn = request.is_approval_withdrawn
        if request.POST.get("_verb") in VERBS:
            words = [gettext("What you wrote has been saved.")]
            words += [str(APPROVAL_WITHDRAWN)] if withdrawn else []
            return self._do(request, article, version=article.version, but=" ".join(words))
        messages.success(request, saved(article, is_approval_withdrawn=withdrawn))
        return HttpResponseRedirect(desk.after(article))

    def _do(self, request, article, *, version: int, but: str = ""):
        """Do the verb whose button was pressed, of the text in ``version``.

        ``but`` is what is to be said of a save before it, when the verb is refused.
        """
        verb = request.POST["_verb"]
        try:
            if desk.needs_page(verb):
                desk.demand_read(verb, article, version)
                return HttpResponseRedirect(desk.verb_url(article, verb))
            desk.perform(verb, article, by=request.user, version=version)
        except workflow.WorkflowError as error:
            why = desk.refusal(article, error)
            messages.error(request, format_html("<p>{}</p>{}", why, but) if but else why)
        else:
            messages.success(request, told(verb, article))
        return HttpResponseRedirect(desk.after(article))

    # The columns of the list

    @admin.display(description=_("headline"))
    def story(self, article):
        return render_to_string("admin/includes/_headline.html", {"story": article})

    @admin.display(description=_("state"))
    def state(self, article):
        return shown.states(article)

    @admin.display(description=_("writers"))
    def writers(self, article):
        bylines = article.bylines.all()
        names = [line.author.name for line in bylines if line.role == CreditRole.WRITER]
        return ", ".join(names)

    @admin.display(description=_("time"))
    def changed(self, article, has_zone=False):
        """When it was changed last; of a scheduled story, when it goes live."""
        if not article.goes_live:
            return shown.moment(article.changed_at, article.bureau, has_zone)
        when = shown.moment(article.goes_live, article.bureau, has_zone)
        return format_html('<span class="visually-hidden">{}</span> {}', _("Goes live on"), when)

    @admin.display(description=_("time"))
    def changed_with_zone(self, article):
        return self.changed(article, has_zone=True)
