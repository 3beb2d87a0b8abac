"""Which stories a reader is offered after a story."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from articles import listings, related, workflow
from articles.listings import Lists
from articles.models import Edition, Listing, Section
from bureaus.models import Bureau
from newsroom.demo.stories import read_stories
from tests.factories import make_section, make_story, publish_next, publish_story

NOW = datetime(2026, 5, 22, 8, 45, tzinfo=UTC)


# The demo's stories, on lists as publication would write them


class Newsroom:
    """Editions and their lists without a database: choosing needs none."""

    def __init__(self):
        self.numbers = count(1)
        self.ids: dict[tuple[str, str], int] = {}
        self.editions: list[Edition] = []

    def id_of(self, kind: str, name: str) -> int:
        return self.ids.setdefault((kind, name), len(self.ids) + 1)

    def add(self, *, age=timedelta(), bureau="cilacap", section="hukum", tags=(), **more):
        number = next(self.numbers)
        values = {"headline": str(number), "summary": ""} | more
        edition = Edition(
            pk=number,
            article_id=number,
            bureau=Bureau(pk=self.id_of("bureau", bureau), slug=bureau, name=bureau),
            section=Section(pk=self.id_of("section", section), slug=section),
            tags=[{"id": self.id_of("tag", tag.casefold()), "name": tag} for tag in tags],
            bylines=[],
            first_published=NOW - age,
            **values,
        )
        self.editions.append(edition)
        return edition

    def lists(self, edition: Edition, **more: int) -> Lists:
        sizes = related.lists_for(edition) | more
        newest_first = sorted(self.editions, key=lambda one: one.first_published, reverse=True)
        return Lists(
            {
                name: [
                    Listing(
                        list=name,
                        edition=one,
                        article_id=one.article_id,
                        first_published=one.first_published,
                    )
                    for one in newest_first
                    if name in listings.names_for(one)
                ][:size]
                for name, size in sizes.items()
            },
            None,
        )

    def headlines(self, edition: Edition, **more) -> list[str]:
        lines = related.choose(edition, self.lists(edition), **more)
        return [line.edition.headline for line in lines]


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom()


@pytest.fixture
def demo(newsroom) -> dict[str, Edition]:
    """The demo's long stories by the words of their files' names."""
    fields = ("bureau", "section", "tags", "headline", "kicker", "summary", "paid")
    return {
        story["file"][3:].removesuffix(".txt"): newsroom.add(
            age=timedelta(hours=7 * number), **{name: story.get(name, "") for name in fields}
        )
        for number, story in enumerate(read_stories())
    }


@pytest.mark.parametrize(
    ("read", "offered"),
    [
        (
            "satu-guru-tiga-kelas",
            ["penggabungan-smp-kroya", "murid-tarisi-berjalan-memutar"],
        ),
        ("murid-tarisi-berjalan-memutar", ["satu-guru-tiga-kelas"]),
        ("petani-garam-bima", ["gudang-cengkih-terbakar"]),
        ("karcis-ganda-teluk-penyu", ["dprd-tarif-parkir"]),
        # Both have to do with Kroya, and nothing else.
        ("nelayan-cilacap-kembali-melaut", []),
        ("final-piala-teluk-humboldt", []),
        ("tarif-compreng-naik", []),
        ("pekan-belanja-pasar-sidodadi", []),
    ],
)
def test_a_reader_is_offered_what_is_about_the_same(newsroom, demo, read, offered):
    headlines = newsroom.headlines(demo[read])
    assert headlines == [demo[name].headline for name in offered]


def test_nothing_paid_is_offered_with_any_story(newsroom, demo):
    offered = {headline for story in demo.values() for headline in newsroom.headlines(story)}
    assert offered.isdisjoint(story.headline for story in demo.values() if story.paid)


# The rules, one by one


def test_a_rare_topic_says_more_than_a_frequent_one(newsroom):
    read = newsroom.add(tags=["Cilacap", "vaksin rabies"])
    for hours in range(1, 30):
        newsroom.add(tags=["Cilacap"], age=timedelta(hours=hours), section="politik")
    newsroom.add(
        tags=["vaksin rabies"], headline="Vaksin kosong", age=timedelta(days=90), section="desa"
    )
    assert newsroom.headlines(read) == ["Vaksin kosong"]


def test_a_topic_of_a_few_stories_a_year_says_more_than_one_of_every_day(newsroom):
    read = newsroom.add(tags=["jembatan", "sidang tambang", "hujan"])
    for number in range(1, 9):
        newsroom.add(tags=["sidang tambang"], age=timedelta(days=60 * number), section="desa")
        newsroom.add(tags=["hujan"], age=timedelta(hours=number), section="alam")
    newsroom.add(tags=["jembatan", "hujan"], headline="Hujan", age=timedelta(days=1))
    newsroom.add(tags=["jembatan", "sidang tambang"], headline="Ahli", age=timedelta(days=20))
    assert newsroom.headlines(read) == ["Ahli", "Hujan"]


def test_words_alone_can_relate_stories(newsroom):
    read = newsroom.add(headline="Jembatan gantung Tarisi ditutup", summary="Murid memutar.")
    newsroom.add(headline="Penutupan jembatan gantung Tarisi diperpanjang", age=timedelta(days=3))
    newsroom.add(headline="Harga cabai turun di Kroya", summary="Pedagang mengeluh.")
    assert newsroom.headlines(read) == ["Penutupan jembatan gantung Tarisi diperpanjang"]


def test_a_section_a_bureau_and_a_day_are_not_enough(newsroom):
    read = newsroom.add(headline="Sidang ditunda")
    newsroom.add(headline="Polisi tangkap pencuri kotak amal")
    assert newsroom.headlines(read) == []


def test_among_equals_the_nearer_in_time_comes_first(newsroom):
    read = newsroom.add(tags=["gempa"])
    for days in (40, 2, 9):
        newsroom.add(tags=["gempa"], headline=f"{days} hari", age=timedelta(days=days))
    assert newsroom.headlines(read) == ["2 hari", "9 hari", "40 hari"]


def test_one_topic_and_nothing_else_makes_no_third_story(newsroom):
    read = newsroom.add(tags=["bandara", "kopi", "Kroya"])
    for days, topic in enumerate(("bandara", "kopi", "Kroya"), 1):
        newsroom.add(tags=[topic], headline=topic, section="ekonomi", age=timedelta(days=days))
    assert newsroom.headlines(read) == ["bandara", "kopi"]
    newsroom.editions[1].section = newsroom.editions[2].section = read.section
    assert newsroom.headlines(read) == ["bandara", "kopi"]
    newsroom.editions[3].section = read.section
    assert newsroom.headlines(read) == ["bandara", "kopi", "Kroya"]


def test_never_more_than_asked_for_and_never_what_stands_on_the_page(newsroom):
    read = newsroom.add(tags=["gempa"])
    for days in range(1, 5):
        newsroom.add(tags=["gempa"], headline=f"{days} hari", age=timedelta(days=days))
    assert newsroom.headlines(read, count=2) == ["1 hari", "2 hari"]
    shown = [line for lines in newsroom.lists(read).lines.values() for line in lines][1:2]
    assert shown[0].edition.headline == "1 hari"
    assert newsroom.headlines(read, shown=shown, count=2) == ["2 hari", "3 hari"]


def test_an_agencys_story_that_two_bureaus_printed_is_offered_once(newsroom):
    read = newsroom.add(tags=["gempa"])
    for bureau in ("ambon", "ternate"):
        newsroom.add(tags=["gempa"], headline="Gempa terasa sampai Seram", bureau=bureau)
    assert newsroom.headlines(read) == ["Gempa terasa sampai Seram"]


@pytest.mark.parametrize(
    "words",
    [
        "menulis ditulis tulis penulis tulisan",
        "memakai dipakai pakai pemakai pemakaian",
        "mengambil ambil diambil pengambilan ambilkan",
        "menyapu disapu sapu",
        "terbakar kebakaran membakar bakar pembakaran",
        "melaut laut lautan",
        "nelayan nelayannya",
        "pelelangan lelang dilelang",
    ],
)
def test_most_forms_of_a_word_count_as_one(words):
    assert len({related.stem(word) for word in words.split()}) == 1


# On real lists


@pytest.fixture
def publish(cilacap, correspondent, editor):
    def publish(**more) -> Edition:
        return publish_story(correspondent, editor, cilacap, **more)

    return publish


def chosen(edition: Edition, **more: int) -> list[Listing]:
    return related.choose(edition, listings.newest(related.lists_for(edition) | more))


def test_the_candidates_come_in_one_statement_with_the_side_list(
    publish, cilacap, django_assert_num_queries
):
    edition, other = (publish(tags=["rabies", "puskesmas"]) for _ in range(2))
    publish(tags=["pasar"], headline="Pasar dibuka", section=make_section("ekonomi"))
    side = listings.of_bureau(cilacap.pk)
    chosen(edition, **{side: 7})
    with django_assert_num_queries(1):
        lines = chosen(edition, **{side: 7})
        assert [str(line.edition.section) for line in lines] == ["Hukum"]
    assert [line.edition for line in lines] == [other]


def test_a_story_that_is_retracted_scheduled_or_replaced_is_not_offered(
    publish, correspondent, editor, network_editor
):
    edition = publish(tags=["rabies"])
    retracted, updated = publish(tags=["rabies"]), publish(tags=["rabies"])
    workflow.retract(retracted.article, by=editor, ground="factual", reason="Keliru seluruhnya.")
    workflow.confirm_retraction(retracted.article, by=network_editor)
    newer = publish_next(updated.article, by=correspondent, editor=editor, headline="Edisi baru")
    make_story(correspondent, edition.bureau, tags=["rabies"])
    assert [line.edition for line in chosen(edition)] == [newer]


def test_a_placed_story_is_offered_once_and_stays_on_the_site(publish, makassar, network_editor):
    edition, other = publish(tags=["rabies"]), publish(tags=["rabies"])
    for one in (edition, other):
        workflow.place(one.article, by=network_editor, bureau=makassar)
    (line,) = chosen(edition, **{listings.of_bureau(makassar.pk): 7})
    assert (line.edition, line.url) == (other, other.address.url_at(makassar))
