"""The key that signs sessions and form tokens: made at the first start and kept with the data."""

import os
import secrets
import tempfile
from pathlib import Path

FILE_NAME = "secret_key"


class SecretKeyError(Exception):
    """The key cannot be read or made. The text is fit to show a person."""


def read_or_create(data_dir: Path) -> str:
    """Return the secret key kept in ``data_dir``, making the folder and the key when there is none.

    Processes that start at the same moment all get the same key. Raises SecretKeyError.
    """
    path = data_dir / FILE_NAME
    try:
        if not path.exists():
            _create(path)
        key = path.read_text(encoding="ascii").strip()
    except PermissionError as error:
        raise SecretKeyError(
            f"This user cannot read or make the secret key in {data_dir} ({error}). The folder was "
            "probably made by another user: run as that user, or set NEWSROOM_DATA to another "
            "folder."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SecretKeyError(f"The secret key {path} cannot be read or made: {error}") from error
    if not key:
        raise SecretKeyError(
            f"The secret key {path} is empty. Remove the file, and the next start makes a new one; "
            "everyone has to sign in again."
        )
    return key


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp gives mode 0600. A hard link appears at once with its content and fails when another
    # process was first, so that no reader sees half a key, or a key that is replaced later.
    handle, temporary = tempfile.mkstemp(prefix=f".{FILE_NAME}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
    finally:
        os.unlink(temporary)
