"""The index by date: a calendar that leads to days with stories, and the stories of a day."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import publication
from articles.views import lists
from tests.articles.test_fronts import heads
from tests.articles.test_lists import links, main, page
from tests.factories import make_user, publish_story
from tests.reading import part_of, words_of

OWN = "http://cilacap.bentara.test/indeks"


def at(text: str) -> datetime:
    """A moment on the clock of Cilacap, seven hours before UTC: "2024-05-22 15:45"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def published(publish):
    def published(*moments: str, **more):
        for moment in moments:
            with publication.as_of(at(moment)):
                publish(headline=f"Berita {moment}", **more)

    return published


def calendar(html: str) -> str:
    return part_of(html, '<table class="calendar">', "</table>")


def ways(html: str, label: str) -> dict[str, str]:
    """The links of a named navigation by their words."""
    nav = part_of(html, f'aria-label="{label}"', "</nav>")
    found = re.findall(r'<a[^>]* href="([^"]+)"[^>]*>(.*?)</a>', nav)
    return {words_of(words).strip(" ←→"): url for url, words in found}


def test_the_index_costs_the_same_with_one_story_and_with_thirty(
    reader, publish, cilacap, django_assert_num_queries
):
    publish()
    for label in ("", "cilacap"):
        page(reader(label), "/indeks")
        with django_assert_num_queries(4):
            page(reader(label), "/indeks")
    for _number in range(29):
        publish()
    for label in ("", "cilacap"):
        page(reader(label), "/indeks")
        with django_assert_num_queries(4):
            page(reader(label), "/indeks")


def test_a_day_lists_its_stories_by_the_time_of_day(reader, published):
    published("2024-05-22 03:10", "2024-05-22 10:59", "2024-05-22 11:00", "2024-05-22 23:59")
    published("2024-05-21 23:59", "2024-05-23 00:00")
    html = page(reader("cilacap"), "/indeks/2024/05/22")
    assert words_of(part_of(html, "<h1", "</h1>")).endswith("Rabu, 22 Mei 2024")
    assert re.findall(r'id="part-\d">([^<]+)', html) == ["Malam", "Siang", "Pagi", "Dini hari"]
    assert heads(main(html)) == [
        "Berita 2024-05-22 23:59",
        "Berita 2024-05-22 11:00",
        "Berita 2024-05-22 10:59",
        "Berita 2024-05-22 03:10",
    ]
    html = page(reader("cilacap"), "/en/indeks/2024/05/22")
    assert words_of(part_of(html, "<h1", "</h1>")).endswith("Wednesday, May 22, 2024")
    assert "Early hours" in html


def test_the_network_names_bureau_and_section_and_its_own_day(
    reader, published, network_editor, jayapura
):
    published("2024-05-22 12:00")
    reporter = make_user("yosepina", ("reporter", jayapura))
    with publication.as_of(at("2024-05-22 23:30")):
        publish_story(reporter, network_editor, jayapura, headline="Dari Jayapura")
    words = words_of(main(page(reader(), "/indeks/2024/05/22")))
    assert "01.30 WIT 23 MeiDari JayapuraJayapura · Hukum" in words
    assert "Cilacap · Hukum" in words
    assert "Dari Jayapura" in page(reader("jayapura"), "/indeks/2024/05/23")
    assert heads(main(page(reader("jayapura"), "/indeks/2024/05/22"))) == []


def test_the_calendar_links_the_days_with_stories_alone(reader, published):
    published("2024-05-03 09:00", "2024-05-22 09:00", "2024-05-31 23:59", "2024-06-01 00:00")
    html = calendar(page(reader("cilacap"), "/indeks/2024/05/22"))
    assert words_of(part_of(html, "<caption>", "</caption>")) == "Mei 2024"
    assert re.findall(r'<th scope="col"><abbr title="(\w+)">', html) == (
        ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
    )
    weeks = [re.findall(r"<td>(.*?)</td>", row) for row in html.split("<tr>")[2:]]
    assert [len(week) for week in weeks] == [7] * 5
    assert [words_of(cell) for cell in weeks[0]] == ["", "", "1", "2", "3", "4", "5"]
    assert re.findall(r'<a href="([^"]+)"[^>]* aria-label="([^"]+)">(\d+)</a>', html) == [
        (f"{OWN}/2024/05/03", "Jumat, 3 Mei 2024", "3"),
        (f"{OWN}/2024/05/22", "Rabu, 22 Mei 2024", "22"),
        (f"{OWN}/2024/05/31", "Jumat, 31 Mei 2024", "31"),
    ]
    assert html.count("aria-current") == html.count('22" aria-current="date"') == 1


def test_days_months_and_years_lead_to_the_nearest_stories(reader, published):
    published("2022-02-28 09:00", "2024-02-10 09:00", "2024-02-11 09:00", "2024-05-22 09:00")
    published("2024-05-30 09:00", "2024-08-01 09:00", "2024-08-09 09:00")
    html = page(reader("cilacap"), "/indeks/2024/05/25")
    assert ways(html, "Hari lain") == {
        "Rabu, 22 Mei 2024": f"{OWN}/2024/05/22",
        "Kamis, 30 Mei 2024": f"{OWN}/2024/05/30",
    }
    assert ways(html, "Bulan lain") == {
        "Februari 2024": f"{OWN}/2024/02/11",
        "Agustus 2024": f"{OWN}/2024/08/01",
    }
    assert months_and_years(html) == [
        ("2024", {
            "Feb": f"{OWN}/2024/02/11",
            "Mei": f"{OWN}/2024/05/30",
            "Agu": f"{OWN}/2024/08/09",
        }),
        ("Tahun", {"2022": f"{OWN}/2022/02/28", "2024": f"{OWN}/2024/08/09"}),
    ]  # fmt: skip


