"""Credit, rights and sharing for several pictures at once, as of one photographer or one handout.

What a picture has stays unless it is expressly to be replaced. Each picture is decided by itself:
what one refuses holds up no other. A picture whose credit or rights have changed since they were
shown is refused: nobody replaces what they have not had before them.
"""

import json
import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from articles import library
from articles.dates import printed_date
from articles.models import Picture
from articles.models.file_names import middle_cut
from articles.picture_form import shared_field
from articles.picture_history import told
from articles.picture_readers import ended_rights
from articles.rights_table import contradiction_in, owners, unlike
from bureaus.likeness_form import LONGEST_NAME
from bureaus.models import Bureau, User
from newsroom.renditions.bounded import PictureError

MOST = 40  # pictures at once
GIVEN = ("credit", "source", "owner", "licence", "usable_until", "ai")
ADDED = ("is_for_all", "shared_with")  # to what is there; nobody loses anything by it
LONGEST_ADDRESS = 1000
_CHOICE = re.compile(r"(\d{1,18})(?:\.([0-9a-f]{12}))?", re.ASCII)

NOT_THERE = _("is not there, or not yours to see.")
CHANGED = _("was changed after you had opened this. What it has now stands here; press again.")
OF_OTHERS = _("belongs to another bureau; only that bureau changes it.")
WITH_READERS = _("was in a story that readers have seen; an editor changes it.")
HELD = _("Nothing was changed: all have something else here. Tick below to replace it.")
NOT_OWN = _("was sent by somebody else; they or an editor change it.")


class RightsForm(forms.ModelForm):
    """What all the pictures are given; an empty field gives nothing."""

    shared_with = shared_field()

    class Meta:
        model = Picture
        fields = (*GIVEN, *ADDED)
        widgets = {"usable_until": forms.DateInput({"type": "date"}, "%Y-%m-%d")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {}
        for name in GIVEN:
            self.fields[name].required = False
            self.fields[name].initial = None  # a licence that nobody has chosen is given to none
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs.pop("maxlength", None)
            label = _("Replace what is there, too")
            self.fields[self.replacing(name)] = forms.BooleanField(label=label, required=False)
        for name in ADDED:
            self.fields[name].help_text = ""
        for name in ("source", "licence", "ai"):
            choices = [each for each in Picture._meta.get_field(name).choices if each[0]]
            self.fields[name].choices = [("", _("Leave as it is")), *choices]

    @staticmethod
    def replacing(name: str) -> str:
        return f"replace_{name}"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in (*GIVEN, *ADDED)):
            raise ValidationError(_("Fill in what the pictures are to be given."), code="nothing")
        source, licence = cleaned.get("source"), cleaned.get("licence")
        if source and licence and owners(source, licence) is None:
            self.add_error("licence", unlike(source, licence))
        return cleaned

    def pairs(self):
        """Each field with the tick that has it replace what is there, if it can."""
        added = [(self[name], None) for name in ADDED]
        return [*((self[name], self[self.replacing(name)]) for name in GIVEN), *added]

    def given(self) -> dict[str, object]:
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in (*GIVEN, *ADDED) if cleaned[name]}

    def ask_to_replace(self, numbers: Iterable[int]) -> bool:
        """Say at each field that these pictures have something else there, if any of them has."""
        pictures = list(Picture.objects.filter(pk__in=numbers))
        kept = [
            name
            for name, value in self.given().items()
            if name in GIVEN and any(getattr(picture, name) != value for picture in pictures)
        ]
        for name in kept:
            self.add_error(name, HELD)
        return bool(kept)

    def replaced(self) -> set[str]:
        return {name for name in GIVEN if self.cleaned_data[self.replacing(name)]}


