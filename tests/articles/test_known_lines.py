"""Lines of lists are read whole once, and again as soon as any row that they show has changed."""

import pytest
from django.db import connection, transaction

from articles import known_lines, listings, workflow
from articles.models import Edition, Listing, Picture, Placement, Section
from bureaus.models import Bureau, Network
from tests.factories import make_live, make_picture


@pytest.fixture(autouse=True)
def _nothing_known():
    known_lines._kept.clear()


def line_of(name: str):
    (line,) = listings.newest({name: 1})[name]
    return line


CHANGES = {
    "picture": lambda line: Picture.objects.update(credit="Lain"),
    "section": lambda line: Section.objects.filter(slug="hukum").update(name="Lain"),
    "bureau": lambda line: Bureau.objects.filter(pk=line.edition.bureau_id).update(name="Lain"),
    "network": lambda line: Network.objects.update(name="Lain"),
    "placement": lambda line: Placement.objects.update(headline="Lain"),
}
SHOWN = {
    "picture": lambda line: line.edition.picture.credit,
    "section": lambda line: line.edition.section.name,
    "bureau": lambda line: line.edition.bureau.name,
    "network": lambda line: line.edition.bureau.network.name,
    "placement": lambda line: line.headline,
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_line_is_another_one_when_a_row_that_it_shows_has_changed(
    network_editor, cilacap, makassar, what
):
    edition = make_live(network_editor, cilacap, picture=make_picture(cilacap, is_for_all=True))
    workflow.place(edition.article, by=network_editor, bureau=makassar)
    name = listings.of_bureau(makassar.pk)
    known = line_of(name)
    assert line_of(name) is known
    CHANGES[what](known)
    assert SHOWN[what](line_of(name)) == "Lain"
    assert SHOWN[what](known) != "Lain"


def test_two_changes_in_one_transaction_are_two(network_editor, cilacap):
    make_live(network_editor, cilacap, picture=make_picture(cilacap))
    line_of("network")
    with transaction.atomic():
        for credit in ("Satu", "Dua", "Satu"):
            Picture.objects.update(credit=credit)
            assert line_of("network").edition.picture.credit == credit


def test_an_edition_of_another_state_has_other_versions(network_editor, cilacap):
    edition = make_live(network_editor, cilacap, picture=make_picture(cilacap))
    rows = known_lines.with_versions(Edition.objects.filter(pk=edition.pk))
    seen = {rows.get().row_versions for _ in range(2)}
    Picture.objects.update(credit="Lain")
    assert len(seen | {rows.get().row_versions}) == 2


def test_what_has_gone_between_the_two_statements_is_left_out(network_editor, cilacap):
    make_live(network_editor, cilacap)
    rows = list(known_lines.versions(Listing.objects.filter(list="network")))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_listing")
    assert known_lines.whole(rows) == {}


def test_what_is_known_is_bounded(network_editor, cilacap, monkeypatch):
    monkeypatch.setattr(known_lines, "MOST", 4)
    for _ in range(6):
        make_live(network_editor, cilacap)
        assert listings.newest({"network": 2})["network"]
    assert 0 < len(known_lines._kept) <= 4
