"""What every picture of the newsroom is made of: an original that nobody else sees, and renditions.

Its public files are named after everything that determines their bytes. So a name can be cached
for ever, and a picture that is replaced, moved or credited otherwise has new names.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, ClassVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from bureaus.shown import Shown
from newsroom.renditions import bounded
from newsroom.renditions.bounded import ARRIVING, FINISHING, PictureError, Received
from newsroom.renditions.packet import WORDS
from newsroom.renditions.sizes import (
    PLANS,
    Plan,
    Rendition,
    Size,
    crop_size,
    every,
    first,
    height_at,
)
from newsroom.storage import NO_ROOM, originals

FOLDER = "pictures"
LARGE = 960  # pixels across: the one file that stands for a picture where no browser chooses
KEPT_FOR = 30  # days after which files that no page has any more go
RECIPE = 1  # goes up when the same original would give other files
ENDINGS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}


def original_path(picture: models.Model, filename: str) -> str:
    """A name that cannot be guessed; the one that the upload had may tell of a story."""
    return f"{secrets.token_hex(16)}.{filename.rpartition('.')[2]}"


class RenderedPicture(Shown):
    """An original and its renditions. ``made`` has the bytes of each file that exists, by the
    suffix of its name."""

    plan: ClassVar[str] = "picture"
    #: days for which former files stay; a row that is saved may be told otherwise
    keeps_files_for = KEPT_FOR

    original = models.FileField(
        _("file"), upload_to=original_path, storage=originals, max_length=100
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, across, %"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, down, %"), default=50, validators=[MaxValueValidator(100)]
    )
    tone = models.CharField(max_length=3, editable=False, default="222")
    key = models.CharField(max_length=40, editable=False, default="", db_index=True)
    made = models.JSONField(default=dict, editable=False)
    is_finished = models.BooleanField(
        default=False, editable=False, help_text="Whether every rendition exists."
    )

    class Meta:
        abstract = True

    def save(self, *args, draws_later=False, **kwargs):
        """Draw what the row now asks for, save it, and leave the rest to the worker.

        One that ``draws_later`` leaves it all to the worker; until then the files stay that it has.
        Raises PictureError; a form that wants to say so calls ``receive`` or ``redraw`` before.
        """
        if self.original and draws_later:
            if self.key != self.fingerprint():
                self.is_finished = False
                if not self.original.storage.exists(str(self.original.name)):
                    raise PictureError("lost")
        elif self.original:
            self.redraw()
        super().save(*args, **kwargs)
        if self.original and not self.is_finished:
            self._queue("finish_picture").defer(model=self._meta.label, pk=self.pk)
        self._remove_retired()

    def withdraw(self) -> None:
        """Delete the row; its files follow after ``keeps_files_for``."""
        self._retire(str(self.original.name))
        self._remove_retired()
        self.delete()

    def _remove_retired(self) -> None:
        retired = self.__dict__.pop("_retired", ())
        if retired and not self.keeps_files_for:
            # What it showed with former words, or of a former crop, is the same photograph; and
            # these jobs would bar the new one until their month is over.
            self._hasten_removals()
        for key, suffixes, original in retired:
            # After all else of the picture: a job bars the later ones under its lock, even before
            # its own time has come.
            later = {"schedule_in": {"days": self.keeps_files_for}} if self.keeps_files_for else {}
            self._queue("remove_files", priority=-1, **later).defer(
                model=self._meta.label, key=key, suffixes=suffixes, original=original
            )

    def _hasten_removals(self) -> None:
        """Have the files go now that were to go later. The queue's own models are read-only."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE procrastinate_jobs SET scheduled_at = NULL"
                " WHERE lock = %s AND status = 'todo' AND task_name = 'bureaus.tasks.remove_files'",
                [self._lock],
            )

    @property
    def _lock(self) -> str:
        """Under it the jobs of a picture are done one after the other."""
        return f"{self._meta.label}-{self.pk}"

    def _queue(self, task: str, **more):
        return app.configure_task(
            f"bureaus.tasks.{task}", queue="pictures", lock=self._lock, **more
        )

    # Receiving and drawing

    @property
    def public_words(self) -> dict[str, str]:
        """What goes out within its files: see newsroom.renditions.packet.WORDS."""
        return {}

    def receive(
        self,
        upload: IO[bytes],
        otherwise: Mapping[str, str] | None = None,
        ours: Iterable[str] | None = None,
    ) -> None:
        """Take a file as this picture's original and draw what is needed at once.

        ``otherwise`` are words for which the file has none; where ``ours`` are given, only of a
        file that is by its own account of one who is called so. Nothing is saved in the database.
        Raises PictureError, and then leaves no file behind.
        """
        received = bounded.receive(
            upload,
            plan=self.plan,
            words=self.public_words,
            otherwise=otherwise,
            ours=ours,
            focal=self.focal,
        )
        self.take(upload, received)

    def take(self, upload: IO[bytes], received: Received) -> None:
        """Keep what ``bounded.receive`` made of an upload. Raises PictureError."""
        self._retire(str(self.original.name or ""))
        self.width, self.height = received.size
        self.tone = received.tone
        upload.seek(0)
        with _room():
            content = ContentFile(upload.read())
            self.original.save(f"x.{ENDINGS[received.format]}", content, save=False)
        self.words_received(received.words)
        try:
            self.key = self.fingerprint()
            self.made, self.is_finished = self.keep(received.files), False
        except PictureError:
            self.discard_original()
            raise

    def words_received(self, words: Mapping[str, str]) -> None:
        """Take over what the file says of itself."""

    def redraw(self) -> bool:
        """Draw the first files anew if what determines them has changed; whether it had.

        Raises PictureError.
        """
        if self.key == self.fingerprint():
            return False
        files = self._drawn(first(self.size, self.sizes), ARRIVING)
        self._retire()
        self.key = self.fingerprint()
        self.made, self.is_finished = self.keep(files), False
        return True

    def _retire(self, original: str = "") -> None:
        """Have the present files removed later: pages in caches still show them."""
        if self.key:
            retired = self.__dict__.setdefault("_retired", [])
            retired.append((self.key, list(self.made), original))

    def finish(self) -> None:
        """Draw every file that is lacking and note it, unless the picture is another one by then.

        May run twice: equal names have equal content. Raises PictureError.
        """
        if self.key != self.fingerprint():
            self._save_drawn()
            return
        lacking = [each for each in every(self.size, self.sizes) if each.suffix not in self.made]
        made = self.made | self.keep(self._drawn(lacking, FINISHING))
        rows = type(self)._default_manager.filter(key=self.key)
        with transaction.atomic():
            rows.update(made=made, is_finished=True)
            for row in rows:
                if row.pk == self.pk and row.key != row.fingerprint():
                    # It was given other words while these were drawn.
                    rows.filter(pk=row.pk).update(is_finished=False)
                row.evict_pages()

    def _save_drawn(self) -> None:
        """Draw what ``save`` has left for later; the worker is asked for the rest again."""
        with transaction.atomic():
            rows = type(self)._default_manager.select_for_update(of=("self",), no_key=True)
            if row := rows.filter(pk=self.pk).first():
                row.save()

    def _drawn(self, wanted: list[Rendition], limits: bounded.Limits) -> dict[str, bytes]:
        if not wanted:
            return {}
        try:
            with self.original.open("rb") as source:
                return bounded.draw(
                    source, wanted, words=self.public_words, focal=self.focal, limits=limits
                )
        except FileNotFoundError as error:
            raise PictureError("lost") from error

    def keep(self, files: Mapping[str, bytes]) -> dict[str, int]:
        """Store files of this picture, all or none; how many bytes each has. Raises
        PictureError."""
        kept: dict[str, int] = {}
        try:
            for suffix, data in files.items():
                with _room():
                    default_storage.save(self.name_of(suffix), ContentFile(data))
                kept[suffix] = len(data)
        except PictureError:
            for suffix in kept:
                default_storage.delete(self.name_of(suffix))
            raise
        return kept

    def drawn_whole(self, width: int) -> bytes:
        """The whole of it as a JPEG of this width at most, kept nowhere. Raises PictureError."""
        whole = Rendition("free", min(width, self.width), "jpg")
        return self._drawn([whole], ARRIVING)[whole.suffix]

    def fingerprint(self) -> str:
        """The key that its files ought to have."""
        words = self.public_words
        parts = [RECIPE, str(self.original.name), *self.focal, *(words.get(w, "") for w in WORDS)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]

    def discard_original(self) -> None:
        if self.original.name:
            self.original.storage.delete(str(self.original.name))

    def discard(self) -> None:
        """Remove all its files: for one whose row could not be saved."""
        self.discard_original()
        for suffix in self.made:
            default_storage.delete(self.name_of(suffix))

    # What it is

    @property
    def focal(self) -> tuple[int, int]:
        return self.focal_x, self.focal_y

    @property
    def size(self) -> Size:
        return self.width, self.height

    @property
    def sizes(self) -> Plan:
        return PLANS[self.plan]

    @property
    def is_tall(self) -> bool:
        return self.height > self.width

    # What is shown of it

    def name_of(self, suffix: str) -> str:
        return f"{FOLDER}/{self.key}-{suffix}"

    def widths(self, shape: str = "free", ending: str = "jpg") -> list[int]:
        """The widths of a shape and format that exist, smallest first."""
        made = map(Rendition.of, self.made)
        return sorted(each.width for each in made if (each.shape, each.format) == (shape, ending))

    def nearest(self, width: int, shape: str = "free", ending: str = "jpg") -> Rendition:
        """The smallest file that exists and is at least so wide; else the widest."""
        made = self.widths(shape, ending)
        found = next((each for each in made if each >= width), made[-1] if made else width)
        return Rendition(shape, found, ending)

    def url(self, width: int, shape: str = "free", ending: str = "jpg") -> str:
        """The address of the file nearest to a width."""
        return default_storage.url(self.name_of(self.nearest(width, shape, ending).suffix))

    def srcset_of(self, shape: str = "free", ending: str = "jpg") -> str:
        """What exists of a shape in a format, as a browser chooses from it; empty for nothing."""
        return ", ".join(
            f"{self.url(width, shape, ending)} {width}w" for width in self.widths(shape, ending)
        )

    def shown_size(self, shape: str = "free", width: int = 0) -> Size:
        """Width and height in pixels of a shape, at the width that is nearest to one."""
        shown = self.nearest(width, shape).width if width else crop_size(self.size, shape)[0]
        return shown, height_at(self.size, shape, shown)

    def weight(self, width: int, shape: str = "free") -> int:
        """Bytes of the file that a browser of today loads at about this width; 0 if unknown."""
        for ending in ("avif", "webp", "jpg"):
            if self.widths(shape, ending):
                return self.made[self.nearest(width, shape, ending).suffix]
        return 0

    @property
    def thumbnail_url(self) -> str:
        return self.url(240, "4x3")

    @property
    def large_url(self) -> str:
        return self.url(LARGE)

    @property
    def lead_shape(self) -> str:
        """How it stands above a story: upright as it is, others in 16 to 9 once that is drawn."""
        return "16x9" if not self.is_tall and self.widths("16x9") else "free"

    @property
    def lead_url(self) -> str:
        return self.url(LARGE, self.lead_shape)

    @property
    def lead_size(self) -> Size:
        return self.shown_size(self.lead_shape)

    @property
    def srcset(self) -> str:
        return self.srcset_of()


@contextmanager
def _room() -> Iterator[None]:
    """Raises PictureError where a disk has none."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise PictureError("full") from error
        raise
