"""Pictures come in as anything and go out clean, small and with whose they are."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageDraw
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Picture
from bureaus.tasks import finish_picture, finish_pictures, remove_files
from newsroom.renditions.sizes import FORMATS, PICTURE, RATIOS, every
from tests.factories import make_picture, picture_bytes

GPS, MAKE, SERIAL, ORIENTATION = 0x8825, 0x010F, 0xA431, 0x0112
ARTIST, COPYRIGHT = 0x013B, 0x8298
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def scene(width: int = 600, height: int = 400) -> Image.Image:
    """A picture of which every side looks different."""
    image = Image.new("RGB", (width, height), (40, 110, 160))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 4, height // 3), fill=(220, 60, 40))
    draw.rectangle((width * 3 // 4, height * 2 // 3, width, height), fill=(240, 210, 60))
    draw.ellipse((width // 2, height // 8, width * 5 // 8, height // 3), fill=(20, 160, 70))
    return image


def file_of(image: Image.Image, kind: str = "JPEG", **more) -> BytesIO:
    out = BytesIO()
    image.save(out, kind, **({"quality": 95} if kind == "JPEG" else {}), **more)
    out.seek(0)
    return out


def sent(bureau, upload: BytesIO, **words) -> Picture:
    """A picture as it is after the upload, before the worker has come to it."""
    picture = Picture(bureau=bureau, **words)
    picture.receive(upload)
    picture.save()
    return picture


def shown(picture: Picture, suffix: str) -> Image.Image:
    with default_storage.open(picture.name_of(suffix)) as file:
        image = Image.open(BytesIO(file.read()))
    image.load()
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of a channel, of 255 levels."""
    assert one.size == other.size
    pairs = zip(one.convert("RGB").tobytes(), other.convert("RGB").tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height * 3)


def files_in(root) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "orientation",
    # Turned, mirrored and both; the others are tried by make soak.
    [pytest.param(n, marks=[] if n in (3, 4, 6, 7) else pytest.mark.soak) for n in range(1, 9)],
)
def test_a_photo_looks_the_same_however_the_phone_was_held(cilacap, orientation):
    upright = sent(cilacap, file_of(scene()))
    turned, exif = scene(), Image.Exif()
    if orientation in TURNS:
        turned = turned.transpose(TURNS[orientation])
    exif[ORIENTATION] = orientation

    picture = sent(cilacap, file_of(turned, exif=exif))

    assert (picture.width, picture.height) == (600, 400)
    for suffix in upright.made:
        assert difference(shown(picture, suffix), shown(upright, suffix)) < 1.5, suffix


def test_no_public_file_tells_where_and_with_what_a_photo_was_taken(cilacap):
    exif = Image.Exif()
    exif[MAKE] = "Kamera Rahasia"
    exif.get_ifd(GPS)[2] = (7.0, 43.0, 12.0)
    exif.get_ifd(0x8769)[SERIAL] = "SN-4711-GEHEIM"
    picture = sent(cilacap, file_of(scene(), exif=exif, comment=b"catatan"), credit="Danu/Bentara")
    picture.finish()
    picture.refresh_from_db()

    for suffix in picture.made:
        image = shown(picture, suffix)
        assert (dict(image.getexif()), image.info.get("comment")) == ({}, None), suffix
        with default_storage.open(picture.name_of(suffix)) as file:
            data = file.read()
        for secret in (b"Kamera", b"4711", b"Exif\0\0", b"GPS", b"catatan"):
            assert secret not in data, (suffix, secret)
        assert b"<photoshop:Credit>Danu/Bentara</photoshop:Credit>" in data, suffix


def test_credit_and_copyright_go_out_with_every_file_and_the_ai_that_made_it(cilacap):
    words = {"credit": "D & P", "creator": "Danu", "copyright": "© 2026 Bentara", "ai": "made"}
    picture = sent(cilacap, file_of(scene()), **words)
    for suffix in picture.made:
        packet = shown(picture, suffix).info["xmp"].decode()
        for part in ("D &amp; P", "<rdf:li>Danu<", "© 2026 Bentara", "/trainedAlgorithmicMedia<"):
            assert part in packet, (suffix, part)


