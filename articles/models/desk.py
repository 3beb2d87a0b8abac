"""The desk's own records: the audit log, mail sent, stories placed elsewhere, blocked scripts."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models.content import HEADLINE_LENGTH
from newsroom.unseen import LineField, WordsField


class Event(models.Model):
    """One line of the audit log (Jejak): who did which verb when, and why. Never changed."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(_("verb"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    stage_before = models.CharField(_("stage before"), max_length=10)
    stage_after = models.CharField(_("stage after"), max_length=10)
    version = models.PositiveIntegerField(_("revision"))
    reason = WordsField(_("reason"), blank=True)
    edition = models.ForeignKey(
        "articles.Edition",
        on_delete=models.PROTECT,
        related_name="events",
        null=True,
        verbose_name=_("edition"),
    )
    details = models.JSONField(
        _("details"), default=dict, help_text=_("What the verb was told: time, ground, bureau.")
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-id"]
        indexes = [
            models.Index("article", F("id").desc(), name="event_of_article"),
            # Who is at the desk: what somebody did last.
            models.Index("by", F("at").desc(), name="event_by_person"),
            # How long the stories waited that were decided about today.
            models.Index(
                F("at").desc(),
                name="event_decision",
                condition=Q(verb__in=["approve", "send_back"], stage_before="in_review"),
            ),
        ]

    def __str__(self):
        return f"{self.verb} {self.article_id}"

    @classmethod
    def beside(cls, article: Any, verb: str, *, by: Any, at: datetime, **details: Any) -> "Event":
        """Log what leaves the stage of a story as it is."""
        return cls.objects.create(
            article=article,
            verb=verb,
            by=by,
            at=at,
            stage_before=article.stage,
            stage_after=article.stage,
            version=article.version,
            details=details,
        )


class Delivery(models.Model):
    """A mail that an event caused, so that a task that runs twice sends it once."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deliveries"
    )
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="delivery_once"),
        ]

    def __str__(self):
        return f"{self.event_id} → {self.recipient_id}"


class PlacementQuerySet(models.QuerySet):
    def lasting(self):
        """Those that show the story, or will, each with its bureau."""
        to_come = Q(shown__upper_inf=True) | Q(shown__endswith__gt=Now())
        return self.filter(to_come).select_related("bureau")


class Placement(models.Model):
    """A bureau, other than the home bureau, that also runs the story (Tayang juga di)."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="placements"
    )
    bureau = models.ForeignKey(
        "bureaus.Bureau",
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name=_("bureau"),
    )
    headline = LineField(_("local headline"), max_length=HEADLINE_LENGTH, blank=True)
    note = WordsField(
        _("local note"),
        max_length=600,
        blank=True,
        help_text=_("What the story means for readers of this bureau."),
    )
    shown = DateTimeRangeField(_("shown"))
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "bureau"],
                condition=Q(shown__upper_inf=True),
                name="placement_once",
            ),
        ]

    def __str__(self):
        return f"{self.article_id} → {self.bureau}"


class Pin(models.Model):
    """A story that an editor holds at the top of a front until a time (Sematan).

    A pin shows nothing by itself: a story that is not, or no longer, on the front's list is left
    out.
    """

    bureau = models.ForeignKey(
        "bureaus.Bureau",
        on_delete=models.CASCADE,
        related_name="pins",
        null=True,
        verbose_name=_("bureau"),
        help_text=_("Whose front; empty for the network's."),
    )
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="pins")
    position = models.PositiveSmallIntegerField(_("position"))
    until = models.DateTimeField(_("until"))
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    pinned_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("pinned story")
        verbose_name_plural = _("pinned stories")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "article"], nulls_distinct=False, name="pin_once"
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.article_id}"


class PolicyReport(models.Model):
    """Something that a browser at the desk has kept from running: a line for each kind of it.

    What a browser says is bounded by articles/policy_reports.py, and is nobody's word of honour.
    """

    directive = models.CharField(_("rule"), max_length=40)
    blocked = models.CharField(_("what was blocked"), max_length=200)
    source = models.CharField(_("from"), max_length=200, blank=True)
    page = models.CharField(_("page"), max_length=200, blank=True)
    times = models.PositiveIntegerField(_("times"), default=1)
    first_seen = models.DateTimeField(_("first seen"), db_default=Now())
    last_seen = models.DateTimeField(_("last seen"), db_default=Now())

    class Meta:
        verbose_name = _("blocked script or file")
        verbose_name_plural = _("blocked scripts and files")
        ordering = ["-last_seen"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "blocked", "source", "page"], name="policy_report_once"
            ),
        ]

    def __str__(self):
        return f"{self.directive} {self.blocked}"
