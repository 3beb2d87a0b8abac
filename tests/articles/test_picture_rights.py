"""Whose a picture is, how long and where it may be used, and whether a machine made it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles import workflow
from articles.checked_text import Text
from articles.models import Article, Picture
from articles.refusals import WorkflowError
from articles.story_checks import advice_for, demands_not_met
from tests.desk import text_of
from tests.factories import approve_story, make_picture, make_story, photo_bytes, publish_story


def today(bureau):
    return timezone.now().astimezone(bureau.zone).date()


def names(checks) -> set[str]:
    return {check.name for check in checks} & {"right_over", "right_ending", "not_shared"}


@pytest.mark.parametrize(
    ("days", "demands", "advice"),
    [
        (None, set(), set()),
        (30, set(), set()),
        (7, set(), {"right_ending"}),
        (0, set(), {"right_ending"}),
        (-1, {"right_over"}, set()),
    ],
)
def test_a_right_warns_before_it_ends_and_blocks_after(
    correspondent, cilacap, days, demands, advice
):
    until = today(cilacap) + timedelta(days=days) if days is not None else None
    story = make_story(correspondent, cilacap, picture=make_picture(cilacap, usable_until=until))
    text = Text.of(story)
    assert (names(demands_not_met(text)), names(advice_for(text))) == (demands, advice)


def test_a_story_whose_picture_may_not_be_used_any_more_is_not_published(
    correspondent, editor, cilacap
):
    picture = make_picture(cilacap)
    story = make_story(correspondent, cilacap, picture=picture)
    approve_story(story, by=correspondent, editor=editor)
    picture.usable_until = today(cilacap) - timedelta(days=1)
    picture.save()
    with pytest.raises(WorkflowError):
        workflow.publish(story, by=editor)


@pytest.mark.parametrize(
    ("shared", "demands"),
    [({}, {"not_shared"}), ({"is_for_all": True}, set()), ({"with": True}, set())],
)
def test_another_bureaus_picture_is_published_only_when_it_is_shared(
    correspondent, cilacap, makassar, shared, demands
):
    more = {"shared_with": [cilacap.pk]} if shared.pop("with", False) else shared
    story = make_story(correspondent, cilacap, picture=make_picture(makassar, **more))
    assert names(demands_not_met(Text.of(story))) == demands


@pytest.mark.parametrize(
    ("path", "label"),
    [("", "Dibuat dengan AI"), ("/en", "Made with AI"), ("/teks", "Dibuat dengan AI")],
)
def test_readers_are_told_beside_the_credit_that_a_machine_made_a_picture(
    reader, correspondent, editor, cilacap, path, label
):
    edition = publish_story(
        correspondent, editor, cilacap, picture=make_picture(cilacap, ai="made")
    )
    html = reader("cilacap").get(f"{path}{edition.address.path}").content.decode()
    caption = html[html.index("<figcaption") : html.index("</figcaption>")]
    assert caption.index("Danu Prasetya") < caption.index(label)


@pytest.mark.parametrize(
    "verb", ["", "publish", "schedule", "approve_and_publish", "approve_and_schedule"]
)
@pytest.mark.parametrize(("ai", "label"), [("", None), ("altered", "Diubah dengan AI")])
def test_the_desk_sees_the_same_label_on_the_story_and_before_it_publishes(
    desk_client, correspondent, editor, cilacap, verb, ai, label
):
    story = make_story(correspondent, cilacap, picture=make_picture(cilacap, ai=ai))
    if verb in ("publish", "schedule"):
        approve_story(story, by=correspondent, editor=editor)
    elif verb:
        workflow.submit(story, by=correspondent)
        workflow.claim(story, by=editor)
    page = f"/articles/article/{story.pk}/" + (f"verb/{verb}/" if verb else "change/")
    said = text_of(desk_client(editor).get(page))
    labels = [each for each in ("Dibuat dengan AI", "Diubah dengan AI") if each in said]
    assert labels == ([label] if label else [])


def test_ai_is_declared_where_reporters_send_pictures(desk_client, correspondent, cilacap):
    client = desk_client(correspondent)
    picture = make_picture(cilacap, uploaded_by=correspondent)
    chooser = client.get("/articles/picture/choose/").content.decode()
    field = chooser[chooser.index('name="ai"') :]
    offered = re.findall(r'<option value="([^"]*)">', field[: field.index("</select>")])
    assert offered == ["", "made", "altered"]
    url = f"/articles/picture/{picture.pk}/words/"
    words = {"alt_text": "Kapal kayu", "caption": "Kapal", "credit": "Danu Prasetya"}
    told = client.post(url, words | {"ai": "altered"}).json()
    assert (told["ai"], told["aiLabel"]) == ("altered", "Diubah dengan AI")
    # A page that was open before has no such field.
    assert client.post(url, words).json()["ai"] == "altered"
    assert client.post(url, words | {"ai": "x"}).status_code == 422
    assert client.post(url, words | {"ai": ""}).json()["ai"] == ""


def test_a_photograph_bears_no_such_label(reader, correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap, picture=make_picture(cilacap))
    html = reader("cilacap").get(edition.address.path).content.decode()
    assert "figure__ai" not in html


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Gambar dibuat dengan AI"),
        ("/rubrik/hukum", "Gambar dibuat dengan AI"),
        ("/en/", "Picture made with AI"),
        ("/teks/", ""),
    ],
)
def test_readers_of_fronts_and_lists_are_told_of_it_where_they_see_the_picture(
    reader, correspondent, editor, cilacap, path, label
):
    publish_story(correspondent, editor, cilacap, picture=make_picture(cilacap))
    html = reader("cilacap").get(path).content.decode()
    assert "teaser__ai" not in html

    publish_story(correspondent, editor, cilacap, picture=make_picture(cilacap, ai="made"))
    html = reader("cilacap").get(path).content.decode()
    assert re.findall(r'"teaser__ai">([^<]*)<', html) == ([label] if label else [])


def owned_by(owner: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("kapal.jpg", photo_bytes(copyright=owner), "image/jpeg")


@pytest.mark.parametrize(
    ("owner", "licence"),
    [
        ("", "own"),
        ("(c) 2026 PT Bentara Media", "own"),
        ("Copyright Ratih Purwandari", "own"),
        ("(c) Kantor Berita Nusantara", ""),
        ("Pemkab Cilacap", ""),
    ],
)
def test_what_is_somebody_elses_by_its_file_is_not_taken_for_our_own(
    desk_client, correspondent, publisher, cilacap, owner, licence
):
    file = owned_by(owner)
    client = desk_client(correspondent)
    headers = {"accept": "application/json"}
    told = client.post("/articles/picture/upload/", {"file": file}, headers=headers).json()
    picture = Picture.objects.get()
    assert (picture.licence, picture.source, picture.owner) == (licence, licence, owner)
    assert (told["licence"], told["owner"]) == (licence, owner)


@pytest.mark.parametrize(
    ("name", "is_passed_on"),
    [
        ("WhatsApp Image 2026-11-30 at 10.05.05.jpeg", True),
        ("WhatsApp_Image_2026-11-30_at_10.05.05.jpeg", True),
        ("IMG-20261130-WA0003.jpg", True),
        ("photo_2026-11-30_10-05-05.jpg", True),
        ("signal-2026-11-30-100505.jpeg", True),
        ("FB_IMG_1732948572.jpg", True),
        ("received_1048576.jpeg", True),
        ("Screenshot_20261130-100505.png", True),
        ("Tangkapan Layar 2026-11-30.png", True),
        ("Cuplikan layar 2026-11-30.png", True),
        ("IMG_20261130_100505.jpg", False),
        ("IMG_4711.jpeg", False),
        ("DSC_0042.JPG", False),
        ("20261130_100505.jpg", False),
        ("received-by-the-mayor.jpg", False),
        ("kapal.jpg", False),
    ],
)
def test_what_went_through_others_hands_is_not_its_senders_without_a_word(
    desk_client, correspondent, publisher, cilacap, name, is_passed_on
):
    file = SimpleUploadedFile(name, photo_bytes())
    client, headers = desk_client(correspondent), {"accept": "application/json"}
    told = client.post("/articles/picture/upload/", {"file": file}, headers=headers).json()
    picture = Picture.objects.get()
    own = ("own", "own", correspondent.author.name)
    assert (picture.licence, picture.source, picture.credit) == (
        ("", "", "") if is_passed_on else own
    )
    assert told["licence"] == picture.licence


def test_whoever_sent_it_says_with_what_right_it_is_used_and_the_desk_is_told_till_then(
    desk_client, correspondent, cilacap
):
    picture = make_picture(cilacap, uploaded_by=correspondent, licence="", source="")
    story = make_story(correspondent, cilacap, picture=picture)
    assert [check.name for check in demands_not_met(Text.of(story))] == ["whose"]
    assert "licence" not in {check.name for check in advice_for(Text.of(story))}
    client = desk_client(correspondent)
    assert "tanpa lisensi" in text_of(client.get("/articles/picture/?lacks=licence"))
    page = client.get(f"/articles/picture/{picture.pk}/change/")
    form = page.context["adminform"].form
    assert {name: form[name].field.choices[0][0] for name in ("licence", "source")} == {
        "licence": "",
        "source": "",
    }
    words = {"alt_text": "Kapal kayu", "caption": "Kapal", "credit": "KBN"}
    url = f"/articles/picture/{picture.pk}/words/"
    assert client.post(url, words | {"licence": ""}).status_code == 422
    assert client.post(url, words | {"licence": "permitted"}).status_code == 422
    said = {"licence": "permitted", "source": "citizen", "owner": "Danu"}
    assert client.post(url, words | said).status_code == 200
    picture.refresh_from_db()
    assert picture.licence == "permitted"
    story.refresh_from_db()
    assert "licence" not in {check.name for check in advice_for(Text.of(story))}


@pytest.mark.parametrize("lacking", ["alt_text", "credit", "licence"])
def test_what_a_picture_lacks_is_mended_on_its_own_page(
    desk_client, correspondent, cilacap, lacking
):
    picture = make_picture(cilacap, uploaded_by=correspondent, **{lacking: ""})
    story = make_story(correspondent, cilacap, picture=picture)
    page = desk_client(correspondent).get(f"/articles/article/{story.pk}/change/")
    place = f"/articles/picture/{picture.pk}/change/#id_{lacking}"
    assert f'<a href="{place}">' in page.content.decode()
    form = desk_client(correspondent).get(place)
    assert f'id="id_{lacking}"' in form.content.decode()


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "hak berakhir hari ini"), (1, "hak berakhir 1 hari lagi"), (-1, "hak sudah berakhir")],
)
def test_the_library_says_when_a_right_ends(desk_client, editor, cilacap, days, said):
    make_picture(cilacap, usable_until=today(cilacap) + timedelta(days=days))
    assert said in text_of(desk_client(editor).get("/articles/picture/?view=list"))


@pytest.mark.parametrize(
    ("said", "demands", "advice"),
    [
        ({}, set(), set()),
        ({"licence": ""}, set(), {"licence"}),
        ({"source": ""}, set(), set()),
        ({"source": "", "licence": ""}, {"whose"}, set()),
    ],
)
@pytest.mark.parametrize("is_placed", [False, True])
def test_a_picture_of_which_nobody_has_said_whose_it_is_holds_its_story_back(
    correspondent, cilacap, said, demands, advice, is_placed
):
    picture = make_picture(cilacap, **said)
    html = f'<p>Kapal.</p><figure data-object="picture" data-id="{picture.pk}"></figure>'
    more = {"body": html} if is_placed else {"picture": picture}
    text = Text.of(make_story(correspondent, cilacap, **more))

    def found(checks) -> set[str]:
        names = {check.name.removeprefix("pictures_") for check in checks}
        return names & {"whose", "licence"}

    assert (found(demands_not_met(text)), found(advice_for(text))) == (demands, advice)


def test_what_readers_have_seen_so_holds_nothing_back(correspondent, editor, cilacap):
    picture = make_picture(cilacap)
    edition = publish_story(correspondent, editor, cilacap, picture=picture)
    Picture.objects.update(source="", licence="")
    text = Text.of(Article.objects.get(pk=edition.article_id))
    assert demands_not_met(text) == []
    assert "licence" in {check.name for check in advice_for(text)}


@pytest.mark.parametrize(
    ("ai", "line"), [("", "Foto: Danu"), ("altered", "Foto: Danu"), ("made", "Gambar: Danu")]
)
def test_what_a_machine_has_made_is_called_no_photo(
    desk_client, correspondent, editor, cilacap, ai, line
):
    picture = make_picture(cilacap, ai=ai, credit="Danu")
    story = make_story(correspondent, cilacap, picture=picture)
    page = f"/articles/article/{story.pk}/change/"
    for user in (correspondent, editor):
        assert line in text_of(desk_client(user).get(page))
    assert picture.credit_line == line


def test_the_check_of_whose_a_picture_is_leads_to_its_source(desk_client, correspondent, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent, source="", licence="")
    story = make_story(correspondent, cilacap, picture=picture)
    client = desk_client(correspondent)
    html = client.get(f"/articles/article/{story.pk}/change/").content.decode()
    page = f"/articles/picture/{picture.pk}/change/"
    assert f'href="{page}#id_source"' in html
    assert 'id="id_source"' in client.get(page).content.decode()
