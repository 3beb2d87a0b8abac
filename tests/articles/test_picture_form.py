"""Pictures at the desk: who may send and change them, and what a file that is none says."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from articles.models import Picture
from articles.picture_form import PictureForm
from tests.desk import errors_of, save
from tests.factories import make_picture, make_story, picture_bytes, publish_story

ADD = "/articles/picture/add/"
WORDS = {
    "alt_text": "Kapal kayu di muara",
    "credit": "Ratih Purwandari",
    "caption": "Kapal nelayan",
    "source": "own",
    "licence": "own",
}


def upload(content: bytes, name: str = "IMG_1402.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture(autouse=True)
def _english(correspondent):
    correspondent.language = "en"
    correspondent.save()


def test_a_reporter_sends_a_picture_to_the_own_bureau(desk_client, correspondent, cilacap):
    desk_client(correspondent).post(
        ADD, {**WORDS, "bureau": cilacap.pk, "file": upload(picture_bytes())}
    )

    picture = Picture.objects.get()
    assert (picture.bureau, picture.uploaded_by, picture.credit, picture.width) == (
        cilacap,
        correspondent,
        "Ratih Purwandari",
        1200,
    )


@pytest.mark.parametrize(
    ("sent", "words", "called"),
    [
        ("IMG_1402.jpg", {"caption": "Kapal nelayan"}, "Kapal nelayan"),
        ("IMG_1402.jpg", {"alt_text": "Kapal kayu"}, "Tanpa keterangan (IMG_1402.jpg)"),
        (r"C:\\foto\\IMG_1402.jpg", {}, "Tanpa keterangan (IMG_1402.jpg)"),
        (
            "WhatsApp Image 2026-11-24 at 14.02.11 (1).jpg",
            {},
            "Tanpa keterangan (WhatsApp Image 202…1 (1).jpg)",
        ),
        ("", {"taken_on": date(2026, 11, 24)}, "Tanpa keterangan (24 November 2026)"),
    ],
)
def test_a_picture_is_called_by_its_caption_its_file_or_its_date_and_never_by_a_number(
    cilacap, sent, words, called
):
    nothing = {"caption": "", "alt_text": ""}
    file = upload(picture_bytes(), sent) if sent else None
    picture = Picture(bureau=cilacap, **{**nothing, **words})
    if file:
        file._name = sent  # Django's own leaves folders out, whoever hands it over
        picture.receive(file)
    assert str(picture) == called
    assert "IMG" not in picture.public_name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "kosong.jpg"),
        (b"bukan gambar", "catatan.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "gambar.svg"),
        (picture_bytes()[:900], "putus.jpg"),
        (picture_bytes(kind="GIF"), "gerak.gif"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_at_its_field_and_the_words_stay(
    desk_client, correspondent, cilacap, content, name
):
    response = desk_client(correspondent).post(
        ADD, {**WORDS, "bureau": cilacap.pk, "file": upload(content, name)}
    )

    form = response.context["adminform"].form
    assert list(errors_of(response)) == ["file"]
    assert {field: form[field].value() for field in WORDS} == WORDS
    assert not Picture.objects.exists()


def test_the_refusal_names_the_file_and_what_to_do(desk_client, correspondent, cilacap):
    response = desk_client(correspondent).post(
        ADD, {**WORDS, "bureau": cilacap.pk, "file": upload(picture_bytes()[:900], "putus.jpg")}
    )

    assert errors_of(response)["file"] == [
        "putus.jpg: The file is damaged or broke off on the way. Send it again."
    ]


def test_a_reporter_cannot_put_a_picture_into_another_bureau(desk_client, correspondent, makassar):
    desk_client(correspondent).post(
        ADD, {**WORDS, "bureau": makassar.pk, "file": upload(picture_bytes())}
    )

    assert not Picture.objects.exists()


def test_a_picture_that_readers_see_is_changed_by_editors_alone(
    desk_client, correspondent, editor, cilacap
):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    make_story(correspondent, cilacap, picture=picture)
    url = f"/articles/picture/{picture.pk}/change/"
    typed = {**WORDS, "bureau": cilacap.pk}

    save(desk_client(correspondent), url, {**typed, "caption": "Sebelum terbit"})
    picture.refresh_from_db()
    assert picture.caption == "Sebelum terbit"

    publish_story(correspondent, editor, cilacap, picture=picture)
    refused = desk_client(correspondent).post(url, {**typed, "caption": "Diam-diam"})
    save(desk_client(editor), url, {**typed, "credit": "Wening Kusumastuti", "caption": "Redaktur"})

    picture.refresh_from_db()
    assert refused.status_code == 403
    assert (picture.caption, picture.credit) == ("Redaktur", "Wening Kusumastuti")


def test_a_reporter_changes_no_picture_of_a_colleague(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap)
    url = f"/articles/picture/{picture.pk}/change/"

    response = desk_client(correspondent).post(url, {**WORDS, "bureau": cilacap.pk})

    assert response.status_code == 403
    assert desk_client(correspondent).get(url).status_code == 200


def test_who_may_only_look_reads_what_is_known_and_no_form(
    desk_client, correspondent, cilacap, makassar
):
    picture = make_picture(
        cilacap, caption="Kapal", alt_text="", credit="Wening", shared_with=[makassar.pk]
    )
    correspondent.language = "id"
    correspondent.save()
    page = desk_client(correspondent).get(f"/articles/picture/{picture.pk}/change/")
    assert dict(page.context["facts"]) == {
        "teks alternatif": "",
        "keterangan": "Kapal",
        "kredit": "Wening",
        "dibuat atau diubah dengan AI": "Tidak",
        "lisensi": "Milik redaksi",
        "biro": "Cilacap",
        "biro lain yang boleh memakainya": "Makassar",
        "sumber": "Foto sendiri",
    }
    html = page.content.decode()
    assert "icon-no" not in html
    assert "Pisahkan dengan koma" not in html


def test_the_photo_editor_mends_the_words_of_pictures_of_every_bureau(
    desk_client, photo_editor, makassar
):
    picture = make_picture(makassar, alt_text="")

    url = f"/articles/picture/{picture.pk}/change/"
    save(desk_client(photo_editor), url, {**WORDS, "bureau": makassar.pk})

    picture.refresh_from_db()
    assert picture.alt_text == "Kapal kayu di muara"


def test_a_picture_added_beside_a_story_goes_straight_into_it(desk_client, correspondent, cilacap):
    response = desk_client(correspondent).post(
        f"{ADD}?_popup=1&_to_field=id",
        {**WORDS, "bureau": cilacap.pk, "file": upload(picture_bytes()), "_popup": 1},
    )

    picture = Picture.objects.get()
    assert f"&quot;value&quot;: &quot;{picture.pk}&quot;" in response.content.decode()


@pytest.mark.parametrize("count", [1, 9])
def test_the_library_reads_the_same_number_of_queries_for_one_picture_and_for_many(
    desk_client, django_assert_num_queries, correspondent, cilacap, count
):
    for _ in range(count):
        make_picture(cilacap)
    client = desk_client(correspondent)
    client.get("/articles/picture/")

    with django_assert_num_queries(9):
        client.get("/articles/picture/")


def test_a_picture_is_not_shared_with_its_own_bureau(
    desk_client, correspondent, network_editor, cilacap, makassar
):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    url = f"/articles/picture/{picture.pk}/change/"

    def offered(client, address):
        form = client.get(address).context["adminform"].form
        return set(form.fields["shared_with"].queryset)

    assert offered(desk_client(correspondent), url) == {makassar}
    assert offered(desk_client(correspondent), ADD) == {makassar}
    client = desk_client(network_editor)
    assert offered(client, ADD) == {cilacap, makassar}
    # Moved to the other bureau in the same press.
    save(client, url, {**WORDS, "bureau": makassar.pk, "shared_with": [makassar.pk]})
    picture.refresh_from_db()
    assert (picture.bureau, picture.shared_with) == (makassar, [])


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1825-05-01", "Before 1839 nobody took photographs. Check the year."),
        ("1839-01-01", None),
        ("2026-12-01", None),  # in Cilacap it is that day already
        ("2026-12-02", "This day is still to come."),
        ("2027-05-01", "This day is still to come."),
    ],
)
def test_a_photo_was_taken_on_a_day_that_can_be(correspondent, cilacap, monkeypatch, day, said):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 30, 17, 30, tzinfo=UTC))
    form = PictureForm({**WORDS, "bureau": cilacap.pk, "taken_on": day, "ai": ""}, instance=picture)
    with translation.override("en"):
        assert form.errors == ({"taken_on": [said]} if said else {})


def test_a_clock_that_was_wrong_says_no_day(cilacap):
    picture = Picture(bureau=cilacap)
    picture.words_received({"taken": "2099-01-01"})
    assert picture.taken_on is None


def test_the_former_file_is_not_deleted_without_another(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    url = f"/articles/picture/{picture.pk}/change/"
    typed = {**WORDS, "bureau": cilacap.pk, "drops_former": "on"}
    errors = errors_of(desk_client(correspondent).post(url, typed))
    assert errors["drops_former"] == ["Choose the file that takes its place, or untick this."]
