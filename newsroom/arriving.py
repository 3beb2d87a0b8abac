"""Files on their way in: bounded in size, and met with words when there is no room for them."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from newsroom.renditions.bounded import MAX_BYTES
from newsroom.storage import NO_ROOM


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes a large file to disk, but no more of it than is allowed, and no byte after the disk
    is full. Such a file comes to its form with ``problem``, by the name that
    newsroom.renditions.bounded gives it, and without its bytes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.problem = ""
        self.arrived = 0
        self.has_begun = False
        try:
            super().new_file(*args, **kwargs)
            self.has_begun = True
        except OSError as error:
            self._note(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.arrived += len(raw_data)
        if not self.problem and self.arrived > MAX_BYTES:
            self.problem = "bytes"
        if self.problem:
            return
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._note(error)

    def file_complete(self, file_size: int) -> UploadedFile:
        # There may not have been room even to begin.
        empty = SimpleUploadedFile(self.file_name or "?", b"")
        file: UploadedFile = self.file if self.has_begun else empty
        try:
            file.flush()
        except OSError as error:
            self._note(error)
        if self.problem:
            file.truncate(0)
        file.seek(0)
        file.size = file_size
        file.problem = self.problem  # type: ignore[attr-defined]
        return file

    def _note(self, error: OSError) -> None:
        if error.errno not in NO_ROOM:
            raise error
        self.problem = "full"