@dataclass(frozen=True)
class Line:
    """A picture of the page: what it has, and why it would refuse or has refused."""

    picture: Picture
    why: str | Promise
    may_be_ticked: bool
    #: the names of bureaus by their ids
    bureaus: Mapping[int, str]

    @property
    def choice(self) -> str:
        return f"{self.picture.pk}.{mark_of(self.picture)}"

    @property
    def file_name(self) -> str:
        return middle_cut(self.picture.file_name, LONGEST_NAME)

    @property
    def has(self) -> list[tuple[str, str, str]]:
        """Name, label and value of what it has; an empty value where it has nothing."""
        picture, field = self.picture, Picture._meta.get_field
        until = printed_date(picture.usable_until) if picture.usable_until else ""
        source, licence = picture.get_source_display(), picture.get_licence_display()
        values = (picture.credit, source, picture.owner, licence, until, picture.ai_label)
        rows = [
            (name, str(field(name).verbose_name), str(value))
            for name, value in zip(GIVEN, values, strict=True)
        ]
        names = sorted(self.bureaus.get(each, "") for each in picture.shared_with)
        shared = gettext("Every bureau") if picture.is_for_all else ", ".join(names)
        return [*rows, ("shared_with", gettext("Bureaus that may use it"), shared)]


def mark_of(picture: Picture) -> str:
    """The same as long as its credit and rights are."""
    values = [str(getattr(picture, name) or "") for name in (*GIVEN, *ADDED)]
    return sha256(json.dumps(values).encode()).hexdigest()[:12]


def rights_page(request) -> HttpResponse:
    """Show what the pictures have that an address names, and give them what a form says."""
    user = request.user
    if not library.has_library(user):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    back = _back(asked.get("back", ""))
    chosen = chosen_in(asked.getlist("picture"))
    if not chosen:
        messages.warning(request, gettext("No picture was selected. Tick the pictures first."))
        return HttpResponseRedirect(back)
    if len(chosen) > MOST:
        said = gettext("At most %(most)d pictures at once. Nothing was done.") % {"most": MOST}
        messages.error(request, said)
        return HttpResponseRedirect(back)
    if request.method != "POST":
        return _ask(request, RightsForm(), list(chosen))
    form = RightsForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, list(chosen))
    given = form.given()
    done, refused = give(chosen, given, form.replaced(), by=user)
    asks = not refused and not any(done.values()) and form.ask_to_replace(done)
    if not asks and (done or not refused):
        messages.success(request, _told(done))
    if "usable_until" in given:
        changed = [number for number, has_changed in done.items() if has_changed]
        pictures = Picture.objects.filter(pk__in=changed).select_related("bureau")
        for said in ended_rights(list(pictures), user):
            messages.warning(request, said)
    seen = Picture.objects.for_user(user).filter(pk__in=refused).values_list("pk", flat=True)
    for number in refused.keys() - set(seen):
        said = gettext("Picture no. %(number)d") % {"number": number}
        messages.warning(request, f"{said} {refused[number]}")
    if asks or seen:
        numbers = list(chosen) if asks else [number for number in chosen if number in refused]
        return _ask(request, form, numbers, refused)
    return HttpResponseRedirect(back)


def chosen_in(values: list[str]) -> dict[int, str]:
    """The pictures that a form or an address names, each with the mark of what was shown of it, if
    any; what is no choice is left out."""
    found = [_CHOICE.fullmatch(value) for value in values]
    return {int(part[1]): part[2] or "" for part in found if part}


def give(
    chosen: dict[int, str], given: dict[str, object], replaced: set[str], *, by: User
) -> tuple[dict[int, bool], dict[int, str | Promise]]:
    """Give each picture what it lacks and, of what is ``replaced``, all of it.

    ``chosen`` are numbers of pictures with their marks. Returns those that were not refused with
    whether they have changed, and why the others were refused.
    """
    done: dict[int, bool] = {}
    refused: dict[int, str | Promise] = {}
    for number, mark in chosen.items():
        with transaction.atomic():
            pictures = Picture.objects.for_user(by).select_for_update(of=("self",))
            picture = pictures.select_related("bureau").filter(pk=number).first()
            if picture is None:
                refused[number] = NOT_THERE
            elif why := _unchangeable(picture, by):
                refused[number] = why
            elif not (changes := _changes(picture, given, replaced)):
                done[number] = False  # also when the same form comes twice
            elif mark != mark_of(picture):
                refused[number] = CHANGED
            elif why := _contradiction(picture, changes):
                refused[number] = why
            else:
                try:
                    _change(picture, changes, by)
                    done[number] = True
                except PictureError as error:
                    refused[number] = str(error)
    return done, refused


