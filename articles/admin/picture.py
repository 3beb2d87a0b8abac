"""The form of a picture of the library, and what is sent to it."""

from functools import partial
from http import HTTPStatus

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import choosing, library, picture_rights, uploads
from articles.admin.picture_filters import libraries_of
from articles.admin.picture_list import PictureListAdmin
from articles.library import has_library, picture_bureaus
from articles.models import Picture
from articles.models.file_names import PASSED_ON
from articles.picture_form import PictureForm, cut_caption
from articles.picture_history import changes_of, first_file_of, told_of_form
from articles.picture_original import original_page
from articles.picture_readers import PRINTED, ended_rights, readers_see, still_used
from articles.picture_uses import facts_of, is_used, stories_with, uses_of
from articles.replacing_file import whence, words_had, words_to_look_at
from bureaus.likeness_form import CROPS
from bureaus.meanwhile import GuardedAdmin
from bureaus.models import Author

FOCUS = ("focal_x", "focal_y", "file", "drops_former")
WORDS = ("alt_text", "caption", "credit", "ai")
ORIGIN = ("creator", "copyright", "place", "taken_on", "keywords", "bureau")
SHARING = ("is_for_all", "shared_with")
RIGHTS = ("source", "licence", "owner", "usable_until", *SHARING)
#: what people write themselves
TYPED = (
    *WORDS[:3],
    "creator",
    "copyright",
    "place",
    "taken_on",
    "keywords",
    "owner",
    "usable_until",
)


