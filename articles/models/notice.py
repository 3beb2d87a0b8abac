"""Public, dated statements bound to a story, and what makes a record provable."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

    from bureaus.models import Bureau


class Recorded(models.Model):
    """A link of a story's chain: editions and notices in the order in which they were made."""

    record_number = models.PositiveIntegerField(_("number in the record"))
    content_sha256 = models.CharField(
        max_length=64, help_text=_("SHA-256 of the canonical content, in hexadecimal.")
    )
    previous_sha256 = models.CharField(
        max_length=64,
        help_text=_("record_sha256 of the story's record before it; empty for the first."),
    )
    record_sha256 = models.CharField(
        max_length=64, help_text=_("SHA-256 of previous_sha256 and content_sha256.")
    )

    class Meta:
        abstract = True


class NoticeQuerySet(models.QuerySet):
    def public(self):
        """What readers may see by now; annotates ``since`` when they could."""
        since = Greatest("edition__live__startswith", "made_at")
        return self.annotate(since=since).filter(
            Q(edition=None) | Q(edition__live__startswith__lte=Now())
        )

    def next_public(self) -> "datetime | None":
        """When the next of them comes to be seen."""
        starts = Min("edition__live__startswith")
        return self.filter(edition__live__startswith__gt=Now()).aggregate(at=starts)["at"]

    def confessed_on(self, bureau: "Bureau | None"):
        """What a site lists of its own mistakes and of replies to it; the network's with None.

        A bureau's own stories count and those that it ever took over. Annotates ``is_named``:
        whether the story's headline may be, and its address, which has the same words. Where they
        may not, an older correction of the story would say them again and is left out.

        Not an index but the notices themselves are sorted: there is one in a hundred stories.
        """
        hiding = Notice.objects.filter(article=OuterRef("article"), kind=Notice.Kind.RETRACTION)
        hiding = hiding.filter(
            Q(ground=Notice.Ground.DECENCY_CHILDREN) | Q(edition__protected=True)
        )
        shown = (
            self.public()
            .exclude(kind=Notice.Kind.UPDATE)
            .annotate(is_named=~Exists(hiding))
            .filter(Q(is_named=True) | Q(kind=Notice.Kind.RETRACTION))
        )
        if bureau is None:
            return shown
        own = apps.get_model("articles", "Edition").objects.filter(bureau=bureau)
        placed = apps.get_model("articles", "Placement").objects.filter(
            bureau=bureau, shown__startswith__lte=Now()
        )
        return shown.filter(
            Exists(own.filter(article=OuterRef("article")))
            | Exists(placed.filter(article=OuterRef("article")))
        )


class Notice(Recorded):
    """Koreksi, ralat, hak jawab, pencabutan or pembaruan; never changed once made."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        ERRATUM = "erratum", _("Erratum")
        RIGHT_OF_REPLY = "right_of_reply", _("Right of reply")
        RETRACTION = "retraction", _("Retraction")
        UPDATE = "update", _("Update")

    class Ground(models.TextChoices):
        """The only grounds of a retraction (Pedoman Pemberitaan Media Siber, 5)."""

        FACTUAL = "factual", _("The facts of the story were wrong")
        DECENCY_CHILDREN = "decency_children", _("Decency, or the protection of a child or victim")
        FABRICATION = "fabrication", _("The story or its sources were made up")
        PLAGIARISM = "plagiarism", _("Plagiarism")
        LEGAL = "legal", _("Decision of the Press Council or a court")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="notices"
    )
    edition = models.ForeignKey(
        "articles.Edition",
        on_delete=models.PROTECT,
        related_name="notices",
        null=True,
        help_text=_("The edition that it came with; readers see it from that edition's start."),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["record_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(kind="retraction"), name="notice_one_retraction"
            ),
            models.CheckConstraint(
                condition=Q(kind="retraction", ground__gt="")
                | (~Q(kind="retraction") & Q(ground="")),
                name="notice_ground_of_retraction",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="notice_says_something"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"
