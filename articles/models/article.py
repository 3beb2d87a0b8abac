"""The working copy of a story, its saved states and the people it credits."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.content import Content, CreditRole
from articles.models.edition import Edition
from articles.models.notice import Notice
from articles.models.placed import PlacedQuerySet, picture_indexes
from articles.models.taxonomy import TaggedArticle
from articles.models.words import Words, every_word
from bureaus.models import Role

# Facts that few stories have, by which the desk's list is narrowed down.
MARKS = {
    "breaking": Q(breaking=True),
    "unverified": Q(unverified=True),
    "protected": Q(protected=True),
    "paid": Q(paid=True),
    "embargo": Q(embargo_until__isnull=False),
}


class Stage(models.TextChoices):
    """How far the desk is with the working copy. Written by articles/workflow/ alone."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")


# Where an editor has the next word.
AT_DESK = (Stage.SUBMITTED, Stage.IN_REVIEW)
# What the desk still has to do something about, for indexes.
STILL_OPEN = Q(discarded_at=None, spiked_at=None, retracted_at=None, is_out=False)


class PublicState(models.TextChoices):
    """What readers see of a story; derived from its editions and notices, never stored."""

    NONE = "none", _("Not published")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Published")
    RETRACTED = "retracted", _("Retracted")


class ArticleQuerySet(PlacedQuerySet):
    def for_user(self, user, *, one_by_one: bool = False):
        """The stories that this member of staff may see: all of the bureaus they edit, and
        elsewhere those that they wrote, filed or are credited for while they still work there.

        The answer is the same ``one_by_one``: whether a story is the user's own is then asked of
        each that the rest of the query finds, instead of collecting all of the user's own first.
        That is quicker where the rest finds few, or finds them in an order and needs but some.
        """
        stories = self.filter(discarded_at=None)
        if user.is_network_editor:
            return stories
        visible = user.works_at(Role.BUREAU_EDITOR)
        if user.holds(Role.REPORTER):
            credited = Byline.objects.filter(author__user=user).order_by().values("article")
            own = (
                Q(created_by=user) | Q(filed_by=user) | Q(pk__in=credited)
                if one_by_one
                else Q(pk__in=Article.objects.own(user))
            )
            visible |= user.works_at(Role.REPORTER) & own
        return stories.filter(visible)

    def own(self, user):
        """The ids of the stories that the user created, filed or is credited for.

        Three short looks into indexes, however many stories there are.
        """
        by_id = Article.objects.order_by().values("pk")
        credited = Byline.objects.filter(author__user=user).values("article")
        return by_id.filter(created_by=user).union(
            by_id.filter(filed_by=user), credited.order_by(), all=True
        )

    def own_of(self, user):
        """Those of ``own`` that the user may still see, asked story by story.

        For what an index has narrowed down: it reads nothing of the user's other stories.
        """
        credited = Byline.objects.filter(article=OuterRef("pk"), author__user=user)
        return self.filter(
            Q(created_by=user) | Q(filed_by=user) | Exists(credited),
            user.works_at(Role.REPORTER, Role.BUREAU_EDITOR, Role.NETWORK_EDITOR),
            discarded_at=None,
        )

    def search(self, text: str):
        """Stories with every word of the text, or one that begins so, in headline or body."""
        query = every_word(text)
        return self.alias(words=Words()).filter(words=query) if query else self

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
    submitted_at = models.DateTimeField(
        _("waiting since"),
        null=True,
        editable=False,
        help_text=_("While an editor has yet to decide, claimed or not."),
    )
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
        db_index=False,  # article_created has it
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
    sent_back = models.BooleanField(_("sent back"), default=False, editable=False)
    breaking = models.BooleanField(
        _("breaking news"),
        default=False,
        help_text=_("Stands first in the queue, and the network is told when nobody takes it."),
    )

    # How the story stands with readers, for the desk's lists: written by articles/publication.py
    # together with its editions, which remain what counts.
    public_from = models.DateTimeField(null=True, editable=False)
    next_edition_at = models.DateTimeField(null=True, editable=False)
    edition_version = models.PositiveIntegerField(null=True, editable=False)
    retracted_at = models.DateTimeField(null=True, editable=False)
    # A column, so that the database knows how few stories it is false of. For queries: a story in
    # hand may have been saved since.
    is_out = models.GeneratedField(
        expression=models.Case(
            models.When(edition_version=F("version"), then=models.Value(True)),
            default=models.Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
        help_text=_("Whether the last edition has the text as it stands."),
    )

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
            # The approval clock of a story runs exactly as long as the desk has to decide.
            models.CheckConstraint(
                condition=Q(stage__in=AT_DESK, submitted_at__isnull=False)
                | (~Q(stage__in=AT_DESK) & Q(submitted_at=None)),
                name="article_clock_runs_at_desk",
            ),
        ]
        indexes = [
            # The story list of one bureau, newest change first, and its tabs by stage.
            models.Index(
                "bureau", F("changed_at").desc(), F("id").desc(), name="article_of_bureau"
            ),
            # What waits for an editor: of one bureau in the order of its queue, of all by waiting.
            models.Index(
                "bureau",
                F("breaking").desc(),
                "submitted_at",
                "id",
                name="article_queue",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                "submitted_at",
                "id",
                name="article_waiting",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(
                "submitted_at",
                "id",
                name="article_breaking",
                condition=Q(stage="submitted", breaking=True),
            ),
            # Published today, and lately.
            models.Index(
                "bureau",
                F("public_from").desc(),
                F("id").desc(),
                name="article_published",
                condition=Q(public_from__isnull=False, retracted_at=None),
            ),
            models.Index(F("changed_at").desc(), F("id").desc(), name="article_changed"),
            models.Index(
                "section", F("changed_at").desc(), F("id").desc(), name="article_of_section"
            ),
            # What the desk still has to do is little, however large the archive.
            models.Index(
                "stage",
                F("changed_at").desc(),
                F("id").desc(),
                name="article_open",
                condition=STILL_OPEN,
            ),
            # The same for one writer, and what readers have of hers.
            models.Index(
                "created_by",
                "stage",
                name="article_own_open",
                condition=STILL_OPEN,
            ),
            models.Index(
                "created_by",
                F("public_from").desc(),
                F("id").desc(),
                name="article_own_published",
                condition=Q(public_from__isnull=False, retracted_at=None),
            ),
            # All of hers, without reading their rows.
            models.Index("created_by", "id", name="article_created"),
            models.Index("next_edition_at", "id", name="article_next_edition"),
            # With the bureau in them: else all that it has ever had is joined to these few.
            models.Index(
                "bureau",
                "stage",
                name="article_open_of_bureau",
                condition=STILL_OPEN,
            ),
            models.Index(
                "bureau",
                "next_edition_at",
                name="article_next_of_bureau",
                condition=Q(next_edition_at__isnull=False),
            ),
            models.Index(
                F("changed_at").desc(),
                F("id").desc(),
                name="article_retracted",
                condition=Q(retracted_at__isnull=False),
            ),
            models.Index(
                F("changed_at").desc(),
                F("id").desc(),
                name="article_spiked",
                condition=Q(spiked_at__isnull=False),
            ),
            # Each mark has its own: one story in hundreds is found without passing the others.
            *(
                models.Index(
                    F("changed_at").desc(),
                    F("id").desc(),
                    name=f"article_is_{mark}",
                    condition=condition,
                )
                for mark, condition in MARKS.items()
            ),
            models.Index(
                "id", name="article_retraction", condition=Q(retraction_request__isnull=False)
            ),
            *picture_indexes("article", "id"),
        ]

    @property
    def is_approved(self) -> bool:
        """Whether exactly the text as it stands was approved."""
        return self.stage == Stage.APPROVED and self.approved_version == self.version

    def public_state(self) -> str:
        """A PublicState value, asked of the database at this moment."""
        return Article.objects.with_public_state().values_list("public", flat=True).get(pk=self.pk)

    @property
    def is_under_embargo(self) -> bool:
        """Whether it has one that has yet to pass."""
        return self.embargo_until is not None and self.embargo_until > timezone.now()

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
        writers = self.bylines.filter(role=CreditRole.WRITER).values_list("author__user", flat=True)
        logins = set(writers)
        return self.created_by if logins and self.created_by_id not in logins else None


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
        indexes = [
            # The stories that credit a person, the newest first.
            models.Index("author", F("article").desc(), name="byline_of_author"),
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
    key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text=_("Of the form that was sent: sent twice, it is saved once."),
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
        ]

    def __str__(self):
        return f"{self.article_id}.{self.number}"
