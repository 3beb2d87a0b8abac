"""Credit and rights for several pictures at once: nothing is overwritten unasked."""

from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from articles.picture_rights import MOST, mark_of
from bureaus.tasks import finish_picture
from tests.desk import messages_of, text_of, words_of
from tests.factories import make_author, make_picture, picture_bytes, publish_story
from tests.queued import work_off

LIBRARY = "/articles/picture/"
RIGHTS = f"{LIBRARY}rights/"


def chosen(*pictures: Picture) -> dict:
    return {"picture": [f"{picture.pk}.{mark_of(picture)}" for picture in pictures]}


OURS = "Wening Kusumastuti"


@pytest.fixture(autouse=True)
def _authors(db):
    for name in ("Danu", "Antara", "Bentara"):
        make_author(name)


def rights(picture: Picture) -> tuple:
    picture.refresh_from_db()
    return picture.credit, picture.owner, picture.licence, picture.usable_until


def whys(response) -> dict[int, str]:
    return {line.picture.pk: str(line.why) for line in response.context["lines"]}


def test_what_a_picture_lacks_is_filled_in_and_what_it_has_stays(desk_client, editor, cilacap):
    bare = make_picture(cilacap, credit="", licence="", source="citizen")
    known = make_picture(
        cilacap, credit="Ratih", owner="Antara", licence="contract", source="agency"
    )
    client = desk_client(editor)
    given = {
        "credit": "Danu/Bentara",
        "owner": "Danu Prasetya",
        "licence": "once",
        "usable_until": "2027-03-31",
    }
    response = client.post(RIGHTS, chosen(bare, known) | given)
    assert messages_of(client, response) == ["2 gambar sudah diubah."]
    until = date(2027, 3, 31)
    assert rights(bare) == ("Danu/Bentara", "Danu Prasetya", "once", until)
    assert rights(known) == ("Ratih", "Antara", "contract", until)


def test_who_would_change_nothing_is_asked_whether_to_replace(desk_client, editor, cilacap):
    pictures = [make_picture(cilacap, credit=name, licence="own") for name in ("Ratih", "Wening")]
    client = desk_client(editor)
    form = chosen(*pictures) | {"credit": "Antara/Danu", "licence": "own"}
    response = client.post(RIGHTS, form)
    assert response.context["form"].errors == {
        "credit": [
            "Tidak ada yang diubah: semua sudah punya isi lain di sini. "
            "Centang di bawah untuk menggantinya."
        ]
    }
    assert [rights(each)[0] for each in pictures] == ["Ratih", "Wening"]
    client.post(RIGHTS, form | {"replace_credit": "on"})
    assert [rights(each)[0] for each in pictures] == ["Antara/Danu", "Antara/Danu"]


def test_what_is_there_is_replaced_where_that_is_asked_for_and_nowhere_else(
    desk_client, editor, cilacap
):
    first = make_picture(
        cilacap, credit="Ratih", owner="Antara", licence="contract", source="agency"
    )
    second = make_picture(cilacap, credit="Wening", owner="", licence="own")
    form = chosen(first, second) | {
        "credit": "Danu/Bentara",
        "replace_credit": "on",
        "owner": "Wening Kusumastuti",
        # Replacing by nothing takes nothing away.
        "replace_usable_until": "on",
        "replace_licence": "on",
    }
    desk_client(editor).post(RIGHTS, form)
    assert rights(first) == ("Danu/Bentara", "Antara", "contract", None)
    assert rights(second) == ("Danu/Bentara", "Wening Kusumastuti", "own", None)


def test_the_page_shows_what_each_picture_has(desk_client, editor, cilacap):
    bare = make_picture(cilacap, caption="", credit="", source="", licence="")
    known = make_picture(cilacap, caption="Pasar pagi", credit="Ratih", owner="Antara")
    Picture.objects.filter(pk=bare.pk).update(file_name="IMG_1402.jpg")
    page = desk_client(editor).get(RIGHTS, {"picture": [bare.pk, known.pk]})
    lines = {line.picture.pk: [value for *_, value in line.has] for line in page.context["lines"]}
    assert lines == {
        bare.pk: ["", "", "", "", "", "", ""],
        known.pk: ["Ratih", "Foto sendiri", "Antara", "Milik redaksi", "", "", ""],
    }
    form = page.context["form"]
    assert [field.value() for field, _replacing in form.pairs()] == [None] * 6 + [False, None]
    said = text_of(page)
    assert "IMG_1402.jpg" in said
    assert "Pasar pagi" in said
    assert "1 dari 2 sudah punya dan tidak diganti." in said


