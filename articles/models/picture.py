"""A picture with the words that must go with it."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.dates import printed_date
from articles.models.digests import digest_of
from articles.models.file_names import middle_cut
from articles.models.words import BARE, Words, every_word
from bureaus.models import Bureau, Role
from bureaus.rendered import RenderedPicture
from newsroom.indonesian import within_quotes
from newsroom.renditions.origin import another_named, is_own
from newsroom.unseen import LineField

PICTURE_ROLES = (Role.REPORTER, Role.BUREAU_EDITOR, Role.PHOTO_EDITOR)
NAME_IN_SENTENCE = 60  # letters
LONGEST_OWNER = 100  # letters
LONGEST_CAPTION = 1000  # letters: agencies send up to 500, a story's own has 300
NAME_IN_LIST = 200  # letters
LONGEST_FILE_NAME = 120  # letters
SHOWN_OF_FILE = 28  # letters of its name: twice as many would break a list
SHARP = 720  # pixels: a phone that is 360 wide, at two to a point
ENDING_SOON = 7  # days before its end at which a right is told of

# What few pictures are: an index each, for the library's filters.
FEW = {
    "right_ends": Q(usable_until__isnull=False),
    "ai": ~Q(ai=""),
    "no_alt_text": Q(alt_text=""),
    "no_credit": Q(credit=""),
    "no_licence": Q(licence=""),
}


class PictureQuerySet(models.QuerySet):
    def for_user(self, user):
        """What this member of staff may see and use: their bureaus' and what is shared."""
        if user.is_network_editor or user.holds(Role.PHOTO_EDITOR):
            return self
        own = user.works_at(*PICTURE_ROLES)
        places = sorted(at for role, at in user.roles if role in PICTURE_ROLES and at)
        if not places and not any(role in PICTURE_ROLES for role, _at in user.roles):
            return self.none()
        return self.filter(own | Q(is_for_all=True) | Q(shared_with__overlap=places))

    def search(self, text: str):
        """Pictures with every word of the text, or one that begins so, in any of their words,
        with or without accents."""
        query = every_word(text.translate(BARE))
        return self.alias(words=Words()).filter(words=query) if query else self

    def credited(self, text: str):
        """Pictures with every word of the text in the credit."""
        query = every_word(text)
        if query is None:
            return self
        return self.alias(said=SearchVector("credit", config="simple")).filter(said=query)


