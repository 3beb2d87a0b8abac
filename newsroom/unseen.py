"""Characters that nobody sees and nobody typed, but that come along with what is pasted."""

from django import forms
from django.db import models

# Explicit formatting characters and implicit marks of the Unicode Bidirectional Algorithm (UAX #9,
# 2): they turn the direction of figures, too. Arabic letters have theirs by themselves.
_DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# No search finds a word with one of these in it. The joiners U+200C and U+200D stay: emoji and some
# scripts are written with them.
_WITHIN_WORDS = "\u00ad\u200b\u2060\ufeff"
_UNSEEN = dict.fromkeys(map(ord, _DIRECTIONS + _WITHIN_WORDS))


def without_unseen(text: str) -> str:
    """The text without what turns its direction or splits its words unseen.

    static/js/editor/cleaning.js has the same for what is pasted.
    """
    return text.translate(_UNSEEN)


class SeenField(forms.CharField):
    """Text without what is unseen; what has nothing else is empty."""

    def to_python(self, value):
        return super().to_python(without_unseen(value) if isinstance(value, str) else value)


class _Seen(models.Field):
    """A column of text that people write: without what is unseen, whoever saves it."""

    plain: str  # the class that migrations see

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = without_unseen(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": SeenField, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        # What is kept of a text is no business of the database: migrations see a plain column.
        return name, f"django.db.models.{self.plain}", args, kwargs


class LineField(_Seen, models.CharField):
    plain = "CharField"


class WordsField(_Seen, models.TextField):
    plain = "TextField"
