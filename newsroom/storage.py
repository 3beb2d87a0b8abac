"""Files that are there whole or not at all. Knows files, no model."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WholeFiles(FileSystemStorage):
    """Writes beside the place and then moves there: nobody ever reads half a file, and a disk that
    is full leaves nothing behind. A name that is taken is taken over, for equal names have equal
    content."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(draft, self.mode)
            os.replace(draft, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
        return name

    @property
    def mode(self) -> int:
        return self.file_permissions_mode or 0o644


class Originals(WholeFiles):
    """Photographs as they came, for the program, and at the desk
    for whoever may change the picture: no other address leads to one."""

    @property
    def base_location(self) -> str:
        return str(settings.ORIGINALS_ROOT)

    @property
    def location(self) -> str:
        return str(settings.ORIGINALS_ROOT)

    @property
    def mode(self) -> int:
        return 0o600

    def url(self, name: str | None) -> str:
        raise ValueError("An original has no address.")


def originals() -> Storage:
    """Where originals are kept, as the settings say."""
    return storages["originals"]
