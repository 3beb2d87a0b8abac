"""The story list between two days, on the clock of the bureau."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection

from articles.models import Article
from tests.desk import in_english, text_of
from tests.factories import make_author, make_story, make_user

LIST = "/articles/article/"


def changed(user, bureau, headline: str, *moment: int) -> Article:
    story = make_story(user, bureau, headline=headline)
    at = datetime(*moment, tzinfo=UTC)
    Article.objects.filter(pk=story.pk).update(changed_at=at)
    return story


def headlines(page) -> list[str]:
    return [story.headline for story in page.context["cl"].result_list]


@pytest.fixture
def stories(correspondent, cilacap):
    # Midnight in Cilacap is 17.00 of the day before, UTC.
    changed(correspondent, cilacap, "30 April", 2026, 4, 30, 16, 59)
    changed(correspondent, cilacap, "1 Mei", 2026, 4, 30, 17, 0)
    changed(correspondent, cilacap, "31 Mei", 2026, 5, 31, 16, 59)
    changed(correspondent, cilacap, "1 Juni", 2026, 5, 31, 17, 0)


@pytest.mark.parametrize(
    ("address", "found", "said"),
    [
        ("changed_from=2026-05-01&changed_until=2026-05-31", ["31 Mei", "1 Mei"],
         "1 Mei 2026 – 31 Mei 2026"),
        ("changed_from=2026-05-31", ["1 Juni", "31 Mei"], "sejak 31 Mei 2026"),
        ("changed_until=2026-05-01", ["1 Mei", "30 April"], "sampai 1 Mei 2026"),
        ("changed_from=2026-05-01&changed_until=2026-05-01", ["1 Mei"], "1 Mei 2026"),
        ("changed_from=&changed_until=", ["1 Juni", "31 Mei", "1 Mei", "30 April"], ""),
        # A span that was chosen before gives way.
        ("changed=today&changed_until=2026-05-01", ["1 Mei", "30 April"], "sampai 1 Mei 2026"),
    ],
)  # fmt: skip
def test_the_list_shows_what_was_changed_between_two_days(
    desk_client, editor, stories, address, found, said
):
    page = desk_client(editor).get(f"{LIST}?tab=all&{address}")

    assert headlines(page) == found
    assert [str(chip["value"]) for chip in page.context["cl"].chips] == [said] * bool(said)


def test_the_chip_takes_both_days_away_and_a_span_takes_their_place(desk_client, editor, stories):
    page = desk_client(editor).get(
        f"{LIST}?changed_from=2026-05-01&changed_until=2026-05-31&mark=paid&tab=all"
    )

    days, _mark = page.context["cl"].chips
    html = page.content.decode()
    assert days["without"] == "?mark=paid&tab=all"
    assert 'href="?changed=week&amp;mark=paid&amp;tab=all"' in html
    assert (
        'name="mark" value="paid"'
        in html.partition('name="changed_from"')[2].partition("</form>")[0]
    )
    assert 'type="date" name="changed_from" value="2026-05-01"' in html


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("changed_from=2026-02-31", "From: This is no date. Write year, month and day: 2026-1"),
        ("changed_until=kemarin", "Until: This is no date."),
        ("changed_from=2026-05-02&changed_until=2026-05-01",
         "Until: The last day lies before the first."),
        ("changed_from=0001-01-01", "From: The year must lie between 1945 and"),
        ("changed_until=9999-12-31", "Until: The year must lie between 1945 and"),
        ("changed_from=%00", "From: "),
    ],
)  # fmt: skip
def test_days_that_cannot_be_read_are_said_and_show_no_story(
    desk_client, editor, stories, address, why
):
    in_english(editor)

    page = desk_client(editor).get(f"{LIST}?tab=all&{address}")

    assert (page.status_code, headlines(page)) == (200, [])
    assert why in text_of(page).partition("Look at the days again")[2]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("changed_from=2026-05-02&changed_until=2026-05-01", "2 Mei 2026 – 1 Mei 2026"),
        ("changed_from=2026-05-02&changed_until=kemarin", "2 Mei 2026 – kemarin"),
        ("changed_from=0001-01-01", "0001-01-01"),
    ],
)
def test_a_day_that_can_be_read_is_printed_like_others_beside_one_that_cannot(
    desk_client, editor, stories, address, said
):
    page = desk_client(editor).get(f"{LIST}?{address}")

    assert [str(chip["value"]) for chip in page.context["cl"].chips] == [said]


def test_where_no_story_of_a_tab_fits_the_same_is_asked_of_all_by_a_press(
    desk_client, editor, stories
):
    client = desk_client(editor)
    days = "changed_from=2026-05-01&changed_until=2026-05-31"

    (address,) = re.findall(
        r'class="button" href="([^"]+)">Cari di semua naskah<',
        client.get(f"{LIST}?tab=approved&{days}").content.decode(),
    )

    assert headlines(client.get(LIST + unescape(address))) == ["31 Mei", "1 Mei"]
    nowhere = client.get(f"{LIST}?tab=all&changed_until=2026-01-01").content.decode()
    assert "Hapus saringan" in nowhere
    assert "Cari di semua naskah" not in nowhere


def test_days_are_those_of_the_bureau_that_is_chosen(desk_client, cilacap, jayapura):
    user = make_user("dua", ("bureau_editor", cilacap), ("bureau_editor", jayapura))
    make_author("dua", bureau=cilacap, user=user)
    # Two in the morning of May 1 in Jayapura, the last evening of April in Cilacap.
    changed(user, jayapura, "Jayapura", 2026, 4, 30, 16, 0)
    changed(user, cilacap, "Cilacap", 2026, 4, 30, 16, 30)
    client = desk_client(user)
    days = "tab=all&changed_from=2026-05-01&changed_until=2026-05-01"

    there = client.get(f"{LIST}?{days}&bureau={jayapura.pk}")
    everywhere = client.get(f"{LIST}?{days}&bureau=")

    assert headlines(there) == ["Jayapura"]
    assert headlines(everywhere) == []
    assert "tengah malam WIT." in there.content.decode()
    assert "tengah malam WIB." in everywhere.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_days_cost_no_query_more_and_no_story_is_counted_or_passed_over(
    desk_client, editor, correspondent, cilacap, django_assert_num_queries, count
):
    for number in range(count):
        changed(correspondent, cilacap, f"Naskah {number}", 2026, 5, 1, 12, number)
    client = desk_client(editor)
    client.get(LIST)

    with django_assert_num_queries(12) as asked:
        page = client.get(f"{LIST}?tab=all&changed_from=2026-05-01&changed_until=2026-05-31")

    assert len(page.context["cl"].result_list) == count
    assert not [query for query in asked if "OFFSET" in query["sql"]]


def test_two_days_are_read_off_the_index_of_changes(
    desk_client, network_editor, correspondent, cilacap
):
    changed(correspondent, cilacap, "1 Mei", 2026, 5, 1, 12)
    client = desk_client(network_editor)
    client.get(LIST)
    found: list[tuple] = []

    def note(execute, sql, params, many, context):
        if "changed_at" in sql.partition(" WHERE ")[2].partition("ORDER BY")[0]:
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        client.get(f"{LIST}?tab=all&changed_from=2026-05-01&changed_until=2026-05-31")

    ((sql, params),) = found
    with connection.cursor() as cursor:
        # So small a table is else read from end to end.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "article_changed" in plan
    assert plan.count("Index Cond: ((changed_at >= ") == 1