@admin.register(Picture)
class PictureAdmin(GuardedAdmin, PictureListAdmin):
    form = PictureForm
    fieldsets = [
        (None, {"fields": FOCUS}),
        (_("Words"), {"fields": WORDS}),
        (_("Rights"), {"fields": RIGHTS}),
        (_("Origin"), {"fields": ORIGIN}),
    ]

    def get_urls(self):
        pages = {
            "upload/": (uploads.upload_page, "articles_picture_upload"),
            "rights/": (picture_rights.rights_page, "articles_picture_rights"),
            "choose/": (choosing.choose_page, "articles_picture_choose"),
            "<int:picture_id>/words/": (uploads.words_page, "articles_picture_words"),
            "<int:picture_id>/remove/": (uploads.remove_page, "articles_picture_remove"),
            "<int:picture_id>/original/": (original_page, "articles_picture_original"),
            "<int:picture_id>/thumbnail/": (self.thumbnail_view, "articles_picture_thumbnail"),
        }
        return [
            *(
                path(route, self.admin_site.admin_view(view), name=name)
                for route, (view, name) in pages.items()
            ),
            *super().get_urls(),
        ]

    def thumbnail_view(self, request, picture_id):
        """Where the small copy is, for scripts that know only the number."""
        picture = self.get_queryset(request).filter(pk=picture_id).first()
        if picture is None:
            raise Http404
        return HttpResponseRedirect(picture.thumbnail_url)

    def may_see(self, user, obj=None):
        return has_library(user)

    def may_add(self, user):
        return self.may_see(user)

    def may_change(self, user, obj=None):
        return self.may_see(user) if obj is None else library.may_change(user, obj)

    def beside(self, obj):
        return {gettext("File"): obj.file_name or obj.desk_detail}

    def marked_beside(self, obj):
        # Cameras give two photos one name.
        return {gettext("File"): str(obj.original.name)}

    def void_after(self, changed):
        """A focal point that was set on another photo; a file, which a refused form drops."""
        return {gettext("File"), *FOCUS[:2]} if gettext("File") in changed else set()

    def changelist_view(self, request, extra_context=None):
        context = {"bureaus": libraries_of(request), **choosing.words_asked(request.user)}
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["passed_on"] = PASSED_ON.pattern
        if obj:
            # Called as it is saved, whatever a form that was refused has written into the row.
            if request.method == "POST":
                context["original"] = saved = Picture.objects.get(pk=obj.pk)
                context["subtitle"] = str(saved)
            context["crops"] = CROPS
            context["widest_url"] = obj.url(obj.width)
            context["facts"] = facts_of(obj)
            context["uses"] = uses = uses_of(obj, request.user)
            context["words_to_look_at"] = words_to_look_at(uses.count, words_had(obj))
            context["may_change"] = library.may_change(request.user, obj)
            context["may_remove"] = context["may_change"] and not is_used(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_changeform_initial_data(self, request):
        bureau = picture_bureaus(request.user).first()
        author = Author.objects.filter(user=request.user).first()
        return {
            "bureau": author.bureau_id if author and author.bureau_id else bureau and bureau.pk,
            **super().get_changeform_initial_data(request),
        }

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        if obj is None:
            author = Author.objects.filter(user=request.user).first()
            form.sent_by, form.sender = request.user, author.name if author else ""
        return form

    def get_fieldsets(self, request, obj=None):
        """A new picture has no focal point yet; who only looks sends no file."""
        left_out = set()
        if obj is None:
            left_out = {"focal_x", "focal_y", "drops_former"}
        elif not library.may_change(request.user, obj):
            left_out = {"file", "drops_former", "shared_with"}
        return [
            (name, {**more, "fields": [each for each in more["fields"] if each not in left_out]})
            for name, more in super().get_fieldsets(request, obj)
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "bureau":
            field.queryset = picture_bureaus(request.user)
            field.empty_label = None
            field.widget = field.widget.widget  # without links to the bureau's settings
        return field

    def history_view(self, request, object_id, extra_context=None):
        """Under its whole name: no picture is beside it by which it would be told from others."""
        context = dict(extra_context or {})
        if picture := self.get_object(request, object_id):
            name = picture.caption or picture.file_name or str(picture)
            context["first_file"] = first_file_of(picture)
            context["title"] = gettext("History: %(page)s") % {"page": name}
        page = super().history_view(request, object_id, context)
        for entry in page.context_data["action_list"]:
            entry.changes = changes_of(entry)
        return page

    def get_paginator(self, request, queryset, *args, **kwargs):
        """The history begins with what was changed last."""
        if queryset.model is LogEntry:
            queryset = queryset.reverse()
        return super().get_paginator(request, queryset, *args, **kwargs)

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        for part in message:
            if "changed" in part:
                part["changed"]["told"] = told_of_form(form)
        return message

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What was typed about a picture that was removed meanwhile is shown, to be copied."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        field = Picture._meta.get_field
        typed = [(field(name).verbose_name, request.POST.get(name, "").strip()) for name in TYPED]
        context = {
            **self.admin_site.each_context(request),
            "opts": opts,
            "title": gettext("This picture is not in the library any more"),
            "typed": [(label, text) for label, text in typed if text],
        }
        page = "admin/articles/picture/gone.html"
        return TemplateResponse(request, page, context, status=HTTPStatus.GONE)

    def response_change(self, request, obj):
        """Whoever has sent another file stays: its words are to be looked at."""
        response = super().response_change(request, obj)
        request.tell()  # what was saved is said first
        return HttpResponseRedirect(request.path) if request.FILES else response

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if said := cut_caption(obj):
            messages.warning(request, said)
        return response

    def save_model(self, request, obj, form, change):
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)
        request.tell = partial(self._tell, request, obj, form)

    def _tell(self, request, obj, form):
        """What the change means for the stories with the picture."""
        changed = {*form.changed_data}
        former = Picture(**{name: form.initial[name] for name in SHARING if name in form.initial})
        former.bureau_id = form.initial["bureau"]
        if changed & {*PRINTED, "file"} and (said := readers_see(obj)):
            messages.info(request, said)
        if form.cleaned_data.get("file"):
            words = whence(obj, form.initial, form.cleaned_data)
            if said := words_to_look_at(len(stories_with(obj)), *words):
                messages.warning(request, said)
            if said := cut_caption(obj):
                messages.warning(request, said)
        if "usable_until" in changed:
            for said in ended_rights([obj], request.user):
                messages.warning(request, said)
        if changed & {*SHARING, "bureau"} and (said := still_used(obj, former, request.user)):
            messages.warning(request, said)
