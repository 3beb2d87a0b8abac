"""A form of a person or a bureau that takes a portrait or a logo with it."""

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from bureaus.likenesses import Mark, Portrait
from bureaus.rendered import RenderedPicture
from newsroom.renditions.bounded import PictureError

ACCEPTED = "image/jpeg,image/png,image/webp"
LONGEST_NAME = 60


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


class LikenessForm(forms.ModelForm):
    """Mix in before the form. ``likeness`` is what it takes, ``relation`` whose it is."""

    likeness: type[RenderedPicture]
    relation: str

    likeness_file = forms.FileField(
        label=_("Picture"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("JPEG, PNG or WebP. A new one takes the former one’s place."),
    )
    likeness_removed = forms.BooleanField(label=_("Remove the present picture"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown_likeness = self._present()
        if self.shown_likeness is None and "likeness_removed" in self.fields:
            self.fields["likeness_removed"].widget = forms.HiddenInput()

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


class WithPortrait(LikenessForm):
    likeness, relation = Portrait, "author"


class WithMark(LikenessForm):
    likeness, relation = Mark, "bureau"
