"""Who publishes: the network, its bureaus, the people credited and the people who work there."""

from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bureaus.likenesses import Mark, Portrait  # noqa: F401 - models of this app
from bureaus.masthead import Masthead
from bureaus.shown import Shown
from newsroom.unseen import LineField, WordsField

# Labels below the domain that belong to the program itself, never to a bureau.
RESERVED_LABELS = frozenset({"desk", "www", "media", "static", "api"})


class Accent(models.TextChoices):
    """The colours of tokens.css; one for each bureau, equal in lightness."""

    MERAH = "merah", _("Red")
    DELIMA = "delima", _("Pomegranate")
    BATA = "bata", _("Brick")
    KUNYIT = "kunyit", _("Turmeric")
    ZAITUN = "zaitun", _("Olive")
    LUMUT = "lumut", _("Moss")
    TOSCA = "tosca", _("Teal")
    LAUT = "laut", _("Sea")
    NILA = "nila", _("Indigo")
    BATU = "batu", _("Stone")


class TimeZone(models.TextChoices):
    WIB = "Asia/Jakarta", _("Western Indonesia Time (WIB)")
    WITA = "Asia/Makassar", _("Central Indonesia Time (WITA)")
    WIT = "Asia/Jayapura", _("Eastern Indonesia Time (WIT)")


class Role(models.TextChoices):
    REPORTER = "reporter", _("Reporter")
    BUREAU_EDITOR = "bureau_editor", _("Bureau editor")
    NETWORK_EDITOR = "network_editor", _("Network editor")
    PHOTO_EDITOR = "photo_editor", _("Photo editor")
    ADMINISTRATOR = "administrator", _("Administrator")


def validate_not_reserved(label: str) -> None:
    """Refuse a subdomain that the program needs for itself.

    Raises ValidationError for one of RESERVED_LABELS.
    """
    if label.lower() in RESERVED_LABELS:
        raise ValidationError(
            _("“%(label)s” is used by the program itself. Choose another subdomain."),
            code="reserved",
            params={"label": label},
        )


# RFC 1035 2.3.1: letters, digits and inner hyphens, 63 characters at most; lower case here.
validate_dns_label = RegexValidator(
    r"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z",
    _("Use lower-case letters, digits and hyphens only, as in “banda-aceh”."),
)
validate_domain = RegexValidator(
    r"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z",
    _("Write a domain without “https://”, as in “kabarcilacap.id”."),
)


