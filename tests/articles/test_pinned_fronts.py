"""The fronts as readers see them when editors hold stories at their top."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import curation, fronts, listings, workflow
from articles.curation import MOST_PINS, Hold
from articles.models import Edition, Listing, Pin
from tests.articles.test_fronts import columns, heads, page, wire
from tests.factories import make_live, make_picture, publish_next

PAID = {"paid": True, "source": "press_release", "source_name": "Bank"}


@pytest.fixture
def publish(cilacap, correspondent):
    def publish(headline: str, **more):
        return make_live(correspondent, cilacap, headline=headline, **more)

    return publish


@pytest.fixture
def pin(network_editor):
    def pin(bureau, *editions, **span):
        until = timezone.now() + timedelta(**span or {"hours": 1})
        holds = [Hold(edition.article_id, until) for edition in editions]
        version = curation.version_of(curation.pins_of(bureau))
        curation.arrange(bureau, holds, by=network_editor, version=version)
        return until

    return pin


def numbered(publish, count: int):
    return [publish(f"Berita nomor {number}") for number in range(count)]


def test_pinned_stories_stand_first_in_their_order_then_the_newest(reader, publish, pin, cilacap):
    stories = numbered(publish, 6)

    pin(cilacap, stories[1], stories[3])

    assert heads(page(reader("cilacap"))) == [
        f"Berita nomor {number}" for number in (1, 3, 5, 4, 2, 0)
    ]


def test_each_front_has_an_order_of_its_own(reader, publish, pin, cilacap):
    stories = numbered(publish, 4)

    pin(None, stories[0])

    assert heads(page(reader()))[0] == "Berita nomor 0"
    assert heads(page(reader("cilacap")))[0] == "Berita nomor 3"


def test_a_story_older_than_the_whole_front_is_held_at_its_top(
    reader, publish, pin, cilacap, monkeypatch
):
    monkeypatch.setattr("articles.fronts.FRONT_SIZE", 3)
    stories = numbered(publish, 5)

    pin(cilacap, stories[0])

    assert heads(page(reader("cilacap"))) == [f"Berita nomor {number}" for number in (0, 4, 3, 2)]


def test_whatever_is_pinned_the_columns_lose_nothing_and_the_wire_has_the_newest():
    def lines(numbers):
        return [Listing(article_id=n, edition=Edition(paid=False)) for n in numbers]

    for count in range(40):
        rest = lines(range(count))
        for pins in range(min(count, MOST_PINS) + 1):
            for pinned in (lines(range(pins)), lines(range(count - pins, count))):
                front = fronts.make_up(rest, pinned)
                held = [line.article_id for line in pinned]
                shown = [line.article_id for line in [*front.first_screen, *front.rest]]
                assert shown[:pins] == held
                assert sorted(shown) == list(range(count))
                assert front.wire in ([], rest[: fronts.WIRE])


def test_a_story_that_is_pinned_stands_in_the_wire_at_its_time_too(reader, publish, pin, cilacap):
    stories = numbered(publish, 12)

    pin(cilacap, stories[9], stories[0])

    html = page(reader("cilacap"))
    assert wire(html) == [f"Berita nomor {number}" for number in range(11, 3, -1)]
    assert columns(html) == [f"Berita nomor {number}" for number in (9, 0, 11, 10, 8, 3, 2, 1)]


def test_a_story_that_is_paid_for_after_it_was_pinned_leaves_the_top(
    reader, publish, pin, cilacap, correspondent, editor
):
    paid, news = publish("Promosi"), publish("Kabar")
    pin(cilacap, paid, news)
    assert heads(page(reader("cilacap"))) == ["Promosi", "Kabar"]

    publish_next(paid.article, by=correspondent, editor=editor, **PAID)

    assert heads(page(reader("cilacap"))) == ["Kabar"]


@pytest.mark.parametrize("label", ["", "cilacap"])
def test_pins_cost_no_query(
    reader, publish, pin, cilacap, makassar, label, django_assert_num_queries
):
    picture = make_picture(cilacap)
    stories = [publish(f"Berita {number}", picture=picture) for number in range(3)]
    for front in (None, cilacap):
        pin(front, *stories)

    page(reader(label))
    with django_assert_num_queries(2):
        page(reader(label))


@pytest.mark.parametrize("label", ["", "cilacap"])
def test_a_front_holds_until_a_pin_ends_and_then_shows_the_newest(
    reader, publish, pin, cilacap, label
):
    stories = numbered(publish, 3)
    until = pin(cilacap if label else None, stories[0], seconds=40)
    response = reader(label).get("/")
    assert response.holds_until == until
    assert heads(response.content.decode())[0] == "Berita nomor 0"

    Pin.objects.update(until=timezone.now())

    assert heads(page(reader(label)))[0] == "Berita nomor 2"


def test_a_front_names_its_order_so_that_a_change_evicts_it(reader, cilacap):
    for label, name in (("", "front:network"), ("cilacap", f"front:bureau:{cilacap.pk}")):
        assert name in reader(label).get("/")["Surrogate-Key"].split()


def test_a_retracted_story_leaves_the_top_at_once(
    reader, publish, pin, cilacap, editor, network_editor
):
    news, wrong = publish("Kabar"), publish("Kabar keliru")
    pin(cilacap, wrong, news)
    workflow.retract(wrong.article, by=editor, ground="factual", reason="Keliru.")

    workflow.confirm_retraction(wrong.article, by=network_editor)

    assert heads(page(reader("cilacap"))) == ["Kabar"]


def test_a_story_that_no_longer_runs_here_leaves_the_top(
    reader, publish, pin, makassar, other_editor
):
    edition = publish("Kabar Cilacap")
    workflow.place(edition.article, by=other_editor, bureau=makassar)
    pin(makassar, edition)
    assert "front__lead" in page(reader("makassar"))

    workflow.unplace(edition.article, by=other_editor, bureau=makassar)

    assert "front__lead" not in page(reader("makassar"))


def test_search_finds_live_stories_of_the_front_by_every_word(publish, cilacap, makassar):
    flood, harvest = publish("Banjir Kali Serayu"), publish("Panen di tepi Serayu")
    name = listings.of_bureau(cilacap.pk)

    def found(words: str) -> list:
        return [line.edition for line in listings.search(name, words, 10)]

    assert found("") == [harvest, flood]
    assert found("serayu") == [harvest, flood]
    assert found(" SERAYU  banjir ") == [flood]
    assert found("100%") == []
    assert listings.search(listings.of_bureau(makassar.pk), "serayu", 10) == []
