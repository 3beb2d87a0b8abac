"""The same file in the library twice: whoever sends it again is led to the one that is there."""

from django.db import connection

from articles.models import Picture
from bureaus.models import Bureau, User

LOOKED_AT = 20  # pictures of one file: some bureaus may each have theirs


class AlreadyThereError(Exception):
    """``picture`` is made of the same file and may be used in its place."""

    def __init__(self, picture: Picture):
        super().__init__()
        self.picture = picture


def refuse_twin(digest: bytes, *, by: User, bureau: Bureau) -> None:
    """Raises AlreadyThereError where the library has the file by a picture that ``by`` may see and
    the bureau may use, its own before others."""
    found = Picture.objects.for_user(by).filter(digest=digest).select_related("bureau")
    usable = [each for each in found.order_by("pk")[:LOOKED_AT] if each.is_usable_by(bureau)]
    if usable:
        raise AlreadyThereError(min(usable, key=lambda each: each.bureau_id != bureau.pk))


def one_at_a_time(digest: bytes) -> None:
    """Until the end of the transaction nobody else saves a picture of this file."""
    number = int.from_bytes(digest[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
