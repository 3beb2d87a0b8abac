"""The standing pages: the network's texts, and those with which a bureau replaces them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import standing_texts
from articles.listings import Front
from articles.models import Page
from articles.standing_texts import may_edit
from bureaus import opening
from bureaus.meanwhile import GuardedAdmin
from bureaus.models import Bureau, Role

LIST = "admin:articles_page_changelist"


class PageForm(forms.ModelForm):
    """A text; refuses to begin one that somebody else has begun since.

    ``kind`` and ``bureau`` of a new text are set by the admin.
    """

    kind = ""
    bureau: Bureau | None = None

    class Meta:
        model = Page
        fields = ["body"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.kind, self.instance.bureau = self.kind, self.bureau

    def clean(self):
        cleaned = super().clean()
        is_new = self.instance.pk is None
        if is_new and Page.objects.filter(kind=self.kind, bureau=self.bureau).exists():
            raise ValidationError(
                _(
                    "Somebody else has begun this text meanwhile. Yours is still below: copy it,"
                    " then open the other one."
                )
            )
        return cleaned


@admin.register(Page)
class PageAdmin(GuardedAdmin):
    form = PageForm
    fields = ["body"]

    def get_queryset(self, request):
        pages = super().get_queryset(request).select_related("bureau", "changed_by")
        user = request.user
        if may_edit(user, None):
            return pages
        return pages.filter(Q(user.works_at(Role.BUREAU_EDITOR, Role.ADMINISTRATOR)))

    def last_change(self, obj, since):
        return str(obj.changed_by or "?"), obj.changed_at

    def may_see(self, user, obj=None):
        holds_here = user.holds(Role.BUREAU_EDITOR) or user.is_administrator
        return user.is_network_editor or holds_here

    def may_add(self, user):
        return self.may_see(user)

    def may_change(self, user, obj=None):
        return may_edit(user, obj.bureau) if obj else self.may_see(user)

    # The list

    def changelist_view(self, request, extra_context=None):
        user = request.user
        if not self.may_see(user):
            raise PermissionDenied
        kinds = standing_texts.kinds(user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Standing pages"),
            "kinds": kinds,
            "may_edit_network": may_edit(user, None),
            "is_of_one": len(kinds[0].own + kinds[0].without) == 1,
        }
        return TemplateResponse(request, "admin/articles/page/change_list.html", context)

    # The form

    def add_view(self, request, form_url="", extra_context=None):
        kind, bureau = self._asked(request)
        existing = Page.objects.filter(kind=kind, bureau=bureau).first()
        if existing and request.method == "GET":
            return HttpResponseRedirect(standing_texts.url(kind, bureau, existing))
        return super().add_view(request, form_url, extra_context)

    def _asked(self, request) -> tuple[str, Bureau | None]:
        """Which text is to be begun; Http404 for what is none, or none of this person's."""
        kind, number = request.GET.get("kind"), request.GET.get("bureau", "")
        if kind not in Page.Kind.values or not (number == "" or number.isdecimal()):
            raise Http404
        bureau = get_object_or_404(Bureau, pk=number) if number else None
        if not may_edit(request.user, bureau):
            raise Http404
        return kind, bureau

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            form.kind, form.bureau = self._asked(request)
        return form

    def get_changeform_initial_data(self, request):
        """With the network's text, where it is asked for as a beginning."""
        if request.GET.get("from") != "network":
            return {}
        kind, _bureau = self._asked(request)
        network = Page.objects.filter(kind=kind, bureau=None).first()
        return {"body": network.body} if network else {}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        page = context["adminform"].form.instance
        network = Page.objects.filter(kind=page.kind, bureau=None).first()
        context |= {
            "page": page,
            "clock": Front(page.bureau),
            "title": standing_texts.title(page),
            "network_text": network if page.bureau else None,
            "is_begun": request.GET.get("from") == "network",
            "depending": [] if page.bureau else standing_texts.without_own(page.kind),
            "public_url": standing_texts.public_url(page) if page.pk or network else "",
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self._saved(request, obj)

    def response_change(self, request, obj):
        return self._saved(request, obj)

    def _saved(self, request, page):
        text = gettext("“%(page)s” has been saved; readers see it now.")
        if page.bureau and not page.bureau.is_open:
            text = gettext("“%(page)s” has been saved.")
        messages.success(request, text % {"page": standing_texts.title(page)})
        return HttpResponseRedirect(reverse(LIST))

    def history_view(self, request, object_id, extra_context=None):
        page = self.get_object(request, object_id)
        title = gettext("History: %(page)s") % {"page": standing_texts.title(page)} if page else ""
        return super().history_view(request, object_id, {"title": title})

    # Taking a text away

    @transaction.atomic
    def delete_view(self, request, object_id, extra_context=None):
        """What happens when a text goes; a POST lets it go."""
        page = self.get_object(request, object_id)
        if page is None or not may_edit(request.user, page.bureau):
            raise Http404
        opening.lock()
        refused = standing_texts.needed_by(page)
        if request.method == "POST" and not refused:
            title = standing_texts.title(page)
            self.log_deletions(request, [page])
            page.delete()
            messages.success(request, gettext("“%(page)s” has been deleted.") % {"page": title})
            return HttpResponseRedirect(reverse(LIST))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Delete “%(page)s”?") % {"page": standing_texts.title(page)},
            "page": page,
            "refused": refused,
            "back": standing_texts.url(page.kind, page.bureau, page),
            "network_text": Page.objects.filter(kind=page.kind, bureau=None).exclude(pk=page.pk),
            "depending": [] if page.bureau else standing_texts.without_own(page.kind),
        }
        template = "admin/articles/page/delete.html"
        return TemplateResponse(request, template, context, status=409 if refused else 200)