def _changes(picture: Picture, given: dict[str, object], replaced: set[str]) -> dict[str, object]:
    changes = {
        name: value
        for name, value in given.items()
        if getattr(picture, name) != value and (name in replaced or not getattr(picture, name))
    }
    if bureaus := given.get("shared_with"):
        wanted = sorted({*picture.shared_with, *bureaus} - {picture.bureau_id})  # type: ignore[misc]
        changes.pop("shared_with", None)
        if wanted != sorted(picture.shared_with):
            changes["shared_with"] = wanted
    return changes


def _contradiction(picture: Picture, changes: dict[str, object]) -> str:
    """Why the picture cannot have these changes; "" if it can."""
    changed = copy(picture)
    for name, value in changes.items():
        setattr(changed, name, value)
    wrong = contradiction_in(changed, changes.keys())
    return wrong.said if wrong else ""


def _change(picture: Picture, changes: dict[str, object], by: User) -> None:
    """Raises PictureError."""
    former = {name: getattr(picture, name) for name in changes}
    for name, value in changes.items():
        setattr(picture, name, value)
    # Forty drawn anew in the request would keep somebody waiting for half a minute.
    picture.save(draws_later=True)
    with override(None):  # translated for whoever reads it
        fields = [str(Picture._meta.get_field(name).verbose_name) for name in changes]
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[picture],
        action_flag=CHANGE,
        change_message=[{"changed": {"fields": fields, "told": told(changes, former, picture)}}],
    )


def _unchangeable(picture: Picture, user: User) -> str | Promise:
    """Why the user may not change it; empty if they may."""
    if library.may_change(user, picture):
        return ""
    if not library.picture_bureaus(user).filter(pk=picture.bureau_id).exists():
        return OF_OTHERS
    return WITH_READERS if picture.uploaded_by_id == user.pk else NOT_OWN


def _told(done: dict[int, bool]) -> str:
    changed = sum(done.values())
    kept = len(done) - changed
    said = []
    if changed or not kept:
        text = ngettext(
            "%(count)d picture was changed.", "%(count)d pictures were changed.", changed
        )
        said.append(text % {"count": changed})
    if kept:
        text = ngettext(
            "%(count)d picture had all of it already and stays as it was.",
            "%(count)d pictures had all of it already and stay as they were.",
            kept,
        )
        said.append(text % {"count": kept})
    return " ".join(said)


def _ask(
    request,
    form: RightsForm,
    numbers: list[int],
    refused: dict[int, str | Promise] | None = None,
) -> HttpResponse:
    """The page: what each picture has, and what all are to be given."""
    pictures = Picture.objects.for_user(request.user).select_related("bureau").in_bulk(numbers)
    bureaus, lines = dict(Bureau.objects.values_list("pk", "name")), []
    for number in numbers:
        if picture := pictures.get(number):
            barred = _unchangeable(picture, request.user)
            lines.append(
                Line(picture, barred or (refused or {}).get(number, ""), not barred, bureaus)
            )
    asked = request.POST if request.method == "POST" else request.GET
    free = [line.picture for line in lines if line.may_be_ticked]
    context = {
        **admin.site.each_context(request),
        "opts": Picture._meta,
        "title": gettext("Credit and rights"),
        "lines": lines,
        "free": free,
        "rows": [
            (
                field,
                replacing,
                sum(bool(getattr(each, field.name)) for each in free) if replacing else 0,
            )
            for field, replacing in form.pairs()
        ],
        "form": form,
        "was_refused": bool(refused),
        "back": _back(asked.get("back", "")),
        "back_query": asked.get("back", "")[:LONGEST_ADDRESS],
    }
    return TemplateResponse(request, "admin/articles/picture/rights.html", context)


def _back(given: str) -> str:
    """The library as it was; only its query is taken from the form, so it leads nowhere else."""
    query = urlencode(parse_qsl(given[:LONGEST_ADDRESS].lstrip("?")))
    url = reverse("admin:articles_picture_changelist")
    return f"{url}?{query}" if query else url
