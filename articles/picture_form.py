"""The form of a picture: its file, its words, whose it is and who may use it."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from articles.models.file_names import is_passed_on
from articles.models.picture import LONGEST_CAPTION
from articles.picture_words import ASK, OURS, KeepsWords
from articles.replacing_file import ASKED, OF_FILE, named_anew
from articles.rights_table import JUDGED, contradiction_in
from articles.unsent import CHOSEN
from bureaus.desk import at_work
from bureaus.likeness_form import PictureFileInput, said_of, shown_name
from bureaus.models import User
from newsroom.renditions.bounded import PictureError

NOT_SAID = ("", _("Choose"))
FIRST_PHOTOGRAPH = date(1839, 1, 1)  # Daguerre's were shown to the public in that year
#: what a form that was refused has asked about: source and licence, or the credit, too
ORIGIN, WHOSE = "true", "whose"
PASSED_ON = _("It seems to have been passed on: ask who took it.")
OF_ANOTHER = _("The file says that it belongs to %(owner)s.")
BY_ANOTHER = _("The file says that it is by %(maker)s.")
NO_CAMERA = _("The file names no camera: ask who took it.")
TO_COME = _("This day is still to come.")
TOO_EARLY = _("Before 1839 nobody took photographs. Check the year.")
NO_OTHER = _("Choose the file that takes its place, or untick this.")
UNREADABLE = _("What the file says of whose it is cannot be read: ask who took it.")
NEW_FILE = _("The new file says “%(new)s”.")
SO_FAR = _("So far: %(former)s.")
AGAIN = _("%(name)s: choose this file again; a refused form does not keep it.")
WHEN_EMPTY = {
    "source": _("Empty: your own, if your camera took it."),
    "licence": _("Empty: the newsroom's own, if your camera took it."),
    "credit": _("Empty: your name, if your camera took it."),
}


def why_asked(picture: Picture) -> str:
    """Why a file that has just come is not taken for its sender's own without a word."""
    if owner := picture.other_owner:
        return OF_ANOTHER % {"owner": owner}
    if maker := picture.other_maker:
        return BY_ANOTHER % {"maker": maker}
    if picture.file_words.get("unreadable"):
        return str(UNREADABLE)
    return str(PASSED_ON if is_passed_on(picture.file_name) else NO_CAMERA)


def cut_caption(picture: Picture) -> str:
    """That the caption of a file that has just come was too long; "" if it was not."""
    words = picture.file_words
    if not words.get("cut") or words["caption"] != picture.caption:
        return ""
    said = gettext("Its caption was longer than %(count)d letters: the end was left out.")
    return said % {"count": LONGEST_CAPTION}


class SharedField(forms.ModelMultipleChoiceField):
    """Bureaus, kept as their ids."""

    def clean(self, value):
        return sorted(super().clean(value).values_list("pk", flat=True))


