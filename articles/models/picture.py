"""A picture with the words that must go with it."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bureaus.shown import Shown
from newsroom.renditions import PictureError, clean_copy, crop_size, make_crop, make_rendition

# Widths in pixels of the public copies, smallest first; height follows the picture.
WIDTHS = (240, 480, 720, 960)
# Crops for search engines, which ask for these three ratios, 1200 pixels wide where possible.
RATIOS = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
CROP_WIDTH = 1200


def upload_path(picture: "Picture", filename: str) -> str:
    """A name that cannot be guessed and says nothing of a story that is not out yet."""
    return f"pictures/{secrets.token_hex(16)}.jpg"


class PictureQuerySet(models.QuerySet):
    def for_user(self, user):
        """What this member of staff may see and use."""
        if user.is_network_editor or user.holds("photo_editor"):
            return self
        return self.filter(user.works_at("reporter", "bureau_editor", "photo_editor"))


class Picture(Shown):
    """An uploaded photograph or drawing, kept as a clean JPEG without foreign metadata."""

    class Source(models.TextChoices):
        OWN = "own", _("Own photograph")
        HANDOUT = "handout", _("Handout")
        AGENCY = "agency", _("News agency")
        CITIZEN = "citizen", _("Citizen")
        ARCHIVE = "archive", _("Archive")

    bureau = models.ForeignKey(
        "bureaus.Bureau",
        on_delete=models.PROTECT,
        related_name="pictures",
        verbose_name=_("bureau"),
    )
    file = models.ImageField(
        _("file"), upload_to=upload_path, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    weights = models.JSONField(
        default=dict, editable=False, help_text=_("Bytes of each public copy, by its width.")
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=100, blank=True)
    alt_text = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it."),
    )
    source = models.CharField(
        _("source"), max_length=10, choices=Source.choices, default=Source.OWN
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="pictures",
        null=True,
        editable=False,
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]

    def __str__(self):
        return self.caption or self.alt_text or f"#{self.pk}"

    def save(self, *args, **kwargs):
        """Clean a new file and make its renditions.

        Raises newsroom.renditions.PictureError for a file that is no usable picture.
        """
        is_new_file = bool(self.file) and not self.file._committed  # type: ignore[attr-defined]
        if is_new_file:
            self.file.file = clean_copy(self.file.file)
        super().save(*args, **kwargs)
        if is_new_file:
            self._make_renditions()

    def _make_renditions(self):
        storage, name = self.file.storage, str(self.file.name)
        made = []
        try:
            for width in WIDTHS:
                with storage.open(name) as original:
                    rendition = make_rendition(original, width)
                made.append(storage.save(self.rendition_name(width), rendition))
                self.weights[str(width)] = rendition.size
            for ratio, sides in RATIOS.items():
                with storage.open(name) as original:
                    crop = make_crop(original, sides, CROP_WIDTH)
                made.append(storage.save(self.rendition_name(ratio), crop))
        except (OSError, PictureError):
            # A half-made set must not stay behind when the row is rolled back.
            for leftover in [*made, name]:
                storage.delete(leftover)
            raise
        type(self).objects.filter(pk=self.pk).update(weights=self.weights)

    def rendition_name(self, kind: int | str) -> str:
        """Of a width or of a ratio: the file that is made for it."""
        return f"{str(self.file.name).removesuffix('.jpg')}-{kind}.jpg"

    def url(self, width: int) -> str:
        """The address of the public copy of this width, one of WIDTHS."""
        return self.file.storage.url(self.rendition_name(width))

    def crop_url(self, ratio: str) -> str:
        """The address of the crop in this ratio, one of RATIOS."""
        return self.file.storage.url(self.rendition_name(ratio))

    def crop_size(self, ratio: str) -> tuple[int, int]:
        """Width and height in pixels of that crop."""
        return crop_size(self.width, self.height, RATIOS[ratio], CROP_WIDTH)

    @property
    def thumbnail_url(self) -> str:
        return self.url(WIDTHS[0])

    @property
    def large_url(self) -> str:
        return self.url(WIDTHS[-1])

    @property
    def srcset(self) -> str:
        return ", ".join(f"{self.url(width)} {width}w" for width in WIDTHS)
