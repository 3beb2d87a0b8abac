"""The history of a picture: who sent it, and what each change has made of its words and dates."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from tests.desk import in_english, save, text_of
from tests.factories import make_picture, photo_bytes, picture_bytes

NAMES = ("alt_text", "caption", "credit", "source", "licence", "focal_x", "focal_y")


def expect_in_order(said: str, lines: list[str]) -> None:
    places = [said.find(line) for line in lines]
    assert -1 not in places
    assert places == sorted(places)


def test_it_begins_with_the_last_change_and_ends_with_whoever_sent_it(
    desk_client, editor, correspondent, cilacap
):
    in_english(editor)
    picture = make_picture(cilacap, caption="Kapal", uploaded_by=correspondent)
    client, url = desk_client(editor), f"/articles/picture/{picture.pk}/"
    values = {name: getattr(picture, name) for name in NAMES} | {"bureau": cilacap.pk}
    assert "Sent to the library Ratih Purwandari" in text_of(client.get(f"{url}history/"))
    save(client, f"{url}change/", values | {"caption": "Kapal <karam>"})
    again = values | {"caption": "Kapal <karam>", "usable_until": "2026-12-31"}
    save(client, f"{url}change/", again)
    mark = client.get(f"/articles/picture/rights/?picture={picture.pk}").context["lines"][0].choice
    given = {"picture": mark, "owner": "Ratih Purwandari"}
    client.post("/articles/picture/rights/", given)

    said = text_of(client.get(f"{url}history/"))

    lines = [
        "Owner of the rights: empty → Ratih Purwandari",
        "May be used until: empty → December 31, 2026",
        "Caption: Kapal → Kapal <karam>",
        "Sent to the library Ratih Purwandari",
    ]
    expect_in_order(said, lines)
    assert f'href="{url}history/"' in client.get(f"{url}change/").content.decode()


def test_it_names_files_and_choices_as_people_do(desk_client, editor, correspondent, cilacap):
    in_english(editor)
    picture = make_picture(cilacap, uploaded_by=correspondent, caption="", credit="")
    Picture.objects.update(file_name="IMG_1402.jpg")
    client, url = desk_client(editor), f"/articles/picture/{picture.pk}/"
    values = {name: getattr(picture, name) for name in NAMES} | {"bureau": cilacap.pk}
    theirs = {"source": "agency", "licence": "contract", "ai": "altered"}
    save(client, f"{url}change/", values | theirs)
    file = SimpleUploadedFile("DSC_0007.jpg", picture_bytes(90, 60))
    save(client, f"{url}change/", values | theirs | {"file": file})

    said = text_of(client.get(f"{url}history/"))

    lines = [
        "File: IMG_1402.jpg → DSC_0007.jpg",
        "Made or altered with AI: No → Altered with AI",
        "Source: Own photograph → News agency",
        "Licence: The newsroom's own → By contract with an agency",
        "Sent to the library Ratih Purwandari IMG_1402.jpg",
    ]
    expect_in_order(said, lines)


def test_what_a_file_has_brought_is_in_it(desk_client, editor, cilacap):
    in_english(editor)
    picture = make_picture(cilacap, uploaded_by=editor)
    client, url = desk_client(editor), f"/articles/picture/{picture.pk}/"
    values = {name: getattr(picture, name) for name in NAMES} | {"bureau": cilacap.pk}
    file = SimpleUploadedFile("DSC_0007.jpg", photo_bytes(artist="Wening Kusumastuti"))
    save(client, f"{url}change/", values | {"file": file})
    assert "Photographer: empty → Wening Kusumastuti" in text_of(client.get(f"{url}history/"))


def test_of_a_file_that_was_replaced_before_names_were_kept_it_says_none(
    desk_client, editor, cilacap
):
    in_english(editor)
    picture = make_picture(cilacap)
    Picture.objects.update(file_name="DSC_0007.jpg")
    LogEntry.objects.log_actions(editor.pk, [picture], CHANGE, [{"changed": {"fields": ["File"]}}])
    assert (
        "DSC_0007"
        not in text_of(desk_client(editor).get(f"/articles/picture/{picture.pk}/history/"))
        .replace("History: ", "")
        .partition("Sent to the library")[2]
    )
