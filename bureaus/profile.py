"""What people keep about themselves: words about their work, language, e-mail."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, override

from bureaus import tasks
from bureaus.forms import AuthorTextForm, EmailForm, ProfileForm
from bureaus.models import Author, User


def own(request):
    """The own profile; the author's name and address in bylines stay with editors."""
    # Not request.user: a form that is refused has put its values on what the header prints.
    user = User.objects.get(pk=request.user.pk)
    author = Author.objects.filter(user=user).first()
    data = request.POST or None
    form = ProfileForm(data, instance=user)
    forms = [form, *([AuthorTextForm(data, instance=author)] if author else [])]
    are_valid = [each.is_valid() for each in forms]  # both, to show every mistake at once
    if request.method == "POST" and all(are_valid):
        with transaction.atomic():
            for each in forms:
                each.save()
        with override(user.language):
            messages.success(request, gettext("Your profile has been saved."))
        return HttpResponseRedirect(reverse("admin:profile"))
    context = {
        **admin.site.each_context(request),
        "title": gettext("My profile"),
        "form": form,
        "author_form": forms[1] if author else None,
        "author": author,
        "has_errors": any(each.errors for each in forms),
        "memberships": request.user.memberships.select_related("bureau").order_by("role"),
    }
    return TemplateResponse(request, "admin/profile.html", context)


def email(request):
    """Another e-mail address, for whoever knows the password; the old one is told."""
    user = User.objects.get(pk=request.user.pk)
    before = user.email
    form = EmailForm(request, request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        if before and before != user.email:
            tasks.mail_notice.defer(user_id=user.pk, kind="email_changed", address=before)
        messages.success(request, gettext("Your e-mail address has been changed."))
        return HttpResponseRedirect(reverse("admin:profile"))
    context = {
        **admin.site.each_context(request),
        "title": gettext("Change e-mail"),
        "form": form,
        "back": reverse("admin:profile"),
    }
    return TemplateResponse(request, "admin/simple_form.html", context)
