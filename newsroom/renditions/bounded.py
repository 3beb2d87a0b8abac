"""Starts the process that opens a foreign file, and says in words what came of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from newsroom.renditions.sizes import CENTRE, Rendition, Size

MAX_BYTES = 60 * 1024 * 1024
MAX_PIXELS = 110_000_000  # the largest phone cameras give 108 megapixels; a bomb declares far more
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Limits:
    """Of one process: seconds of CPU, megabytes of address space, seconds on the wall."""

    seconds: int
    megabytes: int
    patience: float
    nice: int = 0


ARRIVING = Limits(seconds=20, megabytes=1536, patience=60)
# All sizes of a large photograph take about five seconds.
FINISHING = Limits(seconds=120, megabytes=1536, patience=600, nice=5)

PROBLEMS = {
    "bytes": _("The picture is larger than 60 MB. Send a smaller copy."),
    "pixels": _("The picture has more than 110 megapixels. Send a smaller copy."),
    "empty": _("The file is empty. Send it again."),
    "broken": _("The file is damaged or broke off on the way. Send it again."),
    "memory": _("The picture takes too much memory to open. Send a smaller copy."),
    "time": _("The picture takes too long to open. Send a smaller copy."),
    "pdf": _("This is a PDF document, not a picture. Send a JPEG, PNG or WebP file."),
    "eps": _("This is an EPS drawing. Send a JPEG, PNG or WebP file."),
    "svg": _("This is an SVG drawing. Send a JPEG, PNG or WebP file."),
    "html": _("This is a web page, not a picture. Send a JPEG, PNG or WebP file."),
    "gif": _("This is a GIF. Send a JPEG, PNG or WebP file."),
    "heic": _("This is an HEIC photo. Set the camera to “most compatible”, or send a JPEG copy."),
    "other": _("This file is not a picture that can be used. Send a JPEG, PNG or WebP file."),
    "lost": _("The original is no longer there. Replace the file."),
    "full": _("There is no room left to keep pictures. Tell the administrator; nothing was lost."),
}


class PictureError(Exception):
    """A file that cannot be used as a picture; the text says why and what to do.

    ``problem`` is the name of the reason, one of PROBLEMS.
    """

    def __init__(self, problem: str):
        super().__init__(PROBLEMS[problem])
        self.problem = problem


@dataclass(frozen=True)
class Received:
    """A picture as it came: upright width and height, its tone, the words it brought, its format
    by Pillow's name, and its first renditions by the suffixes of their names."""

    size: Size
    tone: str
    words: Mapping[str, str]
    format: str
    files: Mapping[str, bytes]


def receive(
    source: IO[bytes],
    *,
    plan: str,
    words: Mapping[str, str],
    otherwise: Mapping[str, str] | None = None,
    ours: Iterable[str] | None = None,
    focal: tuple[int, int] = CENTRE,
) -> Received:
    """Look at an upload and draw what is needed at once. Raises PictureError.

    ``words`` go into the public files, before those that the picture brings; ``otherwise`` are
    taken where it brings none; where ``ours`` are given, only of a file that is by its own account
    of one who is called so (newsroom.renditions.origin). ``plan`` is one of sizes.PLANS.
    """
    if problem := getattr(source, "problem", ""):  # of newsroom.arriving
        raise PictureError(problem)
    source.seek(0, os.SEEK_END)
    if source.tell() > MAX_BYTES:
        raise PictureError("bytes")
    job = {
        "is_new": True,
        "plan": plan,
        "words": dict(words),
        "otherwise": dict(otherwise or {}),
        "ours": None if ours is None else list(ours),
        "focal": focal,
    }
    answer, files = _ask(source, job, ARRIVING)
    width, height = answer["size"]
    return Received((width, height), answer["tone"], answer["words"], answer["format"], files)


def draw(
    source: IO[bytes],
    renditions: Iterable[Rendition],
    *,
    words: Mapping[str, str],
    focal: tuple[int, int],
    limits: Limits = FINISHING,
) -> dict[str, bytes]:
    """Renditions of a picture that was received before, by the suffixes of their names."""
    wanted = [rendition.suffix for rendition in renditions]
    job = {"is_new": False, "wanted": wanted, "words": dict(words), "focal": focal}
    return _ask(source, job, limits)[1]


def _ask(
    source: IO[bytes], job: dict[str, Any], limits: Limits
) -> tuple[dict[str, Any], dict[str, bytes]]:
    job |= {
        "pixels": MAX_PIXELS,
        "seconds": limits.seconds,
        "megabytes": limits.megabytes,
        "nice": limits.nice,
    }
    command = [sys.executable, "-sE", "-m", "newsroom.renditions.child", json.dumps(job)]
    try:
        with _given(source) as given:
            done = subprocess.run(
                command,
                **given,
                capture_output=True,
                timeout=limits.patience,
                check=False,
                cwd=ROOT,
                # One arena: each thread's own would count against the limit without being used.
                env={"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"},
            )
    except subprocess.TimeoutExpired:
        raise PictureError("time") from None
    if done.returncode < 0:  # by a signal: of the limit on CPU, or of the kernel for want of memory
        raise PictureError("memory" if done.returncode == -9 else "time")  # noqa: PLR2004
    if done.returncode:
        # A library may end the process where no memory is left, or fail in ways of its own.
        problem = "memory" if b"MemoryError" in done.stderr else "broken"
        raise PictureError(problem)
    head, _newline, data = done.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise PictureError(answer["refused"])
    files, start = {}, 0
    for suffix, length in answer["files"]:
        files[suffix] = data[start : start + length]
        start += length
    return answer, files


@contextmanager
def _given(source: IO[bytes]) -> Iterator[dict[str, Any]]:
    """How the process gets the bytes: a large upload as the file in which it already lies."""
    if hasattr(source, "temporary_file_path"):
        # Opened anew: a handle that is shared has one position for both.
        with open(source.temporary_file_path(), "rb") as file:
            yield {"stdin": file}
    else:
        source.seek(0)
        yield {"input": source.read()}
