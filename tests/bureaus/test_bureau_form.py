"""A bureau in one form: prepared, opened only when it has what a site must have, live at once."""

import pytest
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article, Page, Section
from articles.story_checks import failed_checks
from bureaus.models import Bureau, Network
from tests.desk import ADD as STORY
from tests.desk import errors_of, form_data, messages_of, save, text_of
from tests.factories import (
    approve_story,
    make_author,
    make_bureau,
    make_story,
    make_user,
)

ADD = "/bureaus/bureau/add/"
NEEDED = ("publisher", "address", "person_responsible")
WHO = {
    "publisher": "PT Kabar Bima",
    "address": "Jalan Soekarno-Hatta 4, Bima",
    "person_responsible": "Siti Rahma",
}
SECOND = "An open bureau needs this: fill it in here or at the network."
NO_GUIDELINES = "There are no editorial guidelines yet, nor has the network any. Write them"


@pytest.fixture(autouse=True)
def _english(administrator):
    administrator.language = "en"
    administrator.save()


@pytest.fixture
def guidelines(db):
    Network.objects.get_or_create(pk=1)
    return Page.objects.create(kind="guidelines", body="<p>Pedoman.</p>")


def typed(**more) -> dict:
    data = {
        "name": "Bima",
        "slug": "",
        "custom_domain": "",
        "province": "Nusa Tenggara Barat",
        "time_zone": "Asia/Makassar",
        "amber_after": "60",
        "red_after": "120",
        "breaking_after": "15",
        "accent": "tosca",
        "email": "",
        "phone": "",
        **dict.fromkeys(NEEDED, ""),
    }
    return data | more


def url(bureau: Bureau) -> str:
    return f"/bureaus/bureau/{bureau.pk}/change/"


def test_a_bureau_is_prepared_with_little_and_its_subdomain_made_from_its_name(
    desk_client, administrator
):
    client = desk_client(administrator)
    hukum = Section.objects.get(slug="hukum")

    answer = client.post(ADD, typed(name="Banda Aceh", sections=[hukum.pk]))

    bureau = Bureau.objects.get()
    assert answer["Location"] == url(bureau)
    assert (bureau.slug, bureau.accent, bureau.state) == (
        "banda-aceh", "tosca", Bureau.State.PREPARING,
    )  # fmt: skip
    assert list(bureau.sections.all()) == [hukum]
    page = client.get(url(bureau))
    assert "banda-aceh.bentara.test" in text_of(page)
    assert "In preparation" in text_of(client.get("/bureaus/bureau/"))


@pytest.mark.parametrize("own", [True, False])
def test_it_opens_with_a_masthead_and_guidelines_its_own_or_the_networks(
    desk_client, administrator, guidelines, own
):
    if not own:
        Network.objects.update(**WHO)

    desk_client(administrator).post(
        ADD, typed(is_open="on", is_confirmed="on", **(WHO if own else {}))
    )

    bureau = Bureau.objects.get()
    assert (bureau.is_open, bureau.masthead.publisher) == (True, WHO["publisher"])
    assert bureau.opened_at is not None


@pytest.mark.parametrize("missing", NEEDED)
def test_opening_is_refused_at_the_field_that_is_missing_and_keeps_what_was_typed(
    desk_client, administrator, guidelines, missing
):
    data = typed(
        is_open="on",
        is_confirmed="on",
        sections=[Section.objects.first().pk],
        **WHO | {missing: ""},
    )

    answer = desk_client(administrator).post(ADD, data)

    assert errors_of(answer) == {missing: [SECOND]}
    assert not Bureau.objects.exists()
    form = answer.context["adminform"].form
    for name, value in data.items():
        shown = form[name].value()
        assert shown in (value, True) or [str(each) for each in shown] == [
            str(each) for each in value
        ]


