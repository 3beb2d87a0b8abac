"""What a picture's source, licence and owner say must be possible together, wherever they are said;
what a picture of before has is not held against another change of it."""

import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from articles.rights_table import contradiction_in
from tests.desk import errors_of
from tests.factories import make_picture, photo_bytes

US, THEM = "Ratih Purwandari", "Tribunnews"
OWNERS = {"-": "", "o": US, "a": THEM}
# The owners that each may have: none (-), ours (o), another (a).
TABLE = """
             own  permitted  once  contract  cc-by  cc-by-sa  free
    own      -o   .          .     .         -o     -o        -o
    handout  .    oa         -oa   .         -oa    -oa       -oa
    agency   .    oa         -oa   -a        -oa    -oa       -oa
    citizen  .    oa         -oa   .         -oa    -oa       -oa
    archive  -o   oa         -oa   -a        -oa    -oa       -oa
"""
_HEAD, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
ALLOWED = {
    (source, licence, owner)
    for source, *cells in _ROWS
    for licence, cell in zip(_HEAD, cells, strict=True)
    for owner in cell.replace(".", "")
}
EVERY = sorted(itertools.product([row[0] for row in _ROWS], _HEAD, OWNERS))
UNLIKE = "“Milik redaksi” tidak cocok dengan sumber “Kantor berita”."
WHO = "Tulis pemilik yang memberi izin."
NOT_OURS = (
    "Pemiliknya tertulis Tribunnews; itu tidak cocok dengan “Milik redaksi”. "
    "Perbaiki pemiliknya, atau pilih yang lain."
)
NOT_MINE = NOT_OURS.replace("Milik redaksi", "Foto sendiri")
# Source, licence and owner; the field at which they are refused, with the sentence.
REFUSED = [
    ("agency", "own", "", "licence", UNLIKE),
    ("own", "own", THEM, "owner", NOT_OURS),
    ("own", "free", THEM, "owner", NOT_MINE),
    ("citizen", "permitted", "", "owner", WHO),
]


@pytest.fixture(autouse=True)
def _names(correspondent, publisher):
    assert correspondent.author.name == US


def settled(picture: Picture) -> tuple[str, str, str]:
    picture.refresh_from_db()
    return picture.source, picture.licence, picture.owner


def form_of(client, picture: Picture) -> dict:
    form = client.get(f"/articles/picture/{picture.pk}/change/").context["adminform"].form
    values = {name: form[name].value() for name in form.fields if name != "file"}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_the_table_has_every_source_and_licence():
    assert {row[0] for row in _ROWS} == set(Picture.Source.values)
    assert set(_HEAD) == set(Picture.Licence.values)


def test_source_licence_and_owner_go_together_as_the_table_says(correspondent, cilacap):
    picture = Picture(bureau=cilacap, uploaded_by=correspondent)
    found = set()
    for source, licence, owner in EVERY:
        picture.source, picture.licence, picture.owner = source, licence, OWNERS[owner]
        if contradiction_in(picture) is None:
            found.add((source, licence, owner))
    assert found == ALLOWED


def test_what_is_not_said_yet_contradicts_only_what_it_could_never_be(correspondent, cilacap):
    picture = Picture(bureau=cilacap, uploaded_by=correspondent)
    contradictions = {}
    for source, licence in (("", ""), ("agency", ""), ("", "own"), ("own", ""), ("", "permitted")):
        for owner, name in OWNERS.items():
            picture.source, picture.licence, picture.owner = source, licence, name
            if wrong := contradiction_in(picture):
                contradictions[source, licence, owner] = wrong.field
    assert contradictions == {
        ("", "own", "a"): "owner",
        ("own", "", "a"): "owner",
        ("", "permitted", "-"): "owner",
    }


def test_every_author_of_ours_may_own_what_is_the_newsrooms(editor, correspondent, cilacap):
    picture = Picture(bureau=cilacap, uploaded_by=editor, owner=US.upper())
    assert contradiction_in(picture) is None