class User(AbstractUser):
    """A login of the desk. What it may do comes from its memberships alone."""

    language = models.CharField(
        _("language of the desk"), max_length=2, choices=settings.LANGUAGES, default="id"
    )
    invited_at = models.DateTimeField(_("invited at"), null=True, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]
        constraints = [
            # An address signs in and opens the account of whoever lost the password.
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def roles(self) -> frozenset[tuple[str, int | None]]:
        """Pairs of role and bureau id; None stands for every bureau. Read once an instance."""
        if not self.is_active:
            return frozenset()
        return frozenset(self.memberships.values_list("role", "bureau_id"))

    def holds(self, role: str, bureau_id: int | None = None) -> bool:
        """Whether the role is held at this bureau; with no bureau, anywhere at all."""
        return any(
            held == role and (bureau_id is None or at is None or at == bureau_id)
            for held, at in self.roles
        )

    def is_editor_of(self, bureau_id: int) -> bool:
        return self.is_network_editor or self.holds(Role.BUREAU_EDITOR, bureau_id)

    @property
    def is_network_editor(self) -> bool:
        return self.holds(Role.NETWORK_EDITOR)

    @property
    def is_invited(self) -> bool:
        """Whether the first password is still to be set."""
        return self.is_active and self.invited_at is not None and not self.has_usable_password()

    @property
    def is_administrator(self) -> bool:
        return self.is_active and (self.is_superuser or self.holds(Role.ADMINISTRATOR))

    def works_at(self, *roles: str) -> Q:
        """A condition on ``bureau`` for the bureaus where one of the roles is held."""
        places = {at for held, at in self.roles if held in roles}
        if None in places:
            # Not an empty Q: "nothing OR x" would then be x alone.
            return Q(bureau__isnull=False)
        return Q(bureau__in=places)


class Network(Shown):
    """The masthead. There is one row."""

    name = LineField(_("name"), max_length=60, default="Newsroom")
    printed_domain = LineField(
        _("domain as printed"),
        max_length=100,
        default="NEWSROOM.ID",
        help_text=_("Stands in bylines, as in CILACAP.BENTARA.ID."),
    )
    tagline = LineField(_("tagline"), max_length=140, blank=True)
    publisher = LineField(_("publisher"), max_length=140, blank=True)
    address = LineField(_("address"), max_length=200, blank=True)
    person_responsible = LineField(_("person responsible"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail for readers"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    accent = models.CharField(
        _("colour"), max_length=10, choices=Accent.choices, default=Accent.MERAH
    )
    home_places_elsewhere = models.BooleanField(
        _("the home bureau may place its stories in other bureaus"),
        default=True,
        help_text=_("Otherwise only editors of the receiving bureau may take a story over."),
    )

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("network")
        constraints = [
            # Every page asks for "the" network: a second row would make that a lottery.
            models.CheckConstraint(condition=Q(pk=1), name="network_is_one_row"),
        ]

    def __str__(self):
        return self.name

    @property
    def masthead(self) -> Masthead:
        return Masthead(
            self.publisher, self.address, self.person_responsible, self.email, self.phone
        )


class BureauQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open=True)


class Bureau(Shown):
    """A regional newsroom with a subdomain and a clock of its own."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("In preparation")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    network = models.ForeignKey(
        Network,
        on_delete=models.PROTECT,
        related_name="bureaus",
        default=1,
        editable=False,
        verbose_name=_("network"),
    )
    name = LineField(_("name"), max_length=60, unique=True)
    slug = models.CharField(
        _("subdomain"),
        max_length=63,
        unique=True,
        validators=[validate_dns_label, validate_not_reserved],
    )
    custom_domain = models.CharField(
        _("domain of its own"),
        max_length=253,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_domain],
    )
    province = LineField(_("province"), max_length=60, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=20, choices=TimeZone.choices, default=TimeZone.WIB
    )
    accent = models.CharField(
        _("colour"), max_length=10, choices=Accent.choices, default=Accent.LAUT
    )
    sections = models.ManyToManyField(
        "articles.Section",
        related_name="bureaus",
        blank=True,
        verbose_name=_("sections in the menu"),
        help_text=_("None chosen: all of them."),
    )
    publisher = LineField(_("publisher"), max_length=140, blank=True)
    address = LineField(_("address"), max_length=200, blank=True)
    person_responsible = LineField(_("person responsible"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail for readers"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    amber_after = models.PositiveSmallIntegerField(
        _("amber after"),
        default=60,
        validators=[MinValueValidator(1)],
        help_text=_("Minutes that a submitted story may wait before the clock turns amber."),
    )
    red_after = models.PositiveSmallIntegerField(
        _("red after"),
        default=120,
        validators=[MinValueValidator(2)],
        help_text=_("Minutes after which it turns red."),
    )
    breaking_after = models.PositiveSmallIntegerField(
        _("limit for breaking news"),
        default=15,
        validators=[MinValueValidator(1)],
        help_text=_("Minutes after which unclaimed breaking news rises to the network's desk."),
    )
    is_open = models.BooleanField(
        _("open"),
        default=False,
        help_text=_(
            "An open bureau has a site and publishes. When it closes, its stories stay readable at "
            "the network's address."
        ),
    )
    opened_at = models.DateTimeField(_("open since"), null=True, editable=False)

    #: ids of ``sections``, on a bureau that bureaus.hosts found
    menu: frozenset[int]

    objects = BureauQuerySet.as_manager()

    class Meta:
        verbose_name = _("bureau")
        verbose_name_plural = _("bureaus")
        ordering = ["name"]
        constraints = [
            # The host decides which site answers: no form may be the only guard of these labels.
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_LABELS)), name="bureau_slug_not_reserved"
            ),
            models.CheckConstraint(
                condition=Q(time_zone__in=TimeZone.values), name="bureau_time_zone_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    amber_after__gt=0, breaking_after__gt=0, red_after__gt=F("amber_after")
                ),
                name="bureau_red_after_amber",
                violation_error_message=_("Red must come after amber."),
            ),
            # Whether a closed bureau ever had readers decides what its host answers.
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(opened_at__isnull=False),
                name="bureau_open_since_a_time",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.custom_domain = self.custom_domain or None
        if self.is_open and self.opened_at is None:
            self.opened_at = timezone.now()
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.opened_at:
                for host in self.hosts:
                    UsedHost.objects.get_or_create(bureau=self, host=host)

    def validate_unique(self, exclude=None):
        """Raises ValidationError, too, for a host at which readers found another bureau."""
        super().validate_unique(exclude)
        errors = {}
        for name in {"slug", "custom_domain"} - set(exclude or ()):
            others = UsedHost.objects.exclude(bureau=self.pk).select_related("bureau")
            used = others.filter(host=getattr(self, name) or "").first()
            if used:
                errors[name] = ValidationError(
                    _(
                        "This was an address of %(bureau)s. Links out there still lead to that"
                        " bureau: choose another one."
                    ),
                    code="used",
                    params={"bureau": used.bureau},
                )
        if errors:
            raise ValidationError(errors)

    @property
    def hosts(self) -> list[str]:
        """Where it is read: its subdomain and the domain of its own, if it has one."""
        return [host for host in (self.slug, self.custom_domain) if host]

    @property
    def state(self) -> "Bureau.State":
        if self.is_open:
            return self.State.OPEN
        return self.State.CLOSED if self.opened_at else self.State.PREPARING

    @property
    def masthead(self) -> Masthead:
        """Its own, with the network's where it has none."""
        network = self.network
        return Masthead(
            self.publisher or network.publisher,
            self.address or network.address,
            self.person_responsible or network.person_responsible,
            self.email or network.email,
            self.phone or network.phone,
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT."""
        return TimeZone(self.time_zone).name

    @property
    def printed_host(self) -> str:
        """The host as bylines print it, whatever host serves the page: CILACAP.BIGISSUE.ID."""
        return (self.custom_domain or f"{self.slug}.{self.network.printed_domain}").upper()


class UsedHost(models.Model):
    """A subdomain or a domain at which readers have found a bureau. It is that bureau's for ever.

    Written when a bureau opens or moves; the present hosts are among them. A subdomain stands
    without the network's domain, which may move as well.
    """

    host = models.CharField(_("address"), max_length=253, unique=True)
    bureau = models.ForeignKey(
        Bureau, on_delete=models.CASCADE, related_name="used_hosts", verbose_name=_("bureau")
    )

    class Meta:
        verbose_name = _("used address")
        verbose_name_plural = _("used addresses")

    def __str__(self):
        return self.host


class AuthorQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class Author(Shown):
    """A person or an agency that bylines name; has a login or not."""

    class Kind(models.TextChoices):
        CORRESPONDENT = "correspondent", _("Correspondent")
        STAFF = "staff", _("Staff")
        CONTRIBUTOR = "contributor", _("Contributor")
        AGENCY = "agency", _("Agency")

    name = LineField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    kind = models.CharField(
        _("kind"), max_length=15, choices=Kind.choices, default=Kind.CORRESPONDENT
    )
    bureau = models.ForeignKey(
        Bureau,
        on_delete=models.PROTECT,
        related_name="authors",
        null=True,
        blank=True,
        verbose_name=_("bureau"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="author",
        null=True,
        blank=True,
        verbose_name=_("login"),
    )
    position = LineField(
        _("position"), max_length=60, blank=True, help_text=_("As in “Managing editor”.")
    )
    position_en = LineField(
        _("position in English"),
        max_length=60,
        blank=True,
        help_text=_("For English pages; empty, they print the Indonesian one."),
    )
    place = LineField(_("place"), max_length=60, blank=True)
    biography = WordsField(_("biography"), max_length=1000, blank=True)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Whoever has left keeps the old bylines and gets no new ones."),
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def printed_position(self) -> str:
        """In the language of the page, as far as the newsroom has said it in English, too."""
        return (get_language() == "en" and self.position_en) or self.position


class Membership(Shown):
    """Who works for which bureau, or for all of them, in which role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("user"),
    )
    bureau = models.ForeignKey(
        Bureau,
        on_delete=models.CASCADE,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("bureau"),
        help_text=_("Empty: at every bureau."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.REPORTER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "bureau", "role"],
                nulls_distinct=False,
                name="membership_once",
                violation_error_message=_("This person already has that role there."),
            ),
            # A network editor is an editor at every bureau, so that no bureau ever locks.
            models.CheckConstraint(
                condition=~Q(role=Role.NETWORK_EDITOR) | Q(bureau=None),
                name="network_editor_everywhere",
                violation_error_message=_(
                    "A network editor works at every bureau: leave the bureau empty."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
