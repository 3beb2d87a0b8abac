"""Which site answers on which host, and where addresses lead."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Section
from bureaus.hosts import absolute_url, desk_url, find_site
from bureaus.models import RESERVED_LABELS, Bureau
from tests.factories import make_bureau

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("cilacap", "makassar")
@pytest.mark.parametrize(
    ("host", "kind", "bureau"),
    [
        ("bentara.test", "network", None),
        ("BENTARA.test", "network", None),
        ("cilacap.bentara.test", "bureau", "cilacap"),
        ("makassar.bentara.test.", "bureau", "makassar"),
        ("desk.bentara.test", "desk", None),
        ("www.bentara.test", "unknown", None),
        ("cilcap.bentara.test", "unknown", None),
        ("a.cilacap.bentara.test", "unknown", None),
    ],
)
def test_a_host_of_the_network_finds_its_site(host, kind, bureau):
    site = find_site(host)
    assert (site.kind, site.bureau and site.bureau.slug) == (kind, bureau)


@pytest.mark.usefixtures("cilacap")
@pytest.mark.parametrize(
    "host",
    [
        "",
        "bentara.test.evil.example",
        "evil.example",
        "evilbentara.test",
        ".",
        "bentara.test..",
        "cilacap.bentara.test:81",
        "cilacap.bentara.test.:81",
        "cilacap.bentara.test\r\nX: y",
        "<b>.bentara.test",
        "ci lacap.bentara.test",
    ],
)
def test_a_stranger_is_refused(host):
    assert find_site(host) is None


@pytest.mark.usefixtures("cilacap")
def test_the_dot_of_a_full_domain_name_may_stand_before_a_port(settings):
    settings.DOMAIN = "bentara.test:8000"
    for host in ("cilacap.bentara.test:8000", "cilacap.bentara.test.:8000"):
        assert find_site(host).bureau.slug == "cilacap"
    assert find_site("cilacap.bentara.test..:8000") is None
    assert find_site("cilacap.bentara.test") is None


def test_a_bureau_in_preparation_has_no_site(cilacap):
    make_bureau("banyumas", is_open=False)
    assert find_site("banyumas.bentara.test").kind == "unknown"
    assert find_site("bentara.test").bureaus == (cilacap,)


def test_a_closed_bureau_keeps_its_host_but_stands_in_no_menu(cilacap):
    Bureau.objects.update(is_open=False)
    assert find_site("cilacap.bentara.test").kind == "closed"
    assert find_site("bentara.test").bureaus == ()


def test_a_bureau_is_open_since_it_first_went_live(cilacap):
    assert (cilacap.state, cilacap.opened_at is None) == ("open", False)
    assert make_bureau("banyumas", is_open=False).state == "preparing"
    since = cilacap.opened_at
    for is_open, state in ((False, "closed"), (True, "open")):
        cilacap.is_open = is_open
        cilacap.save()
        assert (cilacap.state, cilacap.opened_at) == (state, since)


def test_a_menu_has_the_sections_of_the_bureau_or_else_all(cilacap):
    every = list(Section.objects.order_by("position", "name"))
    assert list(find_site("cilacap.bentara.test").sections) == every
    cilacap.sections.set([every[3], every[1]])
    assert list(find_site("cilacap.bentara.test").sections) == [every[1], every[3]]
    assert list(find_site("bentara.test").sections) == every


def test_a_bureau_may_have_a_domain_of_its_own(cilacap):
    cilacap.custom_domain = "kabarcilacap.id"
    cilacap.save()
    assert find_site("kabarcilacap.id").bureau == cilacap
    assert cilacap.printed_host == "KABARCILACAP.ID"
    assert absolute_url(cilacap, "/x") == "http://kabarcilacap.id/x"


def test_addresses_lead_to_the_right_host(cilacap):
    assert absolute_url(cilacap, "/x") == "http://cilacap.bentara.test/x"
    assert absolute_url(None, "/x") == "http://bentara.test/x"
    assert desk_url("/x") == "http://desk.bentara.test/x"


def test_finding_a_site_costs_one_query_and_the_desk_none(cilacap, makassar):
    for host, queries in (
        ("cilacap.bentara.test", 1),
        ("bentara.test", 1),
        ("bukan-biro.bentara.test", 1),
        ("desk.bentara.test", 0),
    ):
        with CaptureQueriesContext(connection) as captured:
            find_site(host)
        assert len(captured) == queries


def test_a_host_is_printed_under_the_networks_domain(cilacap):
    cilacap.network.printed_domain = "BIGISSUE.ID"
    assert cilacap.printed_host == "CILACAP.BIGISSUE.ID"


@pytest.mark.parametrize("label", sorted(RESERVED_LABELS))
def test_labels_of_the_program_are_refused_by_form_and_database(label):
    with pytest.raises(ValidationError):
        Bureau(slug=label, name=label).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_bureau(label)


@pytest.mark.parametrize("label", ["Cilacap", "ci lacap", "-cilacap", "cilacap-", "a.b", "x" * 64])
def test_a_subdomain_is_a_dns_label(label):
    with pytest.raises(ValidationError):
        Bureau(slug=label, name="Biro").full_clean()


@pytest.mark.parametrize(
    ("zone", "label"),
    [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")],
)
def test_a_bureau_knows_the_label_of_its_zone(zone, label):
    assert Bureau(slug="x", name="X", time_zone=zone).zone_label == label


@pytest.mark.usefixtures("cilacap")
def test_an_unknown_host_gets_a_plain_404_that_echoes_nothing(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert (response.status_code, response.content) == (404, b"Not found\n")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "no-store"
