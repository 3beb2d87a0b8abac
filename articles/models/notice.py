"""Public, dated statements bound to a story, and what makes a record provable."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