@pytest.mark.parametrize(("source", "licence", "owner", "field", "said"), REFUSED)
def test_the_form_of_a_picture_refuses_it_at_the_field_and_changes_nothing(
    desk_client, correspondent, cilacap, source, licence, owner, field, said
):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="citizen", licence="once")
    client = desk_client(correspondent)
    given = {"source": source, "licence": licence, "owner": owner}
    url = f"/articles/picture/{picture.pk}/change/"
    assert errors_of(client.post(url, form_of(client, picture) | given)) == {field: [said]}
    assert settled(picture) == ("citizen", "once", "")


@pytest.mark.parametrize(("source", "licence", "owner", "field", "said"), REFUSED)
def test_a_new_picture_is_refused_likewise_and_leaves_no_file_behind(
    desk_client, correspondent, settings, source, licence, owner, field, said
):
    # The file names the owner, be it that nobody has typed one.
    data = photo_bytes(copyright=owner)
    given = {"source": source, "licence": licence, "bureau": correspondent.author.bureau_id}
    sent = given | {"asked": "true", "file": SimpleUploadedFile("a.jpg", data)}
    response = desk_client(correspondent).post("/articles/picture/add/", sent)
    errors = errors_of(response)
    assert errors.pop("file")
    assert errors == {field: [said]}
    assert response.context["adminform"].form["owner"].value() == owner
    assert not Picture.objects.exists()
    kept = [root.rglob("*.jpg") for root in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT)]
    assert not any(map(list, kept))


@pytest.mark.parametrize(("source", "licence", "owner", "field", "said"), REFUSED)
def test_the_chooser_refuses_it_at_the_field(
    desk_client, correspondent, cilacap, source, licence, owner, field, said
):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="", licence="")
    words = {"alt_text": "Kapal", "caption": "", "credit": "Danu"}
    given = {"source": source, "licence": licence, "owner": owner}
    url = f"/articles/picture/{picture.pk}/words/"
    answer = desk_client(correspondent).post(url, words | given)
    assert (answer.status_code, answer.json()["fields"]) == (422, {field: said})
    assert settled(picture) == ("", "", "")


@pytest.mark.parametrize(("source", "licence", "owner", "field", "said"), REFUSED)
def test_the_form_for_several_refuses_the_pictures_that_would_have_it(
    desk_client, editor, cilacap, source, licence, owner, field, said
):
    # One has the source already, the other would get a licence that it cannot have.
    bare = make_picture(cilacap, source=source, licence="", uploaded_by=editor)
    fine = make_picture(cilacap, source="archive", licence="contract", owner="Antara")
    client = desk_client(editor)
    given = {"picture": [bare.pk, fine.pk], "licence": licence, "owner": owner}
    page = client.get("/articles/picture/rights/", {"picture": [bare.pk, fine.pk]})
    given["picture"] = [line.choice for line in page.context["lines"]]
    response = client.post("/articles/picture/rights/", given)
    whys = {line.picture.pk: str(line.why) for line in response.context["lines"]}
    assert whys == {bare.pk: said}
    assert settled(bare) == (source, "", "")
    assert settled(fine) == ("archive", "contract", "Antara")


def test_the_form_for_several_refuses_at_once_what_no_picture_can_have(
    desk_client, editor, cilacap
):
    picture = make_picture(cilacap, source="", licence="")
    given = {"picture": [picture.pk], "source": "agency", "licence": "own"}
    response = desk_client(editor).post("/articles/picture/rights/", given)
    assert dict(response.context["form"].errors) == {"licence": [UNLIKE]}
    assert settled(picture) == ("", "", "")


