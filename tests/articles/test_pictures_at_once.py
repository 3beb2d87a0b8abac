"""Two people with the same picture open: neither overwrites unknowingly what the other saved."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.desk import errors_of, in_english, save, text_of
from tests.factories import make_picture, picture_bytes

NAMES = (
    "alt_text", "caption", "credit", "source", "licence", "owner", "focal_x", "focal_y",
)  # fmt: skip


@pytest.fixture
def picture(cilacap):
    made = make_picture(cilacap)
    made.file_name = "IMG_1402.jpg"
    made.save()
    return made


@pytest.fixture
def first(desk_client, editor):
    in_english(editor)
    return desk_client(editor)


@pytest.fixture
def second(desk_client, network_editor):
    return desk_client(network_editor)


def url(picture) -> str:
    return f"/articles/picture/{picture.pk}/change/"


def opened(client, picture) -> str:
    return client.get(url(picture)).context["adminform"].form["version"].value()


def form_of(picture, **more) -> dict:
    values = {name: getattr(picture, name) for name in NAMES}
    return values | {"bureau": picture.bureau_id} | more


def value(answer, name: str):
    return answer.context["adminform"].form[name].value()


def shown(answer) -> list[tuple[str, str, bool]]:
    found = answer.context["adminform"].form.meanwhile
    return [(str(each.label), each.value, each.is_taken) for each in found]


def another_photo(width: int = 900) -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_1402.jpg", picture_bytes(width, 600), "image/jpeg")


def test_what_another_saved_meanwhile_stays_and_is_shown_beside_what_was_typed(
    first, second, picture, makassar
):
    version = opened(first, picture)
    theirs = {
        "caption": "Kapal Sumber Rezeki", "owner": "Wening Kusumastuti",
        "usable_until": "2026-12-31", "shared_with": [makassar.pk],
    }  # fmt: skip
    save(second, url(picture), form_of(picture, **theirs))

    typed = form_of(picture, caption="Kapal karam", alt_text="Kapal miring", version=version)
    answer = first.post(url(picture), typed)

    assert "saved this at" in errors_of(answer)[""][0]
    assert sorted(shown(answer)) == sorted([
        ("Caption", "Kapal Sumber Rezeki", False),
        ("Owner of the rights", "Wening Kusumastuti", True),
        ("May be used until", "December 31, 2026", True),
        ("Bureaus that may use it", "Makassar", True),
    ])  # fmt: skip
    assert (value(answer, "caption"), value(answer, "alt_text"), value(answer, "owner")) == (
        "Kapal karam", "Kapal miring", "Wening Kusumastuti",
    )  # fmt: skip
    picture.refresh_from_db()
    assert (picture.caption, picture.alt_text, picture.owner, picture.usable_until) == (
        "Kapal Sumber Rezeki", "Kapal kayu di muara sungai", "Wening Kusumastuti",
        date(2026, 12, 31),
    )  # fmt: skip


def test_sent_once_more_it_replaces_the_other_knowingly(first, second, picture):
    version = opened(first, picture)
    save(
        second,
        url(picture),
        form_of(picture, caption="Kapal Sumber Rezeki", owner="Wening Kusumastuti"),
    )
    refused = first.post(url(picture), form_of(picture, caption="Kapal karam", version=version))

    again = {name: value(refused, name) for name in (*NAMES, "version")}
    answer = first.post(url(picture), form_of(picture, **again))

    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.caption, picture.owner) == ("Kapal karam", "Wening Kusumastuti")


def test_a_focal_point_set_on_the_former_photo_does_not_land_on_the_new_one(first, second, picture):
    version = opened(first, picture)
    save(second, url(picture), form_of(picture, file=another_photo(), focal_x=70))

    typed = form_of(picture, focal_x=10, focal_y=20, caption="Kapal karam", version=version)
    answer = first.post(url(picture), typed)

    assert answer.status_code == 200
    assert ("File", "IMG_1402.jpg", True) in shown(answer)
    assert [int(value(answer, name)) for name in ("focal_x", "focal_y")] == [70, 50]
    assert value(answer, "caption") == "Kapal karam"
    assert "Below stands what you typed" not in text_of(answer)
    picture.refresh_from_db()
    assert (picture.focal, picture.width, picture.caption) == (
        (70, 50), 900, "Kapal nelayan di muara",
    )  # fmt: skip


def test_the_history_names_only_what_was_changed(first, picture):
    save(first, url(picture), form_of(picture, caption="Kapal karam"))
    (line,) = LogEntry.objects.all()
    assert line.get_change_message() == "Keterangan diubah."


def test_words_that_waited_in_the_chooser_overwrite_nothing_unknowingly(first, second, picture):
    was = {f"was_{name}": getattr(picture, name) for name in ("alt_text", "caption", "credit")}
    theirs = {"caption": "Kapal Sumber Rezeki", "credit": "Wening Kusumastuti"}
    save(second, url(picture), form_of(picture, **theirs))
    words = {"alt_text": "Kapal miring", "caption": "Kapal karam", "credit": picture.credit}
    send = f"/articles/picture/{picture.pk}/words/"

    refused = first.post(send, words | was)

    assert refused.status_code == 422
    assert refused.json()["fields"] == {
        "caption": "Somebody else has saved meanwhile: “Kapal Sumber Rezeki”. Press again to"
        " replace it."
    }
    picture.refresh_from_db()
    assert (picture.alt_text, picture.caption, picture.credit) == (
        "Kapal kayu di muara sungai", "Kapal Sumber Rezeki", "Wening Kusumastuti",
    )  # fmt: skip
    now = refused.json()["picture"]
    shown_now = {"was_alt_text": now["alt"], "was_caption": now["caption"]}
    # What they left alone in the credit is the other's, now as before.
    assert first.post(send, words | was | shown_now).status_code == 200
    picture.refresh_from_db()
    assert (picture.alt_text, picture.caption, picture.credit) == (
        "Kapal miring", "Kapal karam", "Wening Kusumastuti",
    )  # fmt: skip