def test_first_jpegs_are_there_at_once_and_the_worker_makes_the_rest(cilacap):
    picture = sent(cilacap, file_of(scene(2400, 1600)))
    assert sorted(picture.made) == [
        "16x9-960.jpg",
        "1x1-240.jpg",
        "240.jpg",
        "4x3-240.jpg",
        "4x3-480.jpg",
        "960.jpg",
    ]
    assert not picture.is_finished

    finish_picture(Picture._meta.label, picture.pk)
    again = Picture.objects.get(pk=picture.pk)
    finish_picture(Picture._meta.label, picture.pk)

    assert again.is_finished
    assert set(again.made) == {each.suffix for each in every((2400, 1600), PICTURE)}
    assert Picture.objects.get(pk=picture.pk).made == again.made
    for shape, widths in PICTURE.items():
        for ending in FORMATS:
            assert again.widths(shape, ending) == list(widths)
    for suffix, weight in again.made.items():
        assert default_storage.size(again.name_of(suffix)) == weight
        assert shown(again, suffix).format.lower().replace("jpeg", "jpg") == suffix.split(".")[1]


def test_what_no_worker_has_come_to_is_taken_up_later(cilacap):
    picture = sent(cilacap, file_of(scene()))
    finish_pictures(0)
    assert Picture.objects.get(pk=picture.pk).is_finished


def test_a_small_picture_is_never_enlarged(cilacap):
    picture = sent(cilacap, file_of(scene(300, 200)))
    picture.finish()
    picture.refresh_from_db()
    assert {shape: picture.widths(shape) for shape in PICTURE} == {
        "free": [240, 300],
        "16x9": [300],
        "4x3": [240, 266],
        "1x1": [200],
    }


def test_crops_follow_the_focal_point(cilacap):
    picture = sent(cilacap, file_of(scene(800, 400)))
    centred = shown(picture, "1x1-240.jpg").getpixel((230, 230))
    key = picture.key
    picture.focal_x = 100
    picture.save()
    right = shown(picture, "1x1-240.jpg").getpixel((230, 230))
    assert difference(Image.new("RGB", (1, 1), right), Image.new("RGB", (1, 1), (240, 210, 60))) < 9
    assert centred != right
    assert picture.key != key


@pytest.mark.parametrize(
    "change",
    [{"focal_x": 20}, {"focal_y": 80}, {"credit": "Lain"}, {"copyright": "©"}, {"ai": "altered"}],
    ids=lambda change: next(iter(change)),
)
def test_whatever_changes_a_file_changes_its_address(cilacap, change):
    picture = make_picture(cilacap)
    before = picture.srcset
    for name, value in change.items():
        setattr(picture, name, value)
    picture.save()
    assert not set(before.split(", ")) & set(picture.srcset.split(", "))


def test_words_that_are_in_no_file_leave_its_address_alone(cilacap):
    picture = make_picture(cilacap)
    before = picture.srcset
    picture.caption, picture.alt_text = "Lain", "Lain"
    picture.save()
    assert picture.srcset == before


def test_a_replaced_file_has_new_addresses_and_the_former_ones_work_until_caches_are_done(cilacap):
    picture = make_picture(cilacap)
    former = [picture.name_of(suffix) for suffix in picture.made]
    key, suffixes, original = picture.key, list(picture.made), picture.original.name

    picture.receive(file_of(scene(900, 600)))
    picture.save()

    assert (picture.width, picture.key != key) == (900, True)
    assert all(map(default_storage.exists, former))
    remove_files(Picture._meta.label, key, suffixes, original)
    remove_files(Picture._meta.label, key, suffixes, original)
    assert not any(map(default_storage.exists, former))
    assert not picture.original.storage.exists(original)
    assert all(default_storage.exists(picture.name_of(suffix)) for suffix in picture.made)


