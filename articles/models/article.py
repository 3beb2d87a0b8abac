"""The working copy of a story, its saved states and the people it credits."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.content import Content, CreditRole
from articles.models.edition import Edition
from articles.models.notice import Notice
from articles.models.taxonomy import TaggedArticle
from bureaus.models import Role


class Stage(models.TextChoices):
    """How far the desk is with the working copy. Written by articles/workflow.py alone."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")


class PublicState(models.TextChoices):
    """What readers see of a story; derived from its editions and notices, never stored."""

    NONE = "none", _("Not published")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Published")
    RETRACTED = "retracted", _("Retracted")


class ArticleQuerySet(models.QuerySet):
    def for_user(self, user):
        """The stories that this member of staff may see: all of the bureaus they edit, and
        elsewhere those that they wrote, filed or are credited for while they still work there.
        """
        if user.is_network_editor:
            return self.filter(discarded_at=None)
        credited = Byline.objects.filter(article=OuterRef("pk"), author__user=user)
        own = Q(created_by=user) | Q(filed_by=user) | Q(Exists(credited))
        return self.filter(
            user.works_at(Role.BUREAU_EDITOR) | (user.works_at(Role.REPORTER) & own),
            discarded_at=None,
        )

    def with_public_state(self):
        """Annotate ``public`` with a PublicState value."""
        editions = Edition.objects.filter(article=OuterRef("pk"))
        return self.annotate(
            public=models.Case(
                models.When(
                    Exists(
                        Notice.objects.filter(article=OuterRef("pk"), kind=Notice.Kind.RETRACTION)
                    ),
                    then=models.Value(PublicState.RETRACTED),
                ),
                models.When(
                    Exists(editions.filter(live__contains=Now())),
                    then=models.Value(PublicState.LIVE),
                ),
                models.When(
                    Exists(editions.filter(live__startswith__gt=Now())),
                    then=models.Value(PublicState.SCHEDULED),
                ),
                default=models.Value(PublicState.NONE),
                output_field=models.CharField(),
            )
        )


class Article(Content):  # type: ignore[django-manager-missing] # taggit's own
    """A story as the desk works on it (Naskah). Readers never see it, only its editions."""

    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    stage_since = models.DateTimeField(_("in this stage since"), db_default=Now(), editable=False)
    version = models.PositiveIntegerField(
        _("version"), default=0, editable=False, help_text=_("The number of the latest revision.")
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        blank=True,
        allow_unicode=True,
        help_text=_("Made from the headline when empty. Fixed once the story has been published."),
    )
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Nobody can publish before this time."),
    )
    tags = TaggableManager(through=TaggedArticle, blank=True, verbose_name=_("topics"))
    authors = models.ManyToManyField(
        "bureaus.Author", through="Byline", related_name="articles", verbose_name=_("credits")
    )

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="created_articles",
        editable=False,
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now(), editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="filed_articles",
        null=True,
        editable=False,
        verbose_name=_("filed by"),
        help_text=_("Who typed it in, when that is none of its writers."),
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claimed_articles",
        null=True,
        editable=False,
        verbose_name=_("reviewed by"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="approved_articles",
        null=True,
        editable=False,
        verbose_name=_("approved by"),
    )
    approved_version = models.PositiveIntegerField(null=True, editable=False)
    retraction_request = models.ForeignKey(
        "articles.Event",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("retraction asked for"),
    )
    spiked_at = models.DateTimeField(_("spiked at"), null=True, editable=False)
    discarded_at = models.DateTimeField(null=True, editable=False)

    # The head of the story's chain of hashes (articles/record.py): without it, taking away the
    # newest record would go unnoticed.
    record_length = models.PositiveIntegerField(default=0, editable=False)
    record_sha256 = models.CharField(max_length=64, default="", editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="article_stage_known"),
            # Approval is of one revision, by one person; no other stage may keep one.
            models.CheckConstraint(
                condition=(
                    Q(stage=Stage.APPROVED, approved_by__isnull=False, approved_version__gt=0)
                    | (~Q(stage=Stage.APPROVED) & Q(approved_by=None, approved_version=None))
                ),
                name="article_approval_whole",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.IN_REVIEW, claimed_by__isnull=False)
                | (~Q(stage=Stage.IN_REVIEW) & Q(claimed_by=None)),
                name="article_in_review_is_claimed",
            ),
        ]
        indexes = [
            # The story list of one bureau, newest change first, and its tabs by stage.
            models.Index(
                "bureau", F("changed_at").desc(), F("id").desc(), name="article_of_bureau"
            ),
            models.Index("bureau", "stage", "stage_since", name="article_queue"),
            models.Index(F("changed_at").desc(), F("id").desc(), name="article_changed"),
        ]

    @property
    def is_approved(self) -> bool:
        """Whether exactly the text as it stands was approved."""
        return self.stage == Stage.APPROVED and self.approved_version == self.version

    def public_state(self) -> str:
        """A PublicState value, asked of the database at this moment."""
        return Article.objects.with_public_state().values_list("public", flat=True).get(pk=self.pk)

    def is_own_story_of(self, user) -> bool:
        """Whether the user created, filed or is credited for it."""
        return user.pk in (self.created_by_id, self.filed_by_id) or any(
            byline.author.user_id == user.pk for byline in self.bylines.all()
        )

    def is_written_by(self, user) -> bool:
        """Whether the user is credited as a writer: such a person may not approve it."""
        return self.bylines.filter(role=CreditRole.WRITER, author__user=user).exists()

    def filer(self):
        """Whoever typed the story in, when that is none of its writers; else None."""
        writers = self.bylines.filter(role=CreditRole.WRITER)
        if not writers.exists() or writers.filter(author__user=self.created_by).exists():
            return None
        return self.created_by


class Byline(models.Model):
    """One credit of a story, in printed order."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        "bureaus.Author",
        on_delete=models.PROTECT,
        related_name="bylines",
        verbose_name=_("name"),
    )
    role = models.CharField(
        _("role"), max_length=15, choices=CreditRole.choices, default=CreditRole.WRITER
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="byline_once",
                violation_error_message=_("This name already has that credit."),
            ),
        ]

    def __str__(self):
        return f"{self.author} ({self.get_role_display()})"


class Revision(models.Model):
    """One saved state of a story, its bylines and tags included."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(
        _("content"), help_text=_("Every content field, “bylines” and “tags”.")
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="revisions",
        verbose_name=_("saved by"),
    )
    saved_at = models.DateTimeField(_("saved at"), db_default=Now())

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
        ]

    def __str__(self):
        return f"{self.article_id}.{self.number}"
