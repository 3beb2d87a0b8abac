"""By what a file is known that has been sent before."""

import hashlib
from functools import partial
from typing import IO

MEGABYTE = 1024 * 1024


def digest_of(file: IO[bytes]) -> bytes:
    """SHA-256 of all of it, wherever it has been read to."""
    file.seek(0)
    digest = hashlib.sha256()
    for part in iter(partial(file.read, MEGABYTE), b""):
        digest.update(part)
    return digest.digest()
