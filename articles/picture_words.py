"""The words without which no picture goes out, asked for beside a story, and whose it then is."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from articles.picture_readers import refused_empty
from articles.rights_table import NAMED_BY, Contradiction, contradiction_in
from bureaus.models import User
from newsroom.renditions.bounded import PictureError

#: Whose a picture is: never taken for said because a form began with it.
OURS = {"source": Picture.Source.OWN, "licence": Picture.Licence.OWN}
ASK = {
    "source": _("Choose the source."),
    "licence": _("Choose the licence."),
    "credit": _("Say who is credited."),
}
MEANWHILE = _("Somebody else has saved meanwhile: “%(words)s”. Press again to replace it.")


def _same(text: str, other: str) -> bool:
    """Whatever a browser makes of the ends of lines."""
    return text.split() == other.split()


class KeepsWords:
    """Mix in before a form of a picture that readers may see: its alternative text and its credit
    are written anew there, never emptied. ``user``: for whom the stories are named."""

    user: User | None = None

    def clean(self):
        cleaned = super().clean()
        stored = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        emptied = [
            name
            for name in ("alt_text", "credit")
            if stored and name in cleaned and getattr(stored, name) and not cleaned[name].strip()
        ]
        if emptied and (why := refused_empty(stored, self.user)):
            for name in emptied:
                self.add_error(name, why)
        return cleaned


class WordsForm(KeepsWords, forms.ModelForm):
    """The words without which a picture does not go out, asked for right after it was sent.

    It may wait for long, and says of each field what stood there when it was made (``was_…``): what
    somebody else has written since stays where nothing was typed, and is shown where something was.

    Source and licence are asked for where the picture has none, and where it is no own photograph
    any more by the credit that was typed.
    """

    class Meta:
        model = Picture
        fields = ["alt_text", "caption", "credit", "source", "licence", "owner", "ai"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = [
            name
            for name in OURS
            if not getattr(self.instance, name) or self.data.get(f"was_{name}")
        ]
        for name in OURS:
            self.fields[name].error_messages["required"] = ASK[name]
            if name not in asked:
                del self.fields[name]
        # Whose it is by its file stays where nobody is asked, or was shown it.
        if not asked or "owner" not in self.data:
            del self.fields["owner"]

    def clean(self):
        cleaned = super().clean()
        for name in self.Meta.fields:
            was, stored = self.data.get(f"was_{name}"), getattr(self.instance, name)
            if name not in cleaned or was is None or _same(was, stored):
                continue
            if _same(cleaned[name], was):
                cleaned[name] = stored
            elif not _same(cleaned[name], stored):
                choices = dict(self.Meta.model._meta.get_field(name).flatchoices)
                said = choices.get(stored, stored) if stored else gettext("empty")
                self.add_error(name, MEANWHILE % {"words": said})
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        now = self.cleaned_data
        touched = {name for name in self.fields if self.initial.get(name) != now.get(name)}
        if wrong := contradiction_in(self.instance, touched):
            self._refuse(wrong)
            return
        try:
            self.instance.redraw()
        except PictureError as error:
            self.add_error(None, str(error))

    def _refuse(self, wrong: Contradiction) -> None:
        is_name = wrong.field in NAMED_BY
        otherwise = "credit" if is_name else "licence"
        self.add_error(wrong.field if wrong.field in self.fields else otherwise, wrong.said)
        if is_name:
            for name in OURS.keys() & self.fields.keys():
                self.add_error(name, ASK[name])