class Picture(RenderedPicture):
    """An uploaded photograph or drawing, with whose it is and who may use it."""

    class Source(models.TextChoices):
        OWN = "own", _("Own photograph")
        HANDOUT = "handout", _("Handout")
        AGENCY = "agency", _("News agency")
        CITIZEN = "citizen", _("Citizen")
        ARCHIVE = "archive", _("Archive")

    class Licence(models.TextChoices):
        OWN = "own", _("The newsroom's own")
        PERMITTED = "permitted", _("With the owner's permission")
        ONCE = "once", _("For one use")
        CONTRACT = "contract", _("By contract with an agency")
        CC_BY = "cc-by", _("Creative Commons, credit")
        CC_BY_SA = "cc-by-sa", _("Creative Commons, credit, share alike")
        FREE = "free", _("In the public domain")

    class AI(models.TextChoices):
        """PPMS asks that readers are told; IPTC's digital source types are what files say."""

        NONE = "", _("No")
        MADE = "made", _("Made with AI")
        ALTERED = "altered", _("Altered with AI")

    bureau = models.ForeignKey(
        Bureau,
        on_delete=models.PROTECT,
        related_name="pictures",
        verbose_name=_("bureau"),
    )
    caption = LineField(_("caption"), max_length=LONGEST_CAPTION, blank=True)
    credit = LineField(_("credit"), max_length=100, blank=True)
    alt_text = LineField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    creator = LineField(_("photographer"), max_length=100, blank=True)
    copyright = LineField(_("copyright"), max_length=200, blank=True)
    place = LineField(_("place"), max_length=120, blank=True)
    keywords = LineField(
        _("keywords"), max_length=300, blank=True, help_text=_("Part them with commas.")
    )
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=10, choices=Source.choices, default=Source.OWN
    )
    owner = LineField(
        _("owner of the rights"),
        max_length=LONGEST_OWNER,
        blank=True,
        help_text=_("Empty only for what is the newsroom's own."),
    )
    licence = models.CharField(
        _("licence"), max_length=10, choices=Licence.choices, default=Licence.OWN
    )
    usable_until = models.DateField(
        _("may be used until"),
        null=True,
        blank=True,
        help_text=_("The last day. After it no story with the picture is published."),
    )
    is_for_all = models.BooleanField(
        _("every bureau may use it"), default=False, help_text=_("Otherwise only those chosen.")
    )
    #: ids of the bureaus, beside the picture's own, that may use it; an index finds them
    shared_with = ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name=_("shared with")
    )
    ai = models.CharField(
        _("made or altered with AI"),
        max_length=7,
        choices=AI.choices,
        default=AI.NONE,
        blank=True,
        help_text=_("Readers are told beside the credit."),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="pictures",
        null=True,
        editable=False,
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    upload_key = models.UUIDField(
        null=True, editable=False, unique=True, help_text="By which a file sent twice is known."
    )

    file_name = models.CharField(
        max_length=LONGEST_FILE_NAME,
        editable=False,
        default="",
        help_text="Of the upload, for the desk alone: it may tell of a story.",
    )

    digest = models.BinaryField(
        max_length=32,
        null=True,
        editable=False,
        help_text="SHA-256 of the original; of pictures from before it was kept there is none.",
    )

    #: whether the file that has just come is by its own account of whoever has sent it
    is_own_by_file = True
    #: what that file says of itself
    file_words: Mapping[str, str] = MappingProxyType({})

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-id"]
        indexes = [
            # The library is read newest first, of one bureau or of all.
            models.Index(fields=["-uploaded_at", "-id"], name="picture_newest"),
            models.Index(fields=["bureau", "-uploaded_at", "-id"], name="picture_of_bureau"),
            models.Index(
                fields=["-uploaded_at", "-id"], name="picture_for_all", condition=Q(is_for_all=True)
            ),
            # Found without passing the others.
            *(
                models.Index(fields=["-uploaded_at", "-id"], name=f"picture_{name}", condition=few)
                for name, few in FEW.items()
            ),
            # What the worker has not finished; see bureaus/tasks.py.
            models.Index(fields=["id"], name="picture_unfinished", condition=Q(is_finished=False)),
            # The rights that ended last; see articles.picture_readers.to_mend().
            models.Index(
                fields=["usable_until"], name="picture_right_end", condition=FEW["right_ends"]
            ),
            # A file that is sent again; see articles/twins.py.
            models.Index(
                fields=["digest"], name="picture_digest", condition=Q(digest__isnull=False)
            ),
            GinIndex(fields=["shared_with"], name="picture_shared_with"),
            GinIndex(SearchVector("credit", config="simple"), name="picture_credit"),
        ]

    def __str__(self):
        return self.desk_name if self.caption else f"{self.desk_name} ({self.desk_detail})"

    def delete(self, *args, **kwargs):
        """Raises ProtectedError for one that stands in a text, as the database does for one that
        is a lead picture."""
        for stories in (self.articles.model.objects, self.editions.model.objects):
            if placed := set(stories.placing(self.pk)):
                raise ProtectedError("It stands in the text of a story.", placed)
        return super().delete(*args, **kwargs)

    # Words

    @property
    def desk_name(self) -> str:
        """What it is called in a list of the desk: its caption, or that it has none."""
        return Truncator(self.caption).chars(NAME_IN_LIST) or gettext("No caption")

    @property
    def desk_detail(self) -> str:
        """By what one without a caption is told from others; empty with a caption."""
        if self.caption:
            return ""
        day = printed_date(self.taken_on or timezone.localdate(self.uploaded_at))
        return middle_cut(self.file_name, SHOWN_OF_FILE) or day

    @property
    def named(self) -> str:
        """What it is called within a sentence: the caption in quotes, without its full stop."""
        if not self.caption:
            return gettext("a picture without a caption (%(name)s)") % {"name": self.desk_detail}
        caption = Truncator(self.caption).chars(NAME_IN_SENTENCE)
        return f"“{within_quotes(caption).removesuffix('.')}”"

    @property
    def public_name(self) -> str:
        """What it is called where readers see it."""
        return self.caption or self.alt_text or self._dated

    @property
    def _dated(self) -> str:
        day = self.taken_on or timezone.localdate(self.uploaded_at)
        return gettext("Picture of %(day)s") % {"day": printed_date(day)}

    def take(self, upload, received):
        """Keep its name, too, without folders, and by what it is known when it is sent again."""
        name = str(getattr(upload, "name", None) or "")
        name = name.replace("\\", "/").rpartition("/")[2].replace("\0", "")
        self.file_name = middle_cut(name, LONGEST_FILE_NAME)
        self.digest = digest_of(upload)
        super().take(upload, received)

    @property
    def public_words(self) -> dict[str, str]:
        return {
            "creator": self.creator,
            "credit": self.credit,
            "copyright": self.copyright,
            "ai": self.ai,
        }

    def words_received(self, words: Mapping[str, str]) -> None:
        """Fill what is still empty; what somebody has typed stays."""
        self.file_words = words
        for name in ("caption", "credit", "creator", "copyright", "place", "keywords", "ai"):
            if words.get(name) and not getattr(self, name):
                setattr(self, name, words[name])
        self.owner = self.owner or words.get("copyright", "")[:LONGEST_OWNER]
        ours = self.our_names
        self.is_own_by_file = is_own(words, ours)
        # What is somebody else's by its file is not the newsroom's own without a word.
        if self._state.adding and another_named(words, ours):
            self.disown()
        if words.get("taken") and not self.taken_on:
            taken = date.fromisoformat(words["taken"])
            # The clock of a camera may be wrong.
            if taken <= timezone.localdate(timezone=self.bureau.zone):
                self.taken_on = taken

    def disown(self) -> None:
        """Take back that it is the newsroom's own: somebody has to say whose it is."""
        self.licence = "" if self.licence == self.Licence.OWN else self.licence
        self.source = "" if self.source == self.Source.OWN else self.source

    @property
    def our_names(self) -> list[str]:
        """What the newsroom and whoever has sent the picture are called."""
        network, by = self.bureau.network, self.uploaded_by
        names = [network.name, network.printed_domain, network.publisher, self.bureau.publisher]
        if by:
            names += [by.get_full_name(), str(getattr(by, "author", ""))]
        return [name for name in names if name]

    @property
    def other_owner(self) -> str:
        """The owner, if that is none of ours."""
        return another_named({"copyright": self.owner}, self.our_names)

    @property
    def other_maker(self) -> str:
        """Who is named as its photographer or credited, if that is none of ours."""
        return another_named({"creator": self.creator, "credit": self.credit}, self.our_names)

    @property
    def ai_label(self) -> str:
        """What readers are told; empty for a photograph."""
        return str(self.AI(self.ai).label) if self.ai else ""

    @property
    def credit_line(self) -> str:
        """Its credit, and that it is a photo: what a machine has made is none."""
        if not self.credit:
            return ""
        if self.ai == self.AI.MADE:
            return gettext("Picture: %(label)s") % {"label": self.credit}
        return gettext("Photo: %(name)s") % {"name": self.credit}

    # Rights

    @property
    def was_in_an_edition(self) -> bool:
        """Whether readers have seen it, or are about to: as a lead picture or in a text."""
        if self.editions.exists():
            return True
        return bool(list(self.editions.model.objects.placing(self.pk).values_list("pk", flat=True)))

    @property
    def is_nobodys(self) -> bool:
        """Whether nobody has said of it whose it is, and no reader has seen it so."""
        return not (self.source or self.licence or self.was_in_an_edition)

    def is_usable_by(self, bureau: Bureau) -> bool:
        """Whether a story of that bureau may show it, rights that have ended apart."""
        return self.is_for_all or bureau.pk == self.bureau_id or bureau.pk in self.shared_with

    def days_left(self, now: datetime | None = None) -> int | None:
        """Days for which it may still be used, by the clock of its bureau: 0 on the last, less
        after it, None for ever."""
        if self.usable_until is None:
            return None
        today = (now or timezone.now()).astimezone(self.bureau.zone).date()
        return (self.usable_until - today).days

    def is_over_at(self, moment: datetime) -> bool:
        """Whether the right to use it has ended by then."""
        left = self.days_left(moment)
        return left is not None and left < 0

    @property
    def is_over(self) -> bool:
        """Whether the right to use it has ended."""
        return self.is_over_at(timezone.now())

    @property
    def is_small(self) -> bool:
        """Whether it has fewer pixels than a phone shows across its screen."""
        return self.width < SHARP

    @property
    def is_ending(self) -> bool:
        left = self.days_left()
        return left is not None and 0 <= left <= ENDING_SOON