def test_each_refusal_is_told_with_its_file_and_holds_up_no_other(
    desk_client, correspondent, editor, cilacap, makassar
):
    own = make_picture(cilacap, uploaded_by=correspondent, owner="")
    out = make_picture(cilacap, uploaded_by=correspondent, owner="")
    publish_story(correspondent, editor, cilacap, picture=out)
    sent_by_another = make_picture(cilacap, uploaded_by=editor, owner="")
    shared = make_picture(makassar, is_for_all=True, owner="")
    hidden = make_picture(makassar, owner="")
    pictures = (own, out, sent_by_another, shared, hidden)
    response = desk_client(correspondent).post(RIGHTS, chosen(*pictures) | {"owner": OURS})
    assert whys(response) == {
        out.pk: "sudah tayang dalam naskah; redaktur yang mengubahnya.",
        sent_by_another.pk: "dikirim orang lain; dia atau redaktur yang mengubahnya.",
        shared.pk: "milik biro lain; hanya biro itu yang mengubahnya.",
    }
    said = [words_of(str(message)) for message in response.context["messages"]]
    assert said == [
        "1 gambar sudah diubah.",
        f"Gambar nomor {hidden.pk} tidak ada, atau bukan untuk Anda.",
    ]
    assert [rights(picture)[1] for picture in pictures] == [OURS, "", "", "", ""]


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(desk_client, editor, cilacap):
    picture, other = make_picture(cilacap), make_picture(cilacap)
    form = chosen(picture, other) | {"credit": "Danu/Bentara", "replace_credit": "on"}
    Picture.objects.filter(pk=picture.pk).update(credit="Ratih")
    client = desk_client(editor)
    response = client.post(RIGHTS, form)
    assert (rights(picture)[0], rights(other)[0]) == ("Ratih", "Danu/Bentara")
    assert list(whys(response)) == [picture.pk]
    assert "Ratih" in text_of(response)
    # What it has now stands on the page; pressed once more it is replaced knowingly.
    again = [line.choice for line in response.context["lines"]]
    client.post(RIGHTS, form | {"picture": again})
    assert rights(picture)[0] == "Danu/Bentara"


def test_the_same_form_sent_twice_is_no_quarrel(desk_client, editor, cilacap):
    picture = make_picture(cilacap, credit="")
    form = chosen(picture) | {"credit": "Danu/Bentara", "replace_credit": "on"}
    client = desk_client(editor)
    client.post(RIGHTS, form)
    said = messages_of(client, client.post(RIGHTS, form))
    assert said[-1] == "1 gambar sudah lengkap dan tetap seperti semula."
    assert LogEntry.objects.count() == 1


def credit_within(picture: Picture) -> set[bool]:
    """Of every file: whether its own words have the credit that its row has."""
    credit = f"<photoshop:Credit>{picture.credit}</photoshop:Credit>".encode()
    found = set()
    for suffix in picture.made:
        with default_storage.open(picture.name_of(suffix)) as file:
            found.add(credit in file.read())
    return found


def test_the_files_follow_their_credit_later_and_nobody_waits_for_them(
    desk_client, editor, cilacap, monkeypatch
):
    picture = make_picture(cilacap, credit="")
    finish_picture(Picture._meta.label, picture.pk)
    with monkeypatch.context() as patch:
        patch.setattr("newsroom.renditions.bounded.draw", None)  # nothing is drawn meanwhile
        desk_client(editor).post(RIGHTS, chosen(picture) | {"credit": "Danu"})
    picture.refresh_from_db()
    assert (picture.credit, picture.is_finished, credit_within(picture)) == ("Danu", False, {False})
    entry = LogEntry.objects.get(object_id=str(picture.pk))
    assert (entry.user, entry.get_change_message()) == (editor, "Kredit diubah.")

    finish_picture(Picture._meta.label, picture.pk)
    finish_picture(Picture._meta.label, picture.pk)
    picture.refresh_from_db()
    assert (picture.is_finished, credit_within(picture)) == (True, {True})


def test_what_somebody_changed_meanwhile_is_kept_when_the_files_follow(
    desk_client, editor, cilacap
):
    picture = make_picture(cilacap, credit="")
    desk_client(editor).post(RIGHTS, chosen(picture) | {"credit": "Danu"})
    found = Picture.objects.get(pk=picture.pk)
    Picture.objects.filter(pk=picture.pk).update(caption="Kapal kayu", credit="Wening")
    found.finish()
    picture.refresh_from_db()
    assert (picture.caption, picture.credit, credit_within(picture)) == (
        "Kapal kayu",
        "Wening",
        {True},
    )


def test_words_that_come_while_others_are_drawn_are_in_the_files_in_the_end(cilacap, monkeypatch):
    picture = make_picture(cilacap, credit="Danu")
    found = Picture.objects.get(pk=picture.pk)
    draw = found._drawn

    def meanwhile(*arguments):
        picture.credit = "Wening"
        picture.save(draws_later=True)
        return draw(*arguments)

    monkeypatch.setattr(found, "_drawn", meanwhile)
    found.finish()
    for _job in range(2):
        finish_picture(Picture._meta.label, picture.pk)
    picture.refresh_from_db()
    assert (picture.is_finished, credit_within(picture)) == (True, {True})


