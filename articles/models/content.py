"""The parts of a story that the desk's working copy and the readers' editions share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.body import BodyField
from newsroom.unseen import LineField, WordsField

HEADLINE_LENGTH = 200
SUMMARY_LENGTH = 300


class Source(models.TextChoices):
    """Where a story comes from; printed when it is not own reporting."""

    OWN = "own", _("Own reporting")
    PRESS_RELEASE = "press_release", _("Press release")
    AGENCY = "agency", _("News agency")
    CITIZEN = "citizen", _("Citizen")


class CreditRole(models.TextChoices):
    WRITER = "writer", _("Writer")
    PHOTOGRAPHER = "photographer", _("Photographer")
    CONTRIBUTOR = "contributor", _("Contributor")
    EDITOR = "editor", _("Editor")
    TRANSLATOR = "translator", _("Translator")


class Content(models.Model):
    """Publishing copies these fields from an Article to an Edition, one by one."""

    bureau = models.ForeignKey(
        "bureaus.Bureau",
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("home bureau"),
    )
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        verbose_name=_("section"),
    )
    kicker = LineField(
        _("kicker"),
        max_length=60,
        blank=True,
        help_text=_("Optional. One or two words above the headline."),
    )
    headline = LineField(_("headline"), max_length=HEADLINE_LENGTH, blank=True)
    summary = WordsField(
        _("summary"),
        max_length=SUMMARY_LENGTH,
        blank=True,
        help_text=_("Shown in lists, in search and in messages."),
    )
    dateline = LineField(
        _("dateline"),
        max_length=60,
        blank=True,
        help_text=_("Where the news happened. Do not type it into the story."),
    )
    body = BodyField(_("story"), blank=True, objects=True)
    source = models.CharField(
        _("source"), max_length=15, choices=Source.choices, default=Source.OWN
    )
    source_name = LineField(
        _("name of the source"),
        max_length=120,
        blank=True,
        help_text=_("Printed when it is not own reporting."),
    )
    picture = models.ForeignKey(
        "articles.Picture",
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        db_index=False,  # those of Article and Edition find the newest first
        verbose_name=_("lead picture"),
    )
    picture_caption = LineField(
        _("caption in this story"),
        max_length=300,
        blank=True,
        help_text=_("Empty: the caption of the picture itself."),
    )
    paid = models.BooleanField(
        _("paid content"), default=False, help_text=_("Labelled as an advertorial everywhere.")
    )
    unverified = models.BooleanField(
        _("not yet verified"), default=False, help_text=_("Readers are told so above the story.")
    )
    protected = models.BooleanField(
        _("concerns a child or a victim"),
        default=False,
        help_text=_("Names and faces that could reveal who it is must not appear."),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.headline or str(_("(no headline)"))

    @classmethod
    def content_fields(cls) -> list[str]:
        """The names of the shared fields, in the order of a story."""
        return [field.name for field in Content._meta.get_fields()]
