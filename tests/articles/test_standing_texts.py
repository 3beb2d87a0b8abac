"""The desk's standing pages: the network's texts, a bureau's own, and falling back."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from articles.models import Page
from bureaus.models import Network
from tests.desk import errors_of, messages_of, text_of
from tests.factories import make_bureau, make_user

LIST = "/articles/page/"


@pytest.fixture(autouse=True)
def _english(network_editor, editor):
    Network.objects.get_or_create(pk=1)
    for user in (network_editor, editor):
        user.language = "en"
        user.save()


@pytest.fixture
def guidelines(db):
    Network.objects.get_or_create(pk=1)
    return Page.objects.create(kind="guidelines", body="<p>Pedoman jaringan.</p>")


def add(kind: str, bureau=None, **more) -> str:
    query = {"kind": kind} | ({"bureau": bureau.pk} if bureau else {}) | more
    return f"{LIST}add/?" + "&".join(f"{name}={value}" for name, value in query.items())


def url(page: Page, name: str = "change") -> str:
    return f"{LIST}{page.pk}/{name}/"


def version(client, page: Page) -> str:
    return client.get(url(page)).context["adminform"].form["version"].value()


# page of:           list  network  Cilacap  Makassar
ALLOWED = {
    "correspondent":        (403, 404, 404, 404),
    "editor":               (200, 404, 200, 404),
    "other_editor":         (200, 404, 404, 200),
    "bureau_administrator": (200, 404, 200, 404),
    "network_editor":       (200, 200, 200, 200),
    "administrator":        (200, 200, 200, 200),
    "photo_editor":         (403, 404, 404, 404),
    "outsider":             (302, 302, 302, 302),
}  # fmt: skip


@pytest.fixture
def bureau_administrator(cilacap):
    return make_user("sekretaris", ("administrator", cilacap))


@pytest.mark.parametrize("who", ALLOWED)
def test_who_writes_which_text(request, desk_client, cilacap, makassar, who):
    client = desk_client(request.getfixturevalue(who))
    sites = (None, cilacap, makassar)
    pages = [Page.objects.create(kind="about", bureau=site, body="<p>Lama.</p>") for site in sites]

    def refused(status: int) -> int:
        return 404 if status == 403 else status

    found = [client.get(LIST).status_code]
    for page, site in zip(pages, sites, strict=True):
        statuses = {
            refused(client.get(url(page)).status_code),
            refused(client.get(url(page, "delete")).status_code),
            refused(client.get(url(page, "history")).status_code),
            refused(client.get(add("privacy", site)).status_code),
        }
        assert len(statuses) == 1, (site, statuses)
        found += statuses
        is_shown = client.get(url(page)).status_code == 200
        opened = version(client, page) if is_shown else ""
        client.post(url(page), {"body": "<p>Baru.</p>", "version": opened})
        client.post(add("privacy", site), {"body": "<p>Baru.</p>"})
        client.post(url(page, "delete"))

    assert tuple(found) == ALLOWED[who]
    allowed = [site for site, status in zip(sites, ALLOWED[who][1:], strict=True) if status == 200]
    for site in sites:
        kinds = set(Page.objects.filter(bureau=site).values_list("kind", "body"))
        untouched, changed = {("about", "<p>Lama.</p>")}, {("privacy", "<p>Baru.</p>")}
        assert kinds == (changed if site in allowed else untouched)


def test_the_list_says_whose_text_each_site_shows(desk_client, editor, guidelines, cilacap):
    Page.objects.create(kind="about", bureau=cilacap, body="<p>Kami.</p>", changed_by=editor)

    text = text_of(desk_client(editor).get(LIST))

    assert "Editorial guidelines no bureau opens without it Cilacap the network’s text" in text
    assert "About us Cilacap its own text Wening Kusumastuti" in text
    assert "Contact Cilacap no text" in text


def test_the_list_of_the_network_shows_what_is_missing(
    desk_client, network_editor, cilacap, makassar
):
    Page.objects.create(kind="about", bureau=cilacap, body="<p>Kami.</p>")

    text = text_of(desk_client(network_editor).get(LIST))

    assert "Editorial guidelines no bureau opens without it Network still missing" in text
    assert "2 bureaus have no text Write one for Cilacap Write one for Makassar" in text
    assert "About us Network no text Cilacap its own text" in text


def test_a_bureau_begins_its_text_from_the_networks(
    desk_client, editor, guidelines, cilacap, reader
):
    client = desk_client(editor)
    page = client.get(add("guidelines", cilacap))
    assert page.context["adminform"].form["body"].value() is None
    assert "Begin with the network’s text" in text_of(page)

    begun = client.get(add("guidelines", cilacap, **{"from": "network"}))
    assert begun.context["adminform"].form["body"].value() == guidelines.body
    answer = client.post(add("guidelines", cilacap), {"body": "<p>Pedoman Cilacap.</p>"})

    assert messages_of(client, answer) == [
        "“Editorial guidelines, Cilacap” has been saved; readers see it now."
    ]
    own = Page.objects.get(bureau=cilacap)
    assert (own.kind, own.changed_by) == ("guidelines", editor)
    assert "Pedoman Cilacap." in reader("cilacap").get("/pedoman").content.decode()
    assert "Pedoman jaringan." in reader().get("/pedoman").content.decode()


def test_a_text_that_is_there_already_is_opened_and_not_begun_again(desk_client, editor, cilacap):
    own = Page.objects.create(kind="about", bureau=cilacap, body="<p>Kami.</p>")
    client = desk_client(editor)

    assert client.get(add("about", cilacap))["Location"] == url(own)
    late = client.post(add("about", cilacap), {"body": "<p>Lain.</p>"})
    assert "Somebody else has begun this text meanwhile." in errors_of(late)[""][0]
    assert Page.objects.get().body == "<p>Kami.</p>"


@pytest.mark.parametrize(
    "query", ["", "kind=about&bureau=x", "kind=nothing", "kind=about&bureau=999999"]
)
def test_an_address_that_names_no_text_is_a_404(desk_client, network_editor, query):
    assert desk_client(network_editor).get(f"{LIST}add/?{query}").status_code == 404


def test_deleting_a_bureaus_text_falls_back_to_the_networks(
    desk_client, editor, guidelines, cilacap, reader
):
    own = Page.objects.create(kind="guidelines", bureau=cilacap, body="<p>Pedoman Cilacap.</p>")
    client = desk_client(editor)

    text = text_of(client.get(url(own, "delete")))
    assert "From then on Cilacap shows the network’s text again." in text
    assert Page.objects.filter(pk=own.pk).exists()
    client.post(url(own, "delete"))

    assert "Pedoman jaringan." in reader("cilacap").get("/pedoman").content.decode()


def test_the_networks_guidelines_stay_while_an_open_bureau_has_none_of_its_own(
    desk_client, network_editor, guidelines
):
    make_bureau("bima")
    ende = make_bureau("ende")
    make_bureau("wamena", is_open=False)
    Page.objects.create(kind="guidelines", bureau=ende, body="<p>Ende.</p>")
    client = desk_client(network_editor)

    refused = client.post(url(guidelines, "delete"))

    assert refused.status_code == 409
    assert "of their own: Bima, Cilacap. Write theirs first." in text_of(refused)
    assert Page.objects.filter(pk=guidelines.pk).exists()


def test_an_open_bureau_keeps_its_guidelines_where_the_network_has_none(
    desk_client, network_editor, cilacap
):
    own = Page.objects.create(kind="guidelines", bureau=cilacap, body="<p>Pedoman.</p>")
    client = desk_client(network_editor)

    assert client.post(url(own, "delete")).status_code == 409
    cilacap.is_open = False
    cilacap.save()
    assert client.post(url(own, "delete")).status_code == 302


def test_a_text_is_sanitised_whoever_saves_it(desk_client, network_editor):
    body = '<p onclick="x()">Kami<script>alert(1)</script> <a href="javascript:x">di sini</a></p>'

    desk_client(network_editor).post(add("about"), {"body": body})

    assert Page.objects.get().body == '<p>Kami <a rel="noopener">di sini</a></p>'


def test_a_text_saved_by_somebody_else_meanwhile_is_not_overwritten_unknowingly(
    desk_client, network_editor, guidelines, administrator
):
    client = desk_client(network_editor)
    opened = version(client, guidelines)
    guidelines.body, guidelines.changed_by = "<p>Dari Tata.</p>", administrator
    guidelines.save()

    answer = client.post(url(guidelines), {"body": "<p>Dari Retno.</p>", "version": opened})

    assert errors_of(answer)[""][0].startswith("Tata Usaha saved this at")
    form = answer.context["adminform"].form
    assert form["body"].value() == "<p>Dari Retno.</p>"
    assert Page.objects.get().body == "<p>Dari Tata.</p>"
    client.post(url(guidelines), {"body": "<p>Dari Retno.</p>", "version": form["version"].value()})
    assert Page.objects.get().body == "<p>Dari Retno.</p>"


def test_every_change_is_in_the_history(desk_client, network_editor, guidelines):
    client = desk_client(network_editor)
    typed = {"body": "<p>Baru.</p>", "version": version(client, guidelines)}
    client.post(url(guidelines), typed)

    history = text_of(client.get(url(guidelines, "history")))

    assert "Retno Wijayanti" in history
    assert LogEntry.objects.get().user == network_editor


def test_the_page_with_the_editor_has_the_policy_of_the_whole_desk(desk_client, network_editor):
    policy = desk_client(network_editor).get(add("about"))["Content-Security-Policy"]

    assert "script-src 'self';" in policy


def test_a_text_from_a_session_that_ended_is_shown_again_and_not_saved(guidelines, network_editor):
    client = Client(headers={"host": "desk.bentara.test"}, enforce_csrf_checks=True)
    own = {"headers": {"origin": "http://desk.bentara.test"}}
    typed = {"body": "<p>Panjang.</p>"}

    for path in (url(guidelines), add("about")):
        ended = client.post(path, typed, **own)
        assert ("body", "<p>Panjang.</p>") in ended.context["fields"]
        client.force_login(network_editor)
        again = client.post(path, typed, **own)
        assert again.status_code == 403
        assert again.context["adminform"].form["body"].value() == "<p>Panjang.</p>"
        client.logout()
    assert [page.body for page in Page.objects.all()] == ["<p>Pedoman jaringan.</p>"]


def test_the_list_costs_the_same_with_one_bureau_and_with_ten(
    desk_client, network_editor, guidelines, django_assert_max_num_queries
):
    client = desk_client(network_editor)
    client.get(LIST)
    for _round in range(2):
        for number in range(5):
            bureau = make_bureau(f"biro-{number}-{timezone.now().timestamp():.0f}{_round}")
            Page.objects.create(
                kind="about",
                bureau=bureau,
                body="<p>Kami.</p>",
                changed_at=timezone.now() - timedelta(days=1),
            )
        with django_assert_max_num_queries(8):
            client.get(LIST)


def test_only_bureaus_that_are_open_count_as_showing_the_networks_text(
    desk_client, network_editor, guidelines, cilacap, makassar
):
    preparing = make_bureau("ternate", is_open=False, opened_at=None)

    answer = desk_client(network_editor).get(LIST)

    html = answer.content.decode()
    assert "2 bureaus show the network’s text" in text_of(answer)
    assert f'Write one for {preparing}</a> <span class="quiet">In preparation</span>' in html


def test_a_text_saved_meanwhile_keeps_its_paragraphs_and_a_long_one_is_folded(
    desk_client, network_editor, guidelines
):
    client = desk_client(network_editor)
    opened = version(client, guidelines)
    for words, is_long in (("Satu", False), ("kata " * 200, True)):
        body = f"<h2>Judul</h2><p>{words}</p><ul><li>butir</li></ul>"
        Page.objects.filter(pk=guidelines.pk).update(body=body)

        answer = client.post(url(guidelines), {"body": "<p>Punya saya.</p>", "version": opened})

        (saved,) = answer.context["adminform"].form.meanwhile
        assert saved.value == f"Judul\n\n{words.strip()}\n\n– butir"
        html = answer.content.decode()
        assert "<p>Judul</p>" in html
        assert ("meanwhile__value--long" in html) is is_long
