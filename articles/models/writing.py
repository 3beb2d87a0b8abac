"""Writing that is under way: what has been typed and not saved, and who is at a story."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# A page at the desk says every PULSE seconds that it is open; whoever was not heard of for two of
# them and a slow line has left.
PULSE = 20
PRESENT_FOR = timedelta(seconds=50)


class Autosave(models.Model):
    """What somebody has typed and not saved. No revision, and seen by that person alone.

    ``key`` is that of the form: the same story, open on two devices, keeps both texts. A new story
    has no article yet.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves"
    )
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="autosaves", null=True
    )
    key = models.UUIDField()
    version = models.PositiveIntegerField(
        default=0, help_text=_("The revision that was open when the typing began.")
    )
    fields = models.JSONField(help_text=_("Pairs of name and value, as a form sends them."))
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="autosave_key_once"),
        ]

    def __str__(self):
        return f"{self.user_id}: {self.article_id or self.key}"

    @property
    def headline(self) -> str:
        return next((value for name, value in self.fields if name == "headline"), "")


class PresenceQuerySet(models.QuerySet):
    def now(self):
        """Who is there at this moment; nobody has to leave for that."""
        return self.filter(seen_at__gt=Now() - PRESENT_FOR)


class Presence(models.Model):
    """Somebody who has a story open. It says so, and never locks anything."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="presences"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presences"
    )
    seen_at = models.DateTimeField(db_default=Now())
    typed_at = models.DateTimeField(null=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once"),
        ]

    def __str__(self):
        return f"{self.user_id} @ {self.article_id}"