def test_a_picture_of_before_is_not_held_up_by_what_it_has(
    desk_client, correspondent, editor, cilacap
):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="agency", owner=THEM)
    client, url = desk_client(correspondent), f"/articles/picture/{picture.pk}/change/"
    assert client.post(url, form_of(client, picture) | {"caption": "Kapal"}).status_code == 302
    words = {"alt_text": "Perahu", "caption": "Kapal", "credit": "Danu", "owner": "x"}
    assert client.post(f"/articles/picture/{picture.pk}/words/", words).status_code == 200
    page = desk_client(editor).get("/articles/picture/rights/", {"picture": [picture.pk]})
    given = {"picture": [page.context["lines"][0].choice], "usable_until": "2027-03-31"}
    desk_client(editor).post("/articles/picture/rights/", given)
    assert settled(picture) == ("agency", "own", THEM)
    assert (picture.caption, picture.alt_text) == ("Kapal", "Perahu")
    assert str(picture.usable_until) == "2027-03-31"


def test_a_picture_of_before_is_mended_by_what_goes_together(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="agency", owner=THEM)
    client, url = desk_client(correspondent), f"/articles/picture/{picture.pk}/change/"
    assert client.post(url, form_of(client, picture) | {"licence": "contract"}).status_code == 302
    assert settled(picture) == ("agency", "contract", THEM)


NAMES = [
    ("creator", "Andi Wartawan Kompas", False),
    ("copyright", "© Kompas", False),
    ("credit", "Kompas/Andi", False),
    ("credit", "Fulan bin Fulan", False),
    ("creator", US, True),
    ("credit", f"Foto: {US}/Bentara", True),
    ("credit", "Wening Kusumastuti", True),  # a colleague
    ("credit", "Wening Kusumastuti Fulan", False),
    ("credit", "Dok. Bentara Cilacap", True),
    ("copyright", "Hak cipta 2026 PT Bentara Media", True),
]


@pytest.mark.parametrize(("name", "value", "is_ours"), NAMES)
def test_an_own_photograph_names_nobody_but_us(
    desk_client, correspondent, editor, cilacap, name, value, is_ours
):
    own = {"source": "own", "licence": "own", "credit": US}
    picture = make_picture(cilacap, uploaded_by=correspondent, **own)
    client, url = desk_client(correspondent), f"/articles/picture/{picture.pk}/change/"
    response = client.post(url, form_of(client, picture) | {name: value})
    said = (
        f"Tertulis {value}; itu tidak cocok dengan “Foto sendiri”. Perbaiki, atau pilih sumber "
        "lain."
    )
    assert errors_of(response) if not is_ours else response.status_code == 302
    if not is_ours:
        assert errors_of(response) == {name: [said]}
        theirs = {name: value, "source": "citizen", "licence": "once"}
        assert client.post(url, form_of(client, picture) | theirs).status_code == 302
    picture.refresh_from_db()
    assert getattr(picture, name) == value
    # What stands there is not held against another change.
    Picture.objects.filter(pk=picture.pk).update(source="own", licence="own")
    assert client.post(url, form_of(client, picture) | {"caption": "Kapal"}).status_code == 302


def test_the_chooser_asks_whose_a_photo_is_that_is_credited_to_another(
    desk_client, correspondent, cilacap
):
    own = {"source": "own", "licence": "own", "credit": US}
    picture = make_picture(cilacap, uploaded_by=correspondent, **own)
    client, url = desk_client(correspondent), f"/articles/picture/{picture.pk}/words/"
    was = {"was_credit": US, "was_source": "own", "was_licence": "own", "was_owner": ""}
    words = {"alt_text": "Kapal", "caption": "", "credit": "Fulan bin Fulan", "owner": ""}
    untouched = words | was | {"source": "own", "licence": "own"}

    refused = client.post(url, untouched)

    assert refused.status_code == 422
    assert set(refused.json()["fields"]) == {"credit", "source", "licence"}
    assert settled(picture) == ("own", "own", "")
    said = {"source": "citizen", "licence": "permitted", "owner": ""}
    assert client.post(url, untouched | said).json()["fields"] == {"owner": WHO}
    said |= {"owner": "Fulan bin Fulan"}
    assert client.post(url, untouched | said).status_code == 200
    assert settled(picture) == ("citizen", "permitted", "Fulan bin Fulan")
    # A page that was open before has no such fields.
    assert client.post(url, words | {"credit": "Danu", "source": ""}).status_code == 200
