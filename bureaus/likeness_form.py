"""A form of a person or a bureau that takes a portrait or a logo with it."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.urls import reverse
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
        """What readers get of what is there, and the stage: of the whole of it where that can be
        had, else for a file that is chosen."""
        look: dict = {"crops": self.crops, "present": bool(self.shown_likeness)}
        if self.crops:
            look |= {"x": "id_focal_x", "y": "id_focal_y"}
        if shown := self.shown_likeness:
            width, height = shown.shown_size(self.shape, SHOWN)
            look |= {"src": shown.url(SHOWN, self.shape), "width": width, "height": height}
            look |= {"whole": self.whole_url(), "size": shown.size}
        return look

    def whole_url(self) -> str:
        """Where the desk sees the present picture uncut; empty where it has no focal point."""
        return ""

    def _present(self) -> RenderedPicture | None:
        try:
            return getattr(self.instance, self.likeness._meta.model_name)
        except ObjectDoesNotExist:
            return None

    def _post_clean(self):
        super()._post_clean()
        upload, present = self.cleaned_data.get("likeness_file"), self._present()
        self._drawn = None
        stays = present and not self.cleaned_data.get("likeness_removed")
        if self.errors or not (upload or stays):
            return
        likeness = present or self.likeness()
        for name in FOCUS:
            setattr(likeness, name, self.cleaned_data.get(name, CENTRE))
        try:
            if upload:
                likeness.receive(upload)
            elif not likeness.redraw():
                return
        except PictureError as error:
            name = upload.name if upload else str(self.instance)
            self.add_error("likeness_file", said_of(name, error))
        else:
            self._drawn = likeness

    def _save_m2m(self):
        super()._save_m2m()
        if self._drawn:
            setattr(self._drawn, self.relation, self.instance)
            self._drawn.save()
        elif self.cleaned_data.get("likeness_removed") and (present := self._present()):
            present.withdraw()


def _focus() -> forms.IntegerField:
    """Set by static/js/focal.js, for the picture that is there or the file that is chosen."""
    return forms.IntegerField(
        min_value=0, max_value=100, initial=CENTRE, required=False, widget=forms.HiddenInput
    )


class WithPortrait(LikenessForm):
    likeness, relation = Portrait, "author"
    crops, shape = CROPS[-1:], "1x1"

    focal_x = _focus()
    focal_y = _focus()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.shown_likeness:
            for name in FOCUS:
                self.initial[name] = getattr(self.shown_likeness, name)

    def whole_url(self):
        return reverse("admin:bureaus_author_portrait", args=[self.instance.pk])

    def clean_focal_x(self):
        return self._or_as_it_was("focal_x")

    def clean_focal_y(self):
        return self._or_as_it_was("focal_y")

    def _or_as_it_was(self, name: str) -> int:
        value = self.cleaned_data[name]
        return self.initial.get(name, CENTRE) if value is None else value


class WithMark(LikenessForm):
    likeness, relation = Mark, "bureau"
