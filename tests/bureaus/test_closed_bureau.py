"""A bureau that closes: its addresses lead on, its stories stay, its people and drafts wait."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition
from articles.story_checks import failed_checks
from bureaus.models import Bureau
from tests.desk import change_url, messages_of, text_of
from tests.factories import (
    approve_story,
    make_section,
    make_story,
    publish_correction,
    publish_next,
    publish_story,
)

HOME = "http://cilacap.bentara.test"
NETWORK = "http://bentara.test"


@pytest.fixture
def edition(correspondent, editor, cilacap):
    return publish_story(correspondent, editor, cilacap, headline="Kapal melaut")


@pytest.fixture
def close(cilacap):
    def close():
        cilacap.is_open = False
        cilacap.save()

    return close


def dated(edition: Edition) -> str:
    day = edition.address.date
    return f"/{day:%Y/%m/%d}/{edition.address.slug}"


def follow(reader, url: str) -> tuple[str, object]:
    """Where a reader ends up, and what is there."""
    for _step in range(5):
        host, _slash, path = url.removeprefix("http://").partition("/")
        response = reader(host.removesuffix("bentara.test").rstrip(".")).get(f"/{path}")
        if response.status_code not in (301, 302):
            return url, response
        assert response.cookies == {}
        url = response["Location"]
    raise AssertionError("round and round")


@pytest.mark.parametrize("prefix", ["", "/en", "/teks", "/teks/en"])
def test_every_address_of_a_closed_bureau_leads_to_the_same_on_the_network(
    reader, edition, close, prefix
):
    story = dated(edition)
    close()

    for path, to in (
        ("/", "/"),
        ("/terkini", "/terkini"),
        ("/rubrik/hukum", "/rubrik/hukum"),
        ("/topik/nelayan", "/topik/nelayan"),
        ("/penulis/ratih-purwandari", "/penulis/ratih-purwandari"),
        ("/indeks", "/indeks"),
        (f"/indeks/{story[1:11]}", f"/indeks/{story[1:11]}"),
        ("/redaksi", "/redaksi"),
        ("/koreksi", "/koreksi"),
        (story, f"/dari/cilacap{story}"),
    ):
        url, response = follow(reader, f"{HOME}{prefix}{path}")
        assert (url, response.status_code) == (f"{NETWORK}{prefix}{to}", 200), path


def test_the_changes_of_a_story_are_read_at_the_network(reader, edition, close):
    publish_correction(edition)
    close()

    url, response = follow(reader, f"{HOME}{dated(edition)}/perubahan")

    assert url == f"{NETWORK}/dari/cilacap{dated(edition)}/perubahan"
    assert response.status_code == 200


def test_an_address_that_a_story_once_had_leads_to_it(reader, edition, close, network_editor):
    old = dated(edition)
    moment = timezone.now() - timedelta(days=40)
    workflow.backdate(edition.article, by=network_editor, printed_at=moment, reason="Arsip.")
    newest = Edition.objects.latest("id")
    close()

    url, response = follow(reader, f"{HOME}{old}")

    assert dated(newest) != old
    assert (url, response.status_code) == (f"{NETWORK}/dari/cilacap{dated(newest)}", 200)


def test_a_retracted_story_says_so_at_the_network(reader, edition, close, editor, network_editor):
    workflow.retract(edition.article, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    close()

    _url, response = follow(reader, f"{HOME}{dated(edition)}")

    assert response.status_code == 410


def test_a_story_of_another_bureau_that_ran_here_leads_home(
    reader, cilacap, makassar, other_editor, network_editor, close
):
    edition = publish_story(other_editor, network_editor, makassar)
    workflow.place(edition.article, by=network_editor, bureau=cilacap)
    path = f"/dari/makassar{dated(edition)}"
    assert reader("cilacap").get(path).status_code == 200
    close()

    url, response = follow(reader, f"{HOME}{path}")

    assert (url, response.status_code) == (f"http://makassar.bentara.test{dated(edition)}", 200)


def test_an_address_that_never_was_ends_in_the_networks_404(reader, edition, close):
    close()

    for path in ("/tidak/ada", "/2020/01/01/tidak-ada", "/en/nothing"):
        url, response = follow(reader, HOME + path)
        assert response.status_code == 404
        assert url.startswith(NETWORK)


def test_a_domain_of_its_own_leads_on_too(edition, cilacap, close):
    Bureau.objects.update(custom_domain="kabarcilacap.id")
    cilacap.refresh_from_db()
    close()

    response = Client(headers={"host": "kabarcilacap.id"}).get(dated(edition))

    assert response["Location"] == f"{NETWORK}/dari/cilacap{dated(edition)}"


def test_no_page_of_others_links_to_the_closed_host(reader, edition, close, makassar):
    edition.article.tags.add("nelayan")
    close()

    for label in ("", "makassar"):
        for path in ("/", "/terkini", "/en/"):
            html = reader(label).get(path).content.decode()
            assert not re.findall(r'href="http://cilacap\.[^"]*"', html), path
    assert f"{NETWORK}/dari/cilacap{dated(edition)}" in reader().get("/").content.decode()


def test_the_host_is_named_so_that_opening_again_evicts_its_redirects(
    reader, edition, close, cilacap
):
    close()

    response = reader("cilacap").get("/")

    assert response["Surrogate-Key"].split() == ["network", f"bureau:{cilacap.pk}"]


def test_when_it_opens_again_everything_is_where_it_was(reader, edition, close, cilacap):
    close()
    cilacap.is_open = True
    cilacap.save()

    assert reader("cilacap").get("/").status_code == 200
    assert reader("cilacap").get(dated(edition)).status_code == 200
    url, _response = follow(reader, f"{NETWORK}/dari/cilacap{dated(edition)}")
    assert url == f"{HOME}{dated(edition)}"


def test_what_is_scheduled_goes_live_at_the_networks_address(
    reader, close, cilacap, correspondent, editor
):
    article = make_story(correspondent, cilacap, headline="Besok")
    approve_story(article, by=correspondent, editor=editor)
    edition = workflow.schedule(article, by=editor, at=timezone.now() + timedelta(seconds=1))
    close()
    url = f"{NETWORK}/dari/cilacap{dated(edition)}"
    assert follow(reader, url)[1].status_code in (404, 200)

    deadline = timezone.now() + timedelta(seconds=3)
    while (response := follow(reader, url)[1]).status_code != 200:
        assert timezone.now() < deadline
    assert "Besok" in response.content.decode()


# At the desk


def url_of(bureau, page="change") -> str:
    return f"/bureaus/bureau/{bureau.pk}/{page}/"


@pytest.fixture
def english(administrator, editor):
    for user in (administrator, editor):
        user.language = "en"
        user.save()


def test_the_page_of_closing_says_what_happens_and_does_nothing_yet(
    desk_client, administrator, english, edition, cilacap, correspondent, editor
):
    make_story(correspondent, cilacap)
    article = make_story(correspondent, cilacap, headline="Terjadwal besok")
    approve_story(article, by=correspondent, editor=editor)
    workflow.schedule(article, by=editor, at=timezone.now() + timedelta(days=1))

    text = text_of(desk_client(administrator).get(url_of(cilacap, "close")))

    assert "1 live story stays readable, at the network’s address" in text
    assert "1 scheduled edition still goes live at its time, there: Terjadwal besok" in text
    assert "1 story that is not out yet stays at the desk." in text
    assert "2 people who work here keep their roles and logins." in text
    cilacap.refresh_from_db()
    assert cilacap.is_open


def test_closing_and_opening_again_lose_nothing(
    desk_client, administrator, english, edition, cilacap, correspondent, makassar
):
    draft = make_story(correspondent, cilacap)
    client = desk_client(administrator)

    answer = client.post(url_of(cilacap, "close"))

    assert messages_of(client, answer) == [
        "Cilacap is closed. Its stories are read at the network’s address."
    ]
    cilacap.refresh_from_db()
    assert (cilacap.is_open, cilacap.state) == (False, Bureau.State.CLOSED)
    assert cilacap.opened_at is not None
    assert [check.name for check in failed_checks(draft)] == ["bureau"]
    assert desk_client(correspondent).get(change_url(draft)).status_code == 200
    assert correspondent.memberships.count() == 1

    cilacap.is_open = True
    cilacap.save()
    assert failed_checks(Article.objects.get(pk=draft.pk)) == []


@pytest.mark.parametrize("who", ["correspondent", "editor", "network_editor", "photo_editor"])
def test_only_the_networks_administrators_close_a_bureau(request, desk_client, cilacap, who):
    client = desk_client(request.getfixturevalue(who))

    assert client.get(url_of(cilacap, "close")).status_code == 403
    assert client.post(url_of(cilacap, "close")).status_code == 403
    cilacap.refresh_from_db()
    assert cilacap.is_open


def test_a_closed_bureaus_next_edition_waits_for_it_to_open(
    edition, close, correspondent, editor, cilacap
):
    close()

    with pytest.raises(workflow.Incomplete):
        publish_next(edition.article, by=correspondent, editor=editor, headline="Baru")


def test_a_closed_bureau_is_listed_as_closed(desk_client, administrator, english, cilacap, close):
    make_section("olahraga", "Olahraga")
    close()
    client = desk_client(administrator)

    assert "Closed" in text_of(client.get("/bureaus/bureau/"))
    assert client.get(url_of(cilacap, "close")).status_code == 302
    for state, count in (("closed", 1), ("open", 0), ("preparing", 0)):
        found = client.get(f"/bureaus/bureau/?state={state}")
        assert found.context["cl"].result_count == count


def test_a_way_on_is_forgotten_as_soon_as_a_page_so_that_reopening_is_seen(reader, close):
    close()
    response = reader("cilacap").get("/terkini")
    assert response.status_code == 301
    assert int(response.headers["Cache-Control"].rpartition("s-maxage=")[2]) <= 60