def shared_field() -> SharedField:
    return SharedField(
        label=_("Bureaus that may use it"),
        queryset=at_work(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class PictureForm(KeepsWords, forms.ModelForm):
    """A picture for the library; a file that is none is a field error, the words are kept.

    A file that is sent for a picture of before takes the former one's place.

    A new picture's source and licence begin with nothing said: of a file that a camera has made
    and that names nobody but the sender, the server fills in that it is theirs; of any other, and
    of one that was passed on, somebody has to say it. A passed-on file for a picture of before is
    asked about likewise, and what the former file has counts as no answer: only a form that began
    with nothing said (``asked``) has one.
    """

    #: whoever sends a new picture, and their by-line
    sent_by: User | None = None
    sender = ""

    file = forms.FileField(
        label=_("File"),
        widget=PictureFileInput,
        help_text=_("JPEG, PNG or WebP, up to 60 MB. Where it was taken is removed."),
        error_messages={"required": _("Choose a picture.")},
        allow_empty_file=True,
    )
    drops_former = forms.BooleanField(
        label=_("Delete the former file at once"),
        required=False,
        help_text=_(
            "For a photo that nobody may see any longer, such as a child's face. Otherwise its"
            " addresses work for 30 days, for pages that readers have open."
        ),
    )
    shared_with = shared_field()

    class Meta:
        model = Picture
        fields = [
            "file",
            "focal_x",
            "focal_y",
            "alt_text",
            "caption",
            "credit",
            "ai",
            "creator",
            "copyright",
            "place",
            "taken_on",
            "keywords",
            "bureau",
            "source",
            "licence",
            "owner",
            "usable_until",
            "is_for_all",
            "shared_with",
        ]
        widgets = {
            "alt_text": forms.Textarea({"class": "input", "rows": 2}),
            "caption": forms.Textarea({"class": "input", "rows": 2}),
            "taken_on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            "usable_until": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.former_file = self.instance.file_name
        if not self.instance.pk:
            self.instance.uploaded_by = self.sent_by
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].required = False
            self.fields["file"].label = _("Replace the file")
        for name in {"focal_x", "focal_y"} & self.fields.keys():
            self.fields[name].required = False
        for name in self._origin():
            self.fields[name].error_messages["required"] = ASK[name]
            if self._begins_with_nothing(name):
                self._let_be_empty(name)
        if not self.instance.pk:
            for name in {*WHEN_EMPTY} & self.fields.keys():
                self.fields[name].help_text = WHEN_EMPTY[name]
                self.initial[name] = ""
        if "shared_with" in self.fields:
            self.fields["shared_with"].queryset = at_work().exclude(pk=self._only_bureau())
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def _only_bureau(self) -> int | None:
        """The bureau that the picture has, or can only have: it may use its own."""
        if self.instance.pk or "bureau" not in self.fields:
            return self.instance.bureau_id
        bureaus = list(self.fields["bureau"].queryset[:2])
        return bureaus[0].pk if len(bureaus) == 1 else None

    @property
    def is_asked(self) -> bool:
        """Whether the form that was sent began with nothing said of source and licence."""
        return bool(self.asked)

    @property
    def asked(self) -> str:
        """What the form that was sent has asked about."""
        asked = self.data.get("asked")
        return asked if asked in (ORIGIN, WHOSE) else ""

    def _origin(self) -> list[str]:
        return [name for name in OURS if name in self.fields]

    def _begins_with_nothing(self, name: str) -> bool:
        return not self.instance.pk or self.is_asked or not getattr(self.instance, name)

    def _let_be_empty(self, name: str) -> None:
        # Else a browser would choose the first of them without a word. What the checks only advise
        # holds up no other change of the picture.
        if self.fields[name].choices[0] != NOT_SAID:
            self.fields[name].choices = [NOT_SAID, *self.fields[name].choices]
        self.fields[name].required = False

    def clean(self):
        upload = self.cleaned_data.get("file")
        is_asked_whose = bool(self.instance.pk) and self.asked == WHOSE
        if is_asked_whose and not upload and "credit" in self.cleaned_data:
            self.cleaned_data["credit"] = self.cleaned_data["credit"] or self.instance.credit
        cleaned = super().clean()
        self._check(cleaned, upload)
        if upload and is_asked_whose:
            for name in ASKED:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, ASK[name])
        elif upload and is_passed_on(upload.name or ""):
            self._ask(PASSED_ON)
        elif upload and not self.instance.pk:
            self._take_for_own(cleaned)
        elif self.instance.pk and not upload:
            for name in self._origin():
                # Asked about a file that was then not sent.
                cleaned[name] = cleaned.get(name) or getattr(self.instance, name)
        return cleaned

    def _check(self, cleaned: dict, upload) -> None:
        for name in {"focal_x", "focal_y"} & self.fields.keys():
            if cleaned.get(name) is None:
                cleaned[name] = getattr(self.instance, name)
        if cleaned.get("drops_former") and not upload and "file" not in self.errors:
            self.add_error("drops_former", NO_OTHER)
        if cleaned.get("bureau") and cleaned.get("shared_with"):
            others = [each for each in cleaned["shared_with"] if each != cleaned["bureau"].pk]
            cleaned["shared_with"] = others
        self._check_date(cleaned)

    def _check_date(self, cleaned: dict) -> None:
        day, bureau = cleaned.get("taken_on"), cleaned.get("bureau")
        if not day or "taken_on" not in self.changed_data:
            return
        if day > timezone.localdate(timezone=bureau.zone if bureau else None):
            self.add_error("taken_on", TO_COME)
        elif day < FIRST_PHOTOGRAPH:
            self.add_error("taken_on", TOO_EARLY)

    def _take_for_own(self, cleaned: dict) -> None:
        """Fill in what is not said of a file until it has been read."""
        if all(cleaned.get(name) in ("", ours) for name, ours in OURS.items()):
            cleaned.update(OURS)
        else:
            self._ask()

    def _ask(self, why: str | Promise = "") -> None:
        """Refuse what does not say whose it is; the form that is shown again begins with nothing
        said there."""
        began = [name for name in self._origin() if self._begins_with_nothing(name)]
        said = {name: self.cleaned_data.get(name) for name in began}
        lacking = [name for name in self._origin() if not said.get(name)]
        if not lacking:
            return
        self.data = self.data.copy()
        self.data["asked"] = ORIGIN
        for name in lacking:
            self.data[self.add_prefix(name)] = ""
            self._let_be_empty(name)
            self[name].help_text = ""
            self.add_error(name, " ".join(filter(None, [str(why), str(ASK[name])])))
            why = ""

    def _post_clean(self):
        super()._post_clean()
        upload = self.cleaned_data.get("file")
        is_refused = self.errors.keys() - {"file"}
        if is_refused or (self.instance.pk and self._refuses_contradiction()):
            if named := upload.name if upload else self.data.get(CHOSEN):
                self._ask_again_for(named)
            return
        try:
            if upload and self.instance.pk:
                self._replace(upload)
            elif upload:
                self._receive(upload)
            elif self.instance.pk:
                self.instance.redraw()
        except PictureError as error:
            self.add_error("file", said_of(upload.name if upload else str(self.instance), error))

    def _replace(self, upload) -> None:
        """Take a file in the former one's place. Raises PictureError."""
        picture = self.instance
        if self.cleaned_data.get("drops_former"):
            picture.keeps_files_for = 0
        untouched = [name for name in OF_FILE if name not in self.changed_data]
        is_said = self.asked == WHOSE or {*ASKED} <= {*self.changed_data}
        former = {name: getattr(picture, name) for name in untouched if is_said}
        if "taken_on" not in self.changed_data:
            former["taken_on"] = picture.taken_on
        for name in former:
            setattr(picture, name, None if name == "taken_on" else "")
        picture.receive(upload, ours=picture.our_names)
        another = named_anew(picture, self.initial)
        is_unknown = bool(another or picture.file_words.get("unreadable"))
        if is_unknown and not is_said:
            picture.discard()
            self._ask_whose(another)
            self._ask_again_for(upload.name)
            return
        for name, value in former.items():
            # Of another's photo nothing stays but what the file says.
            if not getattr(picture, name) and (not another or name == "taken_on"):
                setattr(picture, name, value)
        if self._refuses_contradiction():
            picture.discard()
            self._ask_again_for(upload.name)
            return
        picture.redraw()

    def _ask_whose(self, another: str) -> None:
        """Refuse what stood of whose it is, once: beside it what the new file says."""
        fields, new = self.instance._meta.get_field, self.instance.file_words
        self.data = self.data.copy()
        self.data["asked"] = WHOSE
        for name in ASKED:
            former = self.initial.get(name) or ""
            if name == "credit":
                says = new.get("credit") or new.get("copyright") or another
            else:
                former = dict(fields(name).flatchoices).get(former, former)
                says = another if name == "source" else ""
                self._let_be_empty(name)
            self.data[self.add_prefix(name)] = ""
            why = UNREADABLE if name == ASKED[0] and not says else ""
            said = [NEW_FILE % {"new": says} if says else why, ASK[name]]
            said += [SO_FAR % {"former": former}] if former else []
            self.add_error(name, " ".join(map(str, filter(None, said))))

    def _receive(self, upload) -> None:
        """Take the file of a new picture. Raises PictureError."""
        picture = self.instance
        said = {name: self.data.get(self.add_prefix(name)) for name in OURS}
        given = {name: getattr(picture, name) for name in OURS}
        is_ours = given == OURS and not is_passed_on(upload.name or "")
        credit = {"credit": self.sender} if is_ours else None
        picture.receive(upload, otherwise=credit, ours=picture.our_names)
        if not picture.is_own_by_file:
            picture.disown()
        # What the file says of another's counts until somebody says otherwise.
        for name in OURS:
            self.cleaned_data[name] = given[name] if said[name] else getattr(picture, name)
            setattr(picture, name, self.cleaned_data[name])
        if not all(self.cleaned_data[name] for name in OURS):
            picture.discard()
            self._ask(why_asked(picture))
            self._ask_again_for(upload.name)
        elif self._refuses_contradiction():
            picture.discard()
            self._ask_again_for(upload.name)
        elif is_ours and not (picture.credit or picture.other_owner):
            picture.credit = self.sender  # said to be theirs, of a file that names nobody
            picture.redraw()

    def _refuses_contradiction(self) -> bool:
        """Refuse what cannot be together; a picture of before that has it keeps it till somebody
        touches it."""
        picture, was = self.instance, self.initial if self.instance.pk else {}
        touched = {name for name in JUDGED if was.get(name) != getattr(picture, name)}
        wrong = contradiction_in(picture, touched)
        if wrong is None:
            return False
        # Shown as it was judged, be it that the file has named the owner.
        self.data = self.data.copy()
        for name in {"owner", wrong.field}:
            self.data[self.add_prefix(name)] = getattr(picture, name)
        self.add_error(wrong.field, wrong.said)
        return True

    def _ask_again_for(self, named: str) -> None:
        name = {"name": shown_name(named)}
        self.errors.pop("file", None)  # that none was sent
        self.add_error("file", forms.ValidationError(AGAIN, "again", name))
