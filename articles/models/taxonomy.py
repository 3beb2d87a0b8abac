"""How stories are ordered: one section each, and free topics."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

TAG_LENGTH = 60


class Section(models.Model):
    """A desk of the newspaper: law, politics, sport … A story stands in one."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    name_en = models.CharField(_("name in English"), max_length=40, blank=True)
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


class Tag(TagBase):
    """A topic. Its slug keeps the letters of scripts that have no Latin spelling."""

    name = models.CharField(_("name"), max_length=TAG_LENGTH, unique=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def slugify(self, tag, i=None):
        # "Gempa Mamuju" → gempa-mamuju, "Jum'at" → jumat, "مدرسة" → مدرسة
        slug = slugify(tag) or slugify(tag, allow_unicode=True) or "topik"
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
