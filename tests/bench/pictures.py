"""How many photographs a second become all of their sizes, beside Pillow doing the same by itself.

    make bench-pictures

Both sides get the same 24-megapixel JPEG and two processes. The bare side decodes it, crops and
resizes to the same boxes and sizes and encodes with the same options, in a loop in one process;
it has no limits, metadata, colour management, process of its own for each photo, or storing. Also
prints the median weight of the demo's lead pictures at 720 pixels. The ratio by CPU holds on a
machine that does other things meanwhile, too.
"""

import os
import resource
import statistics
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import django
from PIL import Image, ImageFilter

ROUNDS = 3
PHOTOS = 4  # in a round
AT_ONCE = 2
DEMO = Path(__file__).parents[2] / "newsroom" / "demo" / "pictures"


def photograph() -> bytes:
    """6000 by 4000 pixels with a camera's detail: a demo picture, enlarged, with grain."""
    with Image.open(DEMO / "pasar.jpg") as small:
        large = small.convert("RGB").resize((6000, 4000), Image.Resampling.BICUBIC)
    grain = Image.effect_noise(large.size, 24).filter(ImageFilter.GaussianBlur(0.7))
    large = Image.blend(large, grain.convert("RGB"), 0.12)
    out = BytesIO()
    large.save(out, "JPEG", quality=92)
    return out.getvalue()


def bare(data: bytes, photos: int) -> float:
    """The same resizes and encodes, by Pillow alone; seconds of CPU."""
    begun = time.process_time()
    from newsroom.renditions.drawing import ENCODERS
    from newsroom.renditions.sizes import CENTRE, PICTURE, crop_box, every, height_at

    for _number in range(photos):
        with Image.open(BytesIO(data)) as image:
            image.load()
            resized: dict[tuple[str, int], Image.Image] = {}
            for each in every(image.size, PICTURE):
                key = each.shape, each.width
                if key not in resized:
                    size = each.width, height_at(image.size, each.shape, each.width)
                    box = crop_box(image.size, each.shape, CENTRE)
                    resized[key] = image.resize(size, Image.Resampling.LANCZOS, box=box)
                kind, options = ENCODERS[each.format]
                resized[key].save(BytesIO(), kind, **options)
    return time.process_time() - begun


def newsroom(data: bytes, photos: int) -> None:
    """As the worker does it: received, drawn in a bounded process, stored."""
    from django.core.files.base import ContentFile

    from newsroom.renditions import bounded
    from newsroom.renditions.sizes import CENTRE, PICTURE, every, first
    from newsroom.storage import WholeFiles

    with tempfile.TemporaryDirectory() as folder:
        storage = WholeFiles(location=folder)
        for number in range(photos):
            received = bounded.receive(BytesIO(data), plan="picture", words={"credit": "Danu"})
            made = set(received.files)
            rest = [each for each in every(received.size, PICTURE) if each.suffix not in made]
            assert len(made) == len(first(received.size, PICTURE))
            drawn = bounded.draw(BytesIO(data), rest, words={"credit": "Danu"}, focal=CENTRE)
            for suffix, content in {**received.files, **drawn}.items():
                storage.save(f"{number}-{suffix}", ContentFile(content))


def pace(work, data: bytes, pool) -> tuple[float, float]:
    """Photos a second with two at a time, and seconds of CPU that one took."""
    begun, before = time.monotonic(), cpu()
    told = pool.map(work, [data] * AT_ONCE, [PHOTOS // AT_ONCE] * AT_ONCE)
    seconds = sum(each or 0 for each in list(told)) or cpu() - before
    return PHOTOS / (time.monotonic() - begun), seconds / PHOTOS


def cpu() -> float:
    """Seconds of CPU of this process and of those that it has started and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def lead_weights() -> list[int]:
    """Bytes of each demo picture as a lead at 720 pixels, in AVIF."""
    from newsroom.renditions import bounded
    from newsroom.renditions.sizes import CENTRE, Rendition

    lead = Rendition("16x9", 720, "avif")
    weights = []
    for path in sorted(DEMO.glob("*.jpg")):
        source = BytesIO(path.read_bytes())
        drawn = bounded.draw(source, [lead], words={}, focal=CENTRE)
        weights.append(len(drawn[lead.suffix]))
    return weights


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    data = photograph()
    print(f"a photograph of 6000 x 4000 pixels, {len(data) / 1e6:.1f} MB, two at a time")
    ratios = []
    with ProcessPoolExecutor(AT_ONCE) as processes, ThreadPoolExecutor(AT_ONCE) as threads:
        # Side by side in turns: what else the machine does meets both.
        for number in range(ROUNDS):
            (ours, our_cpu), (theirs, their_cpu) = (
                pace(newsroom, data, threads),
                pace(bare, data, processes),
            )
            ratios.append((ours / theirs, their_cpu / our_cpu))
            print(
                f"round {number + 1}: newsroom {ours:.3f}/s, {our_cpu:.2f} s of CPU each;"
                f" bare Pillow {theirs:.3f}/s, {their_cpu:.2f} s;"
                f" ratio {ratios[-1][0]:.2f} by the clock, {ratios[-1][1]:.2f} by CPU",
                flush=True,
            )
    by_clock, by_cpu = (statistics.median(each) for each in zip(*ratios, strict=True))
    print(
        f"median ratio {by_clock:.2f} by the clock (at least 0.85 is wanted), {by_cpu:.2f} by CPU"
    )
    weights = lead_weights()
    print(
        f"lead picture at 720 px, AVIF: median {statistics.median(weights) / 1000:.1f} KB,"
        f" largest {max(weights) / 1000:.1f} KB, of {len(weights)} demo pictures"
    )


if __name__ == "__main__":
    main()
