"""A form of a person or a bureau that takes a portrait or a logo with it."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from bureaus.likenesses import Mark, Portrait
from bureaus.rendered import RenderedPicture
from newsroom.renditions.bounded import PictureError

ACCEPTED = "image/jpeg,image/png,image/webp"
LONGEST_NAME = 60
# What a picture is cut to: ratio, its name, and pixels across of the sample at the desk.
FOCUS = ("focal_x", "focal_y")
CENTRE = 50  # percent
SHOWN = 192  # pixels across, of a picture beside its field
CROPS = (("1.7778", "16:9", 128), ("1.3333", "4:3", 96), ("1", "1:1", 72))


def shown_name(name: str) -> str:
    """The name of a file as a message says it: without folders, and not longer than a line."""
    return Truncator(name.replace("\\", "/").rpartition("/")[2] or "?").chars(LONGEST_NAME)


def said_of(name: str, error: PictureError) -> ValidationError:
    """The error with the name of the file that it is about."""
    return ValidationError(
        "%(name)s: %(problem)s",
        code=error.problem,
        params={"name": shown_name(name), "problem": error},
    )


class PictureFileInput(forms.FileInput):
    """The desk's own button for a file. ``look`` is what there is to be seen of the picture beside
    it, before it is saved, too: see templates/admin/widgets/_focal.html; None for nothing."""

    template_name = "admin/widgets/picture_file.html"

    def __init__(self, attrs=None):
        super().__init__({"accept": ACCEPTED, **(attrs or {})})
        self.look = None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["look"] = self.look
        return context

    @property
    def media(self):
        names = ("file-choice", "focal") if self.look else ("file-choice",)
        sheets = ["css/desk/components/focal.css"] if self.look else []
        scripts = [Script(f"js/{name}.js", type="module") for name in names]
        return forms.Media(css={"all": sheets}, js=scripts)


class LikenessForm(forms.ModelForm):
    """Mix in before the form. ``likeness`` is what it takes, ``relation`` whose it is, ``crops``
    what it is cut to, ``shape`` that of its files."""

    likeness: type[RenderedPicture]
    relation: str
    crops: Sequence[tuple[str, str, int]] = ()
    shape = "free"

    likeness_file = forms.FileField(
        label=_("Picture"),
        required=False,
        allow_empty_file=True,
        widget=PictureFileInput,
        help_text=_("JPEG, PNG or WebP. A new one takes the former one’s place."),
    )
    likeness_removed = forms.BooleanField(label=_("Remove the present picture"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown_likeness = self._present()
        if self.shown_likeness is None and "likeness_removed" in self.fields:
            self.fields["likeness_removed"].widget = forms.HiddenInput()
        if "likeness_file" in self.fields:
            self.fields["likeness_file"].widget.look = self._look()

    def _look(self) -> dict:
        """The stage is for a file that is chosen; of what is there, what readers get is shown."""
        look: dict = {"crops": self.crops, "present": bool(self.shown_likeness)}
        if self.crops:
            look |= {"x": "id_focal_x", "y": "id_focal_y"}
        if shown := self.shown_likeness:
            width, height = shown.shown_size(self.shape, SHOWN)
            look |= {"src": shown.url(SHOWN, self.shape), "width": width, "height": height}
        return look

    def _present(self) -> RenderedPicture | None:
        try:
            return getattr(self.instance, self.likeness._meta.model_name)
        except ObjectDoesNotExist:
            return None

    def _post_clean(self):
        super()._post_clean()
        upload = self.cleaned_data.get("likeness_file")
        self._received = None
        if not upload or self.errors:
            return
        likeness = self._present() or self.likeness()
        for name in FOCUS:
            setattr(likeness, name, self.cleaned_data.get(name, CENTRE))
        try:
            likeness.receive(upload)
        except PictureError as error:
            self.add_error("likeness_file", said_of(upload.name, error))
        else:
            self._received = likeness

    def _save_m2m(self):
        super()._save_m2m()
        if self._received:
            setattr(self._received, self.relation, self.instance)
            self._received.save()
        elif self.cleaned_data.get("likeness_removed") and (present := self._present()):
            present.withdraw()


def _focus() -> forms.IntegerField:
    """Set by static/js/focal.js, for the file that is chosen beside it."""
    return forms.IntegerField(
        min_value=0, max_value=100, initial=CENTRE, required=False, widget=forms.HiddenInput
    )


class WithPortrait(LikenessForm):
    likeness, relation = Portrait, "author"
    crops, shape = CROPS[-1:], "1x1"

    focal_x = _focus()
    focal_y = _focus()

    def clean_focal_x(self):
        return _or_centre(self.cleaned_data["focal_x"])

    def clean_focal_y(self):
        return _or_centre(self.cleaned_data["focal_y"])


def _or_centre(value: int | None) -> int:
    return CENTRE if value is None else value


class WithMark(LikenessForm):
    likeness, relation = Mark, "bureau"
