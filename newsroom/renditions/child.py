"""The process in which a foreign file is opened: what it does and how little it may use.

Called as ``python -m newsroom.renditions.child <job as JSON>`` with the file as standard input.
Answers with a line of JSON and the bytes of the files that the line lists, one after another.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageFile, UnidentifiedImageError

from newsroom.renditions import drawing
from newsroom.renditions.metadata import read_words
from newsroom.renditions.origin import is_own
from newsroom.renditions.packet import xmp_packet
from newsroom.renditions.sizes import PLANS, Rendition, first

FORMATS = ("JPEG", "PNG", "WEBP")
_KINDS = (
    (b"%PDF", "pdf"),
    (b"%!PS", "eps"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
    (b"GIF8", "gif"),
    (b"<svg", "svg"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
)
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"heim", b"heis")


class Refused(Exception):
    """The file cannot be used; the argument names the reason (newsroom.renditions.bounded)."""


def limit(seconds: int, megabytes: int) -> None:
    """Take from this process what it does not need, for good."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # when memory runs out, this goes first and not the newsroom
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def kind_of(head: bytes) -> str:
    """What a file that is no usable picture is, as far as its first bytes tell."""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, kind in _KINDS:
        if start.startswith(mark.lower()):
            return kind
    if start.startswith((b"<?xml", b"<!--")):
        return "svg" if b"<svg" in start else "other"
    return "other"


def opened(source: IO[bytes], most_pixels: int) -> ImageFile.ImageFile:
    """The picture, its header read and nothing decoded. Raises Refused."""
    head = source.read(1024)
    source.seek(0)
    if not head:
        raise Refused("empty")
    try:
        image = Image.open(source, formats=FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused(kind_of(head)) from error
    except Image.DecompressionBombError as error:
        raise Refused("pixels") from error
    if image.width * image.height > most_pixels:
        raise Refused("pixels")
    return image


def work(job: dict[str, Any], source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Do a job: its answer, and the files that the answer lists under "files"."""
    Image.MAX_IMAGE_PIXELS = None  # ``opened`` has a limit of its own
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    words = {name: value for name, value in job["words"].items() if value}
    image = opened(source, job["pixels"])
    answer: dict[str, Any] = {}
    if job["is_new"]:
        found = read_words(image)
        if job["ours"] is None or is_own(found, job["ours"]):
            found = job["otherwise"] | found
        answer["words"] = found
        words = found | words
    try:
        picture, size = drawing.upright(image)
    except MemoryError:
        raise
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Its header was right: what comes after is missing or damaged.
        raise Refused("broken") from error
    if job["is_new"]:
        answer |= {"size": size, "tone": drawing.tone_of(picture), "format": image.format}
        wanted = first(size, PLANS[job["plan"]])
    else:
        wanted = [Rendition.of(suffix) for suffix in job["wanted"]]
    focal = (job["focal"][0], job["focal"][1])
    drawn = list(drawing.draw(picture, size, wanted, focal=focal, xmp=xmp_packet(words)))
    answer["files"] = [[suffix, len(data)] for suffix, data in drawn]
    return answer, [data for _suffix, data in drawn]


def main(argument: str) -> None:
    job = json.loads(argument)
    os.nice(job["nice"])
    limit(job["seconds"], job["megabytes"])
    try:
        source = sys.stdin.buffer
        answer, files = work(job, source if source.seekable() else BytesIO(source.read()))
    except Refused as refused:
        answer, files = {"refused": str(refused)}, []
    except MemoryError:
        answer, files = {"refused": "memory"}, []
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode() + b"\n")
    for data in files:
        out.write(data)
    out.flush()


if __name__ == "__main__":
    main(sys.argv[1])