def months_and_years(html: str) -> list[tuple[str, dict[str, str]]]:
    parts = part_of(html, '<nav class="dates"', "</nav>").split("<h2")[1:]
    link = re.compile(r'<a href="([^"]+)"[^>]*>([^<]+)')
    return [
        (words_of(f"<h2{part}").split()[0], {words: url for url, words in link.findall(part)})
        for part in parts
    ]


def test_a_young_site_offers_its_one_month_and_no_other(reader, published):
    published("2024-05-22 09:00")
    own = f"{OWN}/2024/05/22"
    html = page(reader("cilacap"), "/indeks/2024/05/22")
    assert months_and_years(html) == [("2024", {"Mei": own})]
    # Neither now nor before there was a site does a reader stand at a dead end.
    html = page(reader("cilacap"), "/indeks/2023/12/31")
    assert months_and_years(html) == [("Tahun", {"2024": own})]
    assert ways(html, "Bulan lain") == {"Mei 2024": own}
    html = page(reader("cilacap"), "/indeks/2024/01/31")
    assert months_and_years(html) == [("2024", {"Mei": own})]


EMPTY = "/en/indeks/2024/05/25", "/en/indeks/2024/05/21", "/en/indeks/1999/01/01"


@pytest.mark.parametrize("path", EMPTY)
def test_every_day_without_stories_says_so_and_is_kept_out_of_search(reader, published, path):
    published("2024-05-22 09:00", "2024-05-30 09:00")
    html = page(reader("cilacap"), path)
    assert "Nothing was published on May " in html or "on January 1, 1999." in html
    assert '<meta name="robots" content="noindex,follow">' in html
    assert html.count('<span aria-current="date">') == calendar(html).count('aria-current="date"')
    assert ("is of May 22, 2024." in html) is (path < "/en/indeks/2024/05/22")
    way = "Wednesday, May 22, 2024"
    assert ways(html, "Days with stories")[way].endswith("/en/indeks/2024/05/22")
    assert "noindex" not in page(reader("cilacap"), "/indeks/2024/05/22")


def test_there_are_no_days_after_today_nor_any_that_no_calendar_has(reader, published, cilacap):
    published("2024-05-22 00:01")
    client = reader("cilacap")
    today = timezone.now().astimezone(cilacap.zone).date()
    for day in (f"{today:%Y/%m/%d}", "0001/01/01", "1900/02/28"):
        page(client, f"/indeks/{day}")
    for day in ("0000/01/01", "2024/02/30", "1900/02/29", "9999/12/31"):
        page(client, f"/indeks/{day}", 404)
    page(client, f"/indeks/{today + timedelta(days=1):%Y/%m/%d}", 404)


def test_the_index_opens_on_the_newest_day_with_stories(reader, published, publish, cilacap):
    published("2024-05-22 09:00")
    html = page(reader("cilacap"), "/indeks")
    assert heads(main(html)) == ["Berita 2024-05-22 09:00"]
    assert links(html)["canonical"] == OWN
    edition = publish()
    html = page(reader("cilacap"), "/indeks")
    assert heads(main(html)) == [edition.headline]


def test_a_new_site_has_an_index_that_says_that_there_is_nothing(reader, cilacap):
    for label in ("", "cilacap"):
        html = page(reader(label), "/en/indeks")
        assert "Nothing has been published today yet." in html
        assert "<a " not in calendar(html)
        assert '<nav class="dates"' not in html
        html = page(reader(label), "/en/indeks/2024/05/22")
        assert "Nothing was published on May 22, 2024." in html
        assert "The oldest story" not in html


def test_a_day_with_very_many_stories_goes_on_on_further_pages(reader, published, monkeypatch):
    monkeypatch.setattr(lists, "OF_A_DAY", 2)
    published("2024-05-21 09:00", *(f"2024-05-22 0{hour}:00" for hour in range(5)))
    client, path = reader("cilacap"), "/indeks/2024/05/22"
    shown, query = [], ""
    while query is not None:
        html = page(client, path + query)
        shown += heads(main(html))
        query = links(html).get("next")
    assert shown == [f"Berita 2024-05-22 0{hour}:00" for hour in range(4, -1, -1)]


def test_the_index_names_its_list_and_holds_for_long(reader, published, cilacap):
    published("2024-05-22 09:00")
    response = reader("cilacap").get("/indeks/2024/05/22")
    names = response.headers["Surrogate-Key"].split()
    own = f"bureau:{cilacap.pk}"
    assert names[:3] == ["network", own, f"list:{own}"]
    assert [name.partition(":")[0] for name in names[3:]] == ["article"]
    midnight = timezone.now().astimezone(cilacap.zone) + timedelta(days=1)
    assert response.holds_until.astimezone(cilacap.zone).date() == midnight.date()