def test_opening_without_guidelines_is_refused_and_leads_to_where_they_are_written(
    desk_client, administrator
):
    bureau = make_bureau("bima", is_open=False)

    answer = save(
        desk_client(administrator),
        url(bureau),
        typed(slug="bima", is_open="on", is_confirmed="on", **WHO),
    )

    assert errors_of(answer) == {"is_open": [NO_GUIDELINES]}
    link = f'href="/articles/page/add/?kind=guidelines&amp;bureau={bureau.pk}"'
    assert link in answer.content.decode()
    Page.objects.create(bureau=bureau, kind="guidelines", body="<p>Pedoman Bima.</p>")
    save(
        desk_client(administrator),
        url(bureau),
        typed(slug="bima", is_open="on", is_confirmed="on", **WHO),
    )
    assert Bureau.objects.get().is_open


def test_everything_that_is_missing_is_said_at_once(desk_client, administrator):
    answer = desk_client(administrator).post(ADD, typed(is_open="on", is_confirmed="on"))

    assert errors_of(answer) == {
        **{name: [SECOND] for name in NEEDED},
        "is_open": [NO_GUIDELINES],
    }


def test_the_checklist_says_what_is_there_and_what_is_missing(
    desk_client, administrator, guidelines
):
    Network.objects.update(publisher="PT Bentara")
    bureau = make_bureau("bima", is_open=False, address="Jalan Soekarno-Hatta 4")

    text = text_of(desk_client(administrator).get(url(bureau)))

    for line in (
        "Publisher: the network’s",
        "Address: its own",
        "Person responsible: still missing",
        "Editorial guidelines: the network’s",
    ):
        assert line in text


def test_an_open_bureau_keeps_what_the_network_has_not(desk_client, administrator, guidelines):
    bureau = make_bureau("bima", **WHO)
    client = desk_client(administrator)

    answer = save(client, url(bureau), typed(slug="bima", **WHO | {"publisher": ""}))

    assert errors_of(answer) == {"publisher": [SECOND]}
    Network.objects.update(publisher="PT Bentara")
    save(client, url(bureau), typed(slug="bima", **WHO | {"publisher": ""}))
    bureau.refresh_from_db()
    assert (bureau.publisher, bureau.masthead.publisher) == ("", "PT Bentara")


def test_an_open_bureau_that_lacks_something_can_still_change_its_colour(
    desk_client, administrator
):
    bureau = make_bureau("bima")

    save(desk_client(administrator), url(bureau), typed(slug="bima", accent="bata"))

    bureau.refresh_from_db()
    assert (bureau.accent, bureau.is_open) == ("bata", True)


def test_a_closed_bureau_opens_again_in_its_form(desk_client, administrator, guidelines):
    bureau = make_bureau("bima", **WHO)
    Bureau.objects.update(is_open=False)
    client = desk_client(administrator)

    answer = save(
        client, url(bureau), typed(name="Bima", slug="bima", is_open="on", is_confirmed="on", **WHO)
    )

    assert messages_of(client, answer) == [
        "“Bima” has been saved. The bureau is open: bima.bentara.test"
    ]
    assert Bureau.objects.get().state == Bureau.State.OPEN


@pytest.mark.parametrize(
    ("domain", "is_refused"),
    [
        ("bentara.test", True),
        ("desk.bentara.test", True),
        ("bima.bentara.test", True),
        ("kabarbima.id", False),
        ("lainbentara.test", False),
    ],
)
def test_a_domain_of_its_own_is_none_of_the_networks(
    desk_client, administrator, domain, is_refused
):
    answer = desk_client(administrator).post(ADD, typed(custom_domain=domain))

    if is_refused:
        assert list(errors_of(answer)) == ["custom_domain"]
    assert Bureau.objects.exists() is not is_refused


@pytest.mark.parametrize("slug", ["desk", "-bima", "bi ma", "bima.", "béma"])
def test_a_subdomain_that_is_no_label_of_a_host_is_refused(desk_client, administrator, slug):
    answer = desk_client(administrator).post(ADD, typed(slug=slug))

    assert list(errors_of(answer)) == ["slug"]
    assert not Bureau.objects.exists()


def test_an_administrator_of_one_bureau_fills_in_the_masthead_and_opens_nothing(
    desk_client, guidelines
):
    bureau = make_bureau("bima", is_open=False)
    user = make_user("sekretaris", ("administrator", bureau))

    save(desk_client(user), url(bureau), typed(slug="lain", is_open="on", is_confirmed="on", **WHO))

    bureau.refresh_from_db()
    assert (bureau.slug, bureau.publisher, bureau.is_open) == ("bima", WHO["publisher"], False)