def test_caches_in_front_drop_the_files_that_are_removed_by_the_name_they_bear(
    reader, cilacap, settings
):
    settings.PURGE_KIND = "varnish"
    picture = make_picture(cilacap)
    key, suffixes = picture.key, list(picture.made)
    file = reader("cilacap").get(f"/media/{picture.name_of('240.avif')}")
    assert b"".join(file.streaming_content)
    remove_files(Picture._meta.label, key, suffixes, "")
    assert files_purged() == []

    picture.withdraw()
    remove_files(Picture._meta.label, key, suffixes, "")
    assert files_purged() == [file["Surrogate-Key"]]
    assert file["Surrogate-Key"] == file["Cache-Tag"] == f"file:{key}"


def files_purged() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="newsroom.purge.purge")
    names = [name for args in jobs.values_list("args", flat=True) for name in args["names"]]
    return [name for name in names if name.startswith("file:")]


def test_files_that_another_row_shows_are_not_removed(cilacap):
    picture = make_picture(cilacap)
    remove_files(Picture._meta.label, picture.key, list(picture.made), picture.original.name)
    assert all(default_storage.exists(picture.name_of(suffix)) for suffix in picture.made)
    assert picture.original.storage.exists(picture.original.name)


def test_colours_are_those_of_the_picture_whatever_its_profile(cilacap):
    grey = Image.new("RGB", (64, 48), (120, 120, 120))
    linear = ImageCms.createProfile("XYZ")
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    for profile in (linear, lab):
        data = ImageCms.ImageCmsProfile(profile).tobytes() if profile is linear else lab.tobytes()
        picture = sent(cilacap, file_of(grey, icc_profile=data))
        # A profile of another kind of picture is passed over.
        assert shown(picture, "64.jpg").getpixel((10, 10)) == (120, 120, 120)
        assert "icc_profile" not in shown(picture, "64.jpg").info


def test_a_picture_has_a_tone_for_the_time_until_it_is_there(cilacap):
    picture = sent(cilacap, file_of(Image.new("RGB", (80, 60), (250, 100, 10))))
    assert picture.tone == "310"


def test_a_name_tells_nothing_and_the_original_has_no_address(cilacap, reader):
    picture = make_picture(cilacap)
    assert "kapal" not in picture.original.name + picture.key
    with pytest.raises(ValueError, match="no address"):
        _ = picture.original.url
    for label in ("", "cilacap", "desk"):
        for path in (picture.original.name, f"originals/{picture.original.name}"):
            for place in ("pictures/", "pictures/../../originals/", "../originals/", ""):
                assert reader(label).get(f"/media/{place}{path}").status_code == 404


def test_ratios_of_crops_are_those_that_search_engines_ask_for():
    assert RATIOS == {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}


def test_originals_lie_beside_what_is_served(settings, cilacap):
    picture = make_picture(cilacap, data=picture_bytes(320, 240))
    assert files_in(settings.ORIGINALS_ROOT) == [picture.original.name]
    assert picture.original.name not in files_in(settings.MEDIA_ROOT)
    assert settings.MEDIA_ROOT not in settings.ORIGINALS_ROOT.parents


def test_whoever_made_a_picture_is_credited_before_whoever_sent_it(cilacap):
    exif = Image.Exif()
    exif[ARTIST], exif[COPYRIGHT] = "Galih Santoso", "Polairud Cilacap"
    marked, plain = Picture(bureau=cilacap), Picture(bureau=cilacap)
    marked.receive(file_of(scene(), exif=exif), otherwise={"credit": "Wening Kusumastuti"})
    plain.receive(file_of(scene()), otherwise={"credit": "Wening Kusumastuti"})

    assert (marked.credit, marked.owner) == ("Galih Santoso", "Polairud Cilacap")
    assert (plain.credit, plain.owner) == ("Wening Kusumastuti", "")
