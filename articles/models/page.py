"""Standing pages of a site: guidelines, about, contact …, edited at the desk."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.body import BodyField
from bureaus.shown import Shown

if TYPE_CHECKING:
    from bureaus.models import Bureau


class PageQuerySet(models.QuerySet):
    def shown_on(self, bureau: "Bureau | None"):
        """The pages of a bureau's site, or the network's with None: one of each kind.

        A bureau's own text comes before the network's.
        """
        return (
            self.filter(Q(bureau=None) | Q(bureau=bureau))
            .order_by("kind", F("bureau").asc(nulls_last=True))
            .distinct("kind")
        )


class Page(Shown):
    """One text; the network's, which serves every site, or that of a bureau, which replaces it."""

    class Kind(models.TextChoices):
        MASTHEAD = "masthead", _("Masthead")
        GUIDELINES = "guidelines", _("Editorial guidelines")
        ABOUT = "about", _("About us")
        CONTACT = "contact", _("Contact")
        CORRECTIONS = "corrections", _("Corrections")
        PRIVACY = "privacy", _("Privacy")

    bureau = models.ForeignKey(
        "bureaus.Bureau",
        on_delete=models.CASCADE,
        related_name="pages",
        null=True,
        blank=True,
        verbose_name=_("bureau"),
        help_text=_("Empty: the network's text, for every site that has none of its own."),
    )
    kind = models.CharField(_("page"), max_length=15, choices=Kind.choices)
    body = BodyField(_("text"))
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("changed by"),
    )

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["kind", "bureau"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "kind"],
                nulls_distinct=False,
                name="page_once",
                violation_error_message=_("This page exists already: change that one."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def slug(self) -> str:
        """Its path below a site."""
        return PAGE_SLUGS[self.kind]


PAGE_SLUGS: dict[str, str] = {
    Page.Kind.MASTHEAD: "redaksi",
    Page.Kind.GUIDELINES: "pedoman",
    Page.Kind.ABOUT: "tentang",
    Page.Kind.CONTACT: "kontak",
    Page.Kind.CORRECTIONS: "koreksi",
    Page.Kind.PRIVACY: "privasi",
}