def test_colours_are_chosen_by_looking_at_them(desk_client, administrator):
    html = desk_client(administrator).get(ADD).content.decode()

    assert html.count('type="radio" name="accent"') == 10
    assert 'role="group" aria-labelledby="id_accent_label"' in html


def test_the_icon_is_drawn_with_the_name_and_colour_in_hand(desk_client, administrator, editor):
    Network.objects.update(name="Tribun")
    drawn = desk_client(administrator).get("/bureaus/bureau/icon.svg?name=Bima&accent=tosca")

    assert drawn["Content-Type"] == "image/svg+xml"
    svg = drawn.content.decode()
    assert ">T</tspan>" in svg
    assert ">B</tspan>" in svg
    other = desk_client(administrator).get("/bureaus/bureau/icon.svg?name=<script>&accent=no")
    assert "<script" not in other.content.decode()
    assert desk_client(editor).get("/bureaus/bureau/icon.svg").status_code == 403


def test_a_site_in_preparation_is_seen_at_the_desk_alone(desk_client, administrator, reader):
    bureau = make_bureau("bima", is_open=False)

    preview = desk_client(administrator).get(f"/bureaus/bureau/{bureau.pk}/preview/")

    assert "The first story from Bima" not in preview.content.decode()  # readers' language
    assert "Berita pertama dari Bima" in preview.content.decode()
    assert preview["X-Robots-Tag"] == "noindex, nofollow"
    assert reader("bima").get("/").status_code == 404


@pytest.mark.parametrize(
    "who", ["correspondent", "editor", "network_editor", "photo_editor", "outsider"]
)
def test_who_administers_nothing_reaches_no_page_of_a_bureau(request, desk_client, cilacap, who):
    client = desk_client(request.getfixturevalue(who))

    for page in ("change", "preview", "close", "history"):
        for method in (client.get, client.post):
            assert method(f"/bureaus/bureau/{cilacap.pk}/{page}/").status_code in (302, 403, 404)
    answer = client.get(f"/bureaus/bureau/{cilacap.pk}/change/", follow=True)
    assert "id_publisher" not in answer.content.decode()


def test_stories_are_written_before_the_bureau_opens_and_go_out_after(desk_client):
    bureau = make_bureau("bima", is_open=False)
    reporter = make_user("penulis", ("reporter", bureau))
    make_author("Lina Sari", bureau=bureau, user=reporter)
    client = desk_client(reporter)

    client.post(STORY, form_data(headline="Kuda Bima", body="<p>Isi.</p>", bureau=bureau.pk))

    story = Article.objects.get()
    assert story.bureau == bureau
    assert "bureau" in [check.name for check in failed_checks(story)]
    Bureau.objects.update(is_open=True, opened_at=timezone.now())
    story = Article.objects.get()
    assert "bureau" not in [check.name for check in failed_checks(story)]


# The network's form


def network(**more) -> dict:
    values = {"name": "Bentara", "printed_domain": "BENTARA.ID", "tagline": "", "accent": "merah"}
    return values | {"email": "", "phone": ""} | WHO | more


@pytest.mark.parametrize("name", NEEDED)
def test_the_network_keeps_what_an_open_bureau_has_from_it_alone(desk_client, administrator, name):
    Network.objects.update_or_create(pk=1, defaults=WHO)
    make_bureau("bima")
    make_bureau("ende")
    make_bureau("sorong", **WHO)
    make_bureau("wamena", is_open=False)

    answer = save(desk_client(administrator), "/bureaus/network/1/change/", network(**{name: ""}))

    assert errors_of(answer) == {name: ["These open bureaus have none of their own: Bima, Ende."]}
    assert getattr(Network.objects.get(), name) == WHO[name]
    Bureau.objects.update(is_open=False)
    save(desk_client(administrator), "/bureaus/network/1/change/", network(**{name: ""}))
    assert getattr(Network.objects.get(), name) == ""


