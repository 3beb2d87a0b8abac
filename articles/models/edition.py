"""What readers see: editions, and the addresses and lists that lead to them."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Greatest, JSONObject, Now
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models.content import Content
from articles.models.notice import Notice, Recorded
from articles.models.placed import PlacedQuerySet, picture_indexes
from bureaus.hosts import canonical, page_url
from bureaus.models import Author, Bureau, UsedHost


class EditionQuerySet(PlacedQuerySet):
    def live(self):
        """What the public may see at this moment. Nothing else decides that."""
        return self.filter(live__contains=Now())

    def pending(self):
        """Scheduled, and still to come."""
        return self.filter(live__startswith__gt=Now())

    def current(self):
        """What readers see, or will: live, or scheduled."""
        return self.filter(Q(live__upper_inf=True) | Q(live__endswith__gt=Now()))

    def begun(self):
        """What readers see or have seen; what was cancelled never began."""
        return self.filter(live__startswith__lte=Now())

    def uncancelled(self):
        return self.exclude(live__isempty=True)

    def retracted(self):
        """The last edition that readers saw of each story that was taken back."""
        return self.filter(notices__kind=Notice.Kind.RETRACTION)

    def once_at(self, home: str, date, slug: str):
        """Editions of the story that is or ever was at this address, newest first.

        ``home`` is a subdomain that the home bureau has or once had.
        """
        has = Bureau.objects.filter(slug=home).values("pk")
        had = UsedHost.objects.filter(host=home).values("bureau")
        bureau = Coalesce(Subquery(has), Subquery(had))
        address = Address.objects.filter(bureau=bureau, date=date, slug=slug)
        # One value, not a join: found by the address's index whatever the planner expects.
        return self.filter(article=Subquery(address.values("article")[:1])).order_by("-number")

    def with_record(self):
        """Everything that a story's page prints, in the same statement.

        Annotates ``history``, the editions up to this one, and ``shown_notices``, the notices that
        readers may see by now: lists of plain values, newest first, ``since`` in ISO 8601. And
        ``authors``, in no order: id, slug, kind and bureau's id of everybody credited.
        """
        history = (
            Edition.objects.begun()
            .filter(article=OuterRef("article"), number__lte=OuterRef("number"))
            .order_by("-number")
            .values(
                line=JSONObject(
                    number="number",
                    kind="kind",
                    note="note",
                    since="live__startswith",
                    protected="protected",
                    backdated_to="backdated_to",
                    sha256="record_sha256",
                )
            )
        )
        notices = (
            Notice.objects.filter(article=OuterRef("article"))
            .filter(Q(edition=None) | Q(edition__live__startswith__lte=Now()))
            .order_by("-record_number")
            .values(
                line=JSONObject(
                    kind="kind",
                    ground="ground",
                    text="text",
                    edition="edition__number",
                    since=Greatest("edition__live__startswith", "made_at"),
                )
            )
        )
        credited = Edition.objects.filter(pk=OuterRef(OuterRef("pk"))).values(
            author=Cast(
                KeyTextTransform("id", Func("bylines", function="jsonb_array_elements")),
                models.BigIntegerField(),
            )
        )
        authors = Author.objects.filter(pk__in=credited).values(
            line=JSONObject(id="pk", slug="slug", kind="kind", bureau="bureau_id")
        )
        return self.select_related(
            "bureau__network", "section", "picture", "address__bureau"
        ).annotate(
            history=ArraySubquery(history),
            shown_notices=ArraySubquery(notices),
            authors=ArraySubquery(authors.order_by()),
        )


class Edition(Content, Recorded):
    """The numbered, unchangeable copy of a story that readers see, made by publishing.

    A database trigger (migration 0002) lets no column change but ``live`` and, together with a
    start that is still to come, ``first_published`` and ``address``.
    """

    class Kind(models.TextChoices):
        FIRST = "first", _("First publication")
        UPDATE = "update", _("Update")
        CORRECTION = "correction", _("Correction")
        BACKDATE = "backdate", _("New date")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="editions"
    )
    address = models.ForeignKey(
        "articles.Address", on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    version = models.PositiveIntegerField(_("revision"))
    live = DateTimeRangeField(
        _("live"), help_text=_("Half-open; empty when it was cancelled before it began.")
    )
    first_published = models.DateTimeField(
        _("published"), help_text=_("As printed: the first start of the story, or its own date.")
    )
    backdated_to = models.DateTimeField(_("printed date"), null=True)
    note = models.CharField(
        _("what is new"), max_length=200, blank=True, help_text=_("One sentence for readers.")
    )
    bylines = models.JSONField(
        _("printed credits"), help_text=_("In order: author id, name, slug, role.")
    )
    tags = models.JSONField(_("printed topics"), help_text=_("In order: tag id, name, slug."))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="edition_number_once"),
            # At any moment a story has one live edition; cancelled ones (empty) overlap nothing.
            ExclusionConstraint(
                name="edition_one_live",
                expressions=[
                    ("article", RangeOperators.EQUAL),
                    ("live", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=~Q(headline="") & ~Q(body="") & Q(section__isnull=False),
                name="edition_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(live__isempty=True)
                | Q(live__startswith__isnull=False, live__lower_inc=True, live__upper_inc=False),
                name="edition_live_from_a_time",
            ),
        ]
        indexes = picture_indexes("edition", "article")

    @property
    def writers(self) -> list[dict]:
        return [byline for byline in self.bylines if byline["role"] == "writer"]

    def credited(self, authors: Mapping[int, Author]) -> list[dict]:
        """The bylines as readers are told them; ``authors`` has everybody credited by id.

        Nobody of the newsroom is named as the writer of what somebody has paid for.
        """
        agencies = {number for number, who in authors.items() if who.kind == Author.Kind.AGENCY}
        return [
            byline
            for byline in self.bylines
            if not self.paid or byline["role"] != "writer" or byline["id"] in agencies
        ]

    @property
    def shown_caption(self) -> str:
        return self.picture_caption or (self.picture.caption if self.picture else "")


class Listing(models.Model):
    """One line of one list of readers: a narrow copy, written when an edition is made.

    Lists are named "network", "bureau:3", "section:2", "bureau:3/section:2", "tag:9", "author:4".
    The cost of a list's page is the same at ten thousand and at a million stories.
    """

    list = models.CharField(max_length=60)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="listings")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="listings"
    )
    placement = models.ForeignKey(
        "articles.Placement", on_delete=models.CASCADE, related_name="listings", null=True
    )
    first_published = models.DateTimeField()
    live = DateTimeRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "edition"], name="listing_once"),
        ]
        indexes = [
            models.Index("list", F("first_published").desc(), F("id").desc(), name="listing_order"),
            # When does anything on this list begin or end next? Asked by every page.
            models.Index(
                "list",
                Func(F("live"), function="lower", output_field=models.DateTimeField()),
                name="listing_begins",
            ),
            models.Index(
                "list",
                Func(F("live"), function="upper", output_field=models.DateTimeField()),
                condition=Q(live__upper_inf=False),
                name="listing_ends",
            ),
            # What was changed last of a month's own stories, and which they are: for the sitemaps
            # of a bureau, by the index alone.
            models.Index(
                "list",
                Func(
                    F("first_published"),
                    template="date_trunc('month', %(expressions)s AT TIME ZONE 'UTC')",
                    output_field=models.DateTimeField(),
                ),
                Func(F("live"), function="lower", output_field=models.DateTimeField()).desc(),
                include=["first_published", "live", "id"],
                condition=Q(list__startswith="bureau:", placement=None) & ~Q(list__contains="/"),
                name="listing_changed",
            ),
        ]

    def __str__(self):
        return f"{self.list} {self.article_id}"

    @property
    def url(self) -> str:
        """Where a reader of this list finds the story: a bureau that also runs it has it, too.

        In the language and the version of the site that are active.
        """
        urls: dict[tuple[str | None, str], str] = self.__dict__.setdefault("_urls", {})
        active = (get_language(), get_script_prefix())
        if active not in urls:
            urls[active] = self._url()
        return urls[active]

    def _url(self) -> str:
        if self.placement and self.placement.bureau.is_open:
            return self.edition.address.url_at(self.placement.bureau)
        return self.edition.address.get_absolute_url()

    @property
    def headline(self) -> str:
        """As this list prints it: a bureau that also runs the story may have its own."""
        return (self.placement and self.placement.headline) or self.edition.headline


class Address(models.Model):
    """Where a story is, or once was: home bureau, local date and slug.

    The bureau stands for its host, so that a network may move to another domain.
    """

    bureau = models.ForeignKey("bureaus.Bureau", on_delete=models.PROTECT, related_name="addresses")
    date = models.DateField(help_text=_("In the bureau's time zone."))
    slug = models.CharField(max_length=130)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="addresses"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["bureau", "date", "slug"], name="address_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_current=True), name="address_one_current"
            ),
        ]

    def __str__(self):
        return self.get_absolute_url()

    def get_absolute_url(self) -> str:
        """The one canonical address: on the home bureau's host, or the network's if it closed."""
        home = self.bureau
        return page_url(home, "article", **self._parts) if home.is_open else self.url_at(None)

    @property
    def canonical_url(self) -> str:
        """The same in Indonesian and with pictures, whatever page prints it."""
        with canonical():
            return self.get_absolute_url()

    @property
    def changes_url(self) -> str:
        """What was changed since publication; told at home, wherever else the story is read."""
        home = self.bureau
        if home.is_open:
            return page_url(home, "changes", **self._parts)
        return page_url(None, "placed_changes", home=home.slug, **self._parts)

    def url_at(self, bureau) -> str:
        """The story on another site: of a bureau that also runs it, or the network's with None."""
        return page_url(bureau, "placed_article", home=self.bureau.slug, **self._parts)

    @property
    def path(self) -> str:
        """Its path on the home bureau's host, in the language that is active."""
        return reverse("article", urlconf="newsroom.urls.bureau", kwargs=self._parts)

    @property
    def _parts(self) -> dict:
        day = self.date
        return {"year": day.year, "month": day.month, "day": day.day, "slug": self.slug}
