"""How stories are ordered: one section each, and free topics."""

import re

from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from bureaus.shown import Shown
from newsroom.unseen import LineField, WordsField

TAG_LENGTH = 60


# Marks that part words: "Ambon–Saparua", "ayam/ikan", and the comma of "3,4 meter".
_PARTING = re.compile(r"[–—/]|(?<=\d),(?=\d)")


def words_of_address(text: str) -> str:
    """The words of a URL, in Latin letters or, where there are none, in those of the text.

    "Sungai turun 3,4 meter" → sungai-turun-3-4-meter, "14.300 pelanggan" → 14300-pelanggan.
    """
    parted = _PARTING.sub("-", text)
    return slugify(parted) or slugify(parted, allow_unicode=True)


class Section(Shown):
    """A desk of the newspaper: law, politics, sport … A story stands in one."""

    name = LineField(_("name"), max_length=40, unique=True)
    name_en = LineField(_("name in English"), max_length=40, blank=True)
    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name"]

    def __str__(self):
        if get_language() == "en" and self.name_en:
            return self.name_en
        return self.name


class Tag(Shown, TagBase):  # type: ignore[django-manager-missing]
    """A topic. Its slug keeps the letters of scripts that have no Latin spelling."""

    name = LineField(_("name"), max_length=TAG_LENGTH, unique=True)
    introduction = WordsField(
        _("introduction"),
        max_length=1000,
        blank=True,
        help_text=_("Stands above the stories on the topic's page."),
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def slugify(self, tag, i=None):
        # "Gempa Mamuju" → gempa-mamuju, "Jum'at" → jumat, "مدرسة" → مدرسة
        slug = words_of_address(tag) or "topik"
        return f"{slug}-{i}" if i is not None else slug


class TaggedArticle(ItemBase):
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_articles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="article_tagged_once"),
        ]

    def __str__(self):
        return str(self.tag)