# From the first field to the first reader


def test_a_new_bureau_answers_on_its_host_as_soon_as_it_opens(
    desk_client, administrator, network_editor, reader, guidelines
):
    Network.objects.update(name="Bentara", **WHO)
    desk = desk_client(administrator)
    hukum = Section.objects.get(slug="hukum")
    assert reader("bima").get("/").status_code == 404

    desk.post(ADD, typed(sections=[hukum.pk], email="bima@bentara.id"))
    bureau = Bureau.objects.get()
    desk_client(network_editor).post(
        f"/articles/page/add/?kind=about&bureau={bureau.pk}",
        {"body": "<p>Kami di Bima.</p>", "version": ""},
    )
    assert reader("bima").get("/").status_code == 404
    save(
        desk, url(bureau), typed(slug="bima", sections=[hukum.pk], is_open="on", is_confirmed="on")
    )

    site = reader("bima")
    for path in (
        "/", "/en/", "/teks/", "/terkini", "/rubrik/hukum", "/indeks", "/koreksi", "/redaksi",
        "/pedoman", "/tentang", "/manifest.webmanifest", "/icon.svg", "/icon-192.png",
        "/robots.txt",
    ):  # fmt: skip
        assert site.get(path).status_code == 200, path
    assert "Kami di Bima." in site.get("/tentang").content.decode()
    assert "Pedoman." in site.get("/pedoman").content.decode()
    assert site.get("/manifest.webmanifest").json()["short_name"] == "Bima"
    assert "Bima" in reader().get("/").content.decode()

    reporter = make_user("penulis", ("reporter", bureau))
    make_author("Lina Sari", bureau=bureau, user=reporter)
    story = make_story(reporter, bureau, headline="Kuda Bima", section=hukum)
    approve_story(story, by=reporter, editor=network_editor)
    edition = workflow.publish(story, by=network_editor)
    for path in ("/", "/rubrik/hukum", "/penulis/lina-sari", edition.address.path):
        assert "Kuda Bima" in site.get(path).content.decode(), path


def test_a_bureau_form_from_a_session_that_ended_is_shown_again_and_not_saved(administrator):
    client = Client(headers={"host": "desk.bentara.test"}, enforce_csrf_checks=True)
    own = {"headers": {"origin": "http://desk.bentara.test"}}

    ended = client.post(ADD, typed(), **own)
    assert ("province", "Nusa Tenggara Barat") in ended.context["fields"]

    client.force_login(administrator)
    again = client.post(ADD, typed(), **own)
    assert again.status_code == 403
    assert again.context["adminform"].form["province"].value() == "Nusa Tenggara Barat"
    assert errors_of(again)[""] == ["You have logged in again. Look it over, then press Save."]
    assert not Bureau.objects.exists()


@pytest.mark.parametrize("who", ["correspondent", "editor", "network_editor", "photo_editor"])
def test_a_form_shown_again_opens_no_door(request, cilacap, who):
    client = Client(headers={"host": "desk.bentara.test"}, enforce_csrf_checks=True)
    client.force_login(request.getfixturevalue(who))
    own = {"headers": {"origin": "http://desk.bentara.test"}}

    for path in (ADD, url(cilacap), "/bureaus/user/add/", "/bureaus/network/1/change/"):
        answer = client.post(path, typed(), **own)
        assert answer.status_code in (403, 404), path
        assert "id_publisher" not in answer.content.decode(), path
        assert "id_username" not in answer.content.decode(), path


def test_a_bureau_sets_the_limits_of_its_approval_clock(desk_client, administrator, guidelines):
    bureau = make_bureau("bima", name="Bima", **WHO)
    client = desk_client(administrator)

    limits = {"amber_after": 30, "red_after": 45, "breaking_after": 5}
    save(client, url(bureau), typed(slug="bima", **WHO, **limits))
    refused = save(client, url(bureau), typed(slug="bima", **WHO, amber_after=45, red_after=45))

    bureau.refresh_from_db()
    assert {name: getattr(bureau, name) for name in limits} == limits
    assert errors_of(refused) == {"": ["Red must come after amber."]}