def test_a_picture_removed_meanwhile_is_let_be(cilacap):
    picture = make_picture(cilacap, credit="")
    picture.credit = "Danu"
    picture.save(draws_later=True)
    found = Picture.objects.get(pk=picture.pk)
    picture.withdraw()
    found.finish()
    assert not Picture.objects.exists()


def test_files_that_go_in_a_month_keep_no_picture_from_being_drawn(cilacap):
    picture = make_picture(cilacap, credit="")
    work_off()
    for credit in ("Danu", "Wening"):
        picture.refresh_from_db()
        picture.credit = credit
        picture.save(draws_later=True)
        work_off()
    picture.refresh_from_db()
    assert (picture.is_finished, credit_within(picture)) == (True, {True})


def test_a_picture_whose_file_is_lost_stays_as_it_was(desk_client, editor, cilacap):
    lost, good = make_picture(cilacap, credit=""), make_picture(cilacap, credit="")
    lost.discard_original()
    response = desk_client(editor).post(RIGHTS, chosen(lost, good) | {"credit": "Danu"})
    assert whys(response) == {lost.pk: "Berkas aslinya sudah tidak ada. Ganti berkasnya."}
    assert (rights(lost)[0], rights(good)[0]) == ("", "Danu")


@pytest.mark.parametrize(("typed", "name"), [({}, ""), ({"usable_until": "besok"}, "usable_until")])
def test_a_form_that_gives_nothing_changes_nothing(desk_client, editor, cilacap, typed, name):
    picture = make_picture(cilacap, credit="")
    response = desk_client(editor).post(RIGHTS, chosen(picture) | typed)
    assert list(response.context["form"].errors) == [name or "__all__"]
    assert response.context["lines"][0].may_be_ticked


def test_too_many_or_none_lead_back_to_the_library(desk_client, editor, cilacap):
    client = desk_client(editor)
    none = client.get(RIGHTS, {"back": "?view=list"})
    assert none["Location"] == f"{LIBRARY}?view=list"
    many = client.post(RIGHTS, {"picture": range(1, MOST + 2), "back": "//example.org/"})
    assert urlsplit(many["Location"])[:3] == ("", "", LIBRARY)
    assert messages_of(client, many)[-1] == (
        f"Paling banyak {MOST} gambar sekaligus. Tidak ada yang diubah."
    )


def test_several_files_without_a_script_lead_to_their_credit(desk_client, correspondent):
    files = [
        SimpleUploadedFile(f"{uuid4()}.jpg", picture_bytes(90, 60 + number), "image/jpeg")
        for number in range(3)
    ]
    response = desk_client(correspondent).post(f"{LIBRARY}upload/", {"file": files})
    numbers = parse_qs(urlsplit(response["Location"]).query)["picture"]
    assert urlsplit(response["Location"]).path == RIGHTS
    assert sorted(map(int, numbers)) == sorted(Picture.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("pictures", [1, 3])
def test_an_editors_page_costs_the_same_for_one_picture_and_for_three(
    desk_client, editor, cilacap, pictures, django_assert_num_queries
):
    numbers = [make_picture(cilacap).pk for _ in range(pictures)]
    client = desk_client(editor)
    client.get(RIGHTS, {"picture": numbers})
    with django_assert_num_queries(8):
        client.get(RIGHTS, {"picture": numbers})


def test_several_are_declared_as_made_with_ai_and_shared_together(
    desk_client, editor, cilacap, makassar, jayapura
):
    bare = make_picture(cilacap)
    known = make_picture(cilacap, ai="altered", shared_with=[jayapura.pk])
    client = desk_client(editor)
    given = {"ai": "made", "shared_with": [makassar.pk, cilacap.pk]}

    client.post(RIGHTS, chosen(bare, known) | given)

    def has(picture):
        picture.refresh_from_db()
        return picture.ai, set(picture.shared_with), picture.is_for_all

    assert has(bare) == ("made", {makassar.pk}, False)  # it may use its own
    assert has(known) == ("altered", {makassar.pk, jayapura.pk}, False)
    page = client.get(RIGHTS, {"picture": [known.pk]})
    rows = {name: value for name, _label, value in page.context["lines"][0].has}
    assert (rows["ai"], rows["shared_with"]) == ("Diubah dengan AI", "Jayapura, Makassar")
    client.post(RIGHTS, chosen(bare, known) | {"is_for_all": "on"})
    assert [has(each)[2] for each in (bare, known)] == [True, True]
    # What was shared meanwhile is not given unseen.
    form = chosen(bare) | {"ai": "altered", "replace_ai": "on"}
    Picture.objects.update(shared_with=[jayapura.pk])
    assert "sudah diubah" in whys(client.post(RIGHTS, form))[bare.pk]
