"""The history of a picture: who sent it, and what each change has made of its words and dates."""

from tests.desk import in_english, save, text_of
from tests.factories import make_picture

NAMES = ("alt_text", "caption", "credit", "source", "licence", "focal_x", "focal_y")


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
    places = [said.find(line) for line in lines]
    assert -1 not in places
    assert places == sorted(places)
    assert f'href="{url}history/"' in client.get(f"{url}change/").content.decode()
