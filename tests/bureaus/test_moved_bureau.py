"""A bureau that moves to another address: every link to the old one still leads there."""

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import workflow
from bureaus.hosts import find_site
from bureaus.models import Bureau, UsedHost
from tests.desk import LIMITS, errors_of, save, text_of
from tests.factories import make_bureau, publish_story

NEW = "http://cilacapraya.bentara.test"
TAKEN = (
    "This was an address of Cilacap. Links out there still lead to that bureau: choose another one."
)


@pytest.fixture
def edition(correspondent, editor, cilacap):
    return publish_story(correspondent, editor, cilacap, headline="Kapal melaut")


@pytest.fixture
def move(cilacap):
    def move(slug: str = "cilacapraya", **more):
        for name, value in ({"slug": slug} | more).items():
            setattr(cilacap, name, value)
        cilacap.save()

    return move


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/en/",
        "/teks/",
        "/teks/en/rubrik/hukum",
        "/rubrik/hukum?sesudah=1-2&a=b",
        "/media/pictures/x.jpg",
        "/robots.txt",
        "/tidak/ada",
        "/topik/hari%20besar",
    ],
)
def test_every_path_of_the_old_host_leads_to_the_same_at_the_new_one(reader, move, path):
    move()

    response = reader("cilacap").get(path)

    assert (response.status_code, response["Location"]) == (301, NEW + path)
    assert response.cookies == {}


def test_a_published_link_ends_at_the_story(reader, edition, move):
    old = edition.address.path
    move()

    response = reader("cilacap").get(old)

    assert response["Location"] == f"{NEW}{old}"
    assert reader("cilacapraya").get(old).status_code == 200


def test_after_two_moves_the_first_host_leads_straight_to_the_last(reader, move):
    move()
    move("serayu")

    for label in ("cilacap", "cilacapraya"):
        assert reader(label).get("/x")["Location"] == "http://serayu.bentara.test/x"


def test_a_bureau_takes_its_former_address_back(reader, move):
    move()
    move("cilacap")

    assert reader("cilacap").get("/").status_code == 200
    assert reader("cilacapraya").get("/x")["Location"] == "http://cilacap.bentara.test/x"


def test_a_domain_of_its_own_that_is_given_up_leads_on(move):
    move("cilacap", custom_domain="kabarcilacap.id")
    move("cilacap", custom_domain=None)

    response = Client(headers={"host": "kabarcilacap.id"}).get("/terkini")

    assert response["Location"] == "http://cilacap.bentara.test/terkini"


def test_what_other_sites_printed_of_a_story_leads_to_it(
    reader, edition, cilacap, makassar, network_editor, move
):
    workflow.place(edition.article, by=network_editor, bureau=makassar)
    day = f"{edition.address.date:%Y/%m/%d}/{edition.address.slug}"
    move()

    response = reader("makassar").get(f"/dari/cilacap/{day}")

    to = f"http://makassar.bentara.test/dari/cilacapraya/{day}"
    assert (response.status_code, response["Location"]) == (301, to)
    assert reader("makassar").get(f"/dari/cilacapraya/{day}").status_code == 200


def test_the_former_host_of_a_closed_bureau_leads_to_the_network_at_once(reader, edition, move):
    path = edition.address.path
    move(is_open=False)

    response = reader("cilacap").get(path)

    assert response["Location"] == f"http://bentara.test/dari/cilacapraya{path}"
    assert reader().get(f"/dari/cilacapraya{path}").status_code == 200
    old = reader().get(f"/dari/cilacap{path}")
    assert old["Location"] == f"http://bentara.test/dari/cilacapraya{path}"


def test_the_redirect_is_named_so_that_moving_back_evicts_it(reader, move, cilacap):
    move()

    assert reader("cilacap").get("/")["Surrogate-Key"].split() == [
        "network",
        f"bureau:{cilacap.pk}",
    ]


def test_nothing_can_be_sent_to_a_former_host(reader, move):
    move()

    assert reader("cilacap").post("/x", {"a": "b"}).status_code == 405


def test_a_host_that_no_reader_ever_saw_is_free_again(db):
    bureau = make_bureau("bima", is_open=False)
    bureau.slug = "kabar-bima"
    bureau.save()

    assert find_site("bima.bentara.test").kind == "unknown"
    assert not UsedHost.objects.exists()
    make_bureau("bima", name="Bima Kota")


@pytest.mark.parametrize("host", ["cilacap", "a.cilacap.bentara.test", "cilacap.lain.test"])
def test_what_only_resembles_a_former_host_is_a_strangers(move, host):
    move()

    site = find_site(host)
    assert site is None or site.kind == "unknown"


def test_a_former_host_costs_one_query_and_the_desk_none(move):
    move()

    for host, queries in (
        ("cilacap.bentara.test", 1), ("cilacapraya.bentara.test", 1), ("desk.bentara.test", 0),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            find_site(host)
        assert len(captured) == queries


def test_bureaus_from_before_keep_the_hosts_that_readers_know(move, cilacap, makassar):
    Bureau.objects.filter(pk=cilacap.pk).update(custom_domain="kabarcilacap.id")
    make_bureau("bima", is_open=False)
    UsedHost.objects.all().delete()

    migration = importlib.import_module("bureaus.migrations.0004_used_hosts")
    migration.keep_present_hosts(apps, None)

    kept = set(UsedHost.objects.values_list("bureau", "host"))
    assert kept == {
        (cilacap.pk, "cilacap"), (cilacap.pk, "kabarcilacap.id"), (makassar.pk, "makassar"),
    }  # fmt: skip


# At the desk


@pytest.fixture
def client(desk_client, administrator):
    administrator.language = "en"
    administrator.save()
    return desk_client(administrator)


def typed(**more) -> dict:
    values = {"name": "Bima", "slug": "bima", "time_zone": "Asia/Jakarta", "accent": "laut"}
    return values | LIMITS | more


@pytest.mark.parametrize(
    ("name", "used"), [("slug", "cilacap"), ("custom_domain", "kabarcilacap.id")]
)
def test_no_other_bureau_gets_an_address_that_one_has_left(client, move, name, used):
    move("cilacap", custom_domain="kabarcilacap.id")
    move(custom_domain=None)

    answer = client.post("/bureaus/bureau/add/", typed(**{name: used}))

    assert errors_of(answer) == {name: [TAKEN]}
    assert Bureau.objects.count() == 1


def test_the_database_lets_no_bureau_open_at_an_address_of_another(move):
    move()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_bureau("cilacap", name="Lain")
    assert Bureau.objects.count() == 1


def test_the_form_says_what_a_new_subdomain_means_and_keeps_the_old_one(client, reader, cilacap):
    url = f"/bureaus/bureau/{cilacap.pk}/change/"
    assert (
        "If you change it, the old address leads to the new one for good, and no other bureau can"
        " have it."
    ) in text_of(client.get(url))

    save(client, url, typed(name="Cilacap", slug="cilacapraya"))

    assert reader("cilacap").get("/")["Location"] == f"{NEW}/"
    save(client, url, typed(name="Cilacap", slug="cilacap"))
    assert reader("cilacapraya").get("/")["Location"] == "http://cilacap.bentara.test/"
