"""The form of a picture: its file, its words, whose it is and who may use it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from bureaus.desk import at_work
from bureaus.likeness_form import PictureFileInput, said_of
from newsroom.renditions.bounded import PictureError

NOT_SAID = ("", _("Choose"))


class SharedField(forms.ModelMultipleChoiceField):
    """Bureaus, kept as their ids."""

    def clean(self, value):
        return sorted(super().clean(value).values_list("pk", flat=True))


class PictureForm(forms.ModelForm):
    """A picture for the library; a file that is none is a field error, the words are kept.

    A file that is sent for a picture of before takes the former one's place.
    """

    file = forms.FileField(
        label=_("File"),
        widget=PictureFileInput,
        help_text=_("JPEG, PNG or WebP, up to 60 MB. Where it was taken is removed."),
        error_messages={"required": _("Choose a picture.")},
        allow_empty_file=True,
    )
    shared_with = SharedField(
        label=_("Bureaus that may use it"),
        queryset=at_work(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

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
            "source",
            "bureau",
            "owner",
            "licence",
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
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].required = False
            self.fields["file"].label = _("Replace the file")
        for name in {"focal_x", "focal_y"} & self.fields.keys():
            self.fields[name].required = False
        for name in {"licence", "source"} & self.fields.keys():
            if not getattr(self.instance, name):
                # Else a browser would choose the first of them without a word. What the checks only
                # advise holds up no other change of the picture.
                self.fields[name].choices = [NOT_SAID, *self.fields[name].choices]
                self.fields[name].required = False
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def clean(self):
        cleaned = super().clean()
        for name in {"focal_x", "focal_y"} & self.fields.keys():
            if cleaned.get(name) is None:
                cleaned[name] = getattr(self.instance, name)
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.errors.keys() - {"file"}:
            return
        upload = self.cleaned_data.get("file")
        try:
            if upload:
                self.instance.receive(upload)
            elif self.instance.pk:
                self.instance.redraw()
        except PictureError as error:
            self.add_error("file", said_of(upload.name if upload else str(self.instance), error))


class WordsForm(forms.ModelForm):
    """The words without which a picture does not go out, asked for right after it was sent."""

    class Meta:
        model = Picture
        fields = ["alt_text", "caption", "credit", "licence"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.licence:
            del self.fields["licence"]

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.redraw()
        except PictureError as error:
            self.add_error(None, str(error))
