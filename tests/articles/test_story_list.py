"""The story list: tabs, filters, search, order, and few queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from articles import workflow
from articles.models import Article
from articles.states import TABS, shown_states, with_states
from tests.desk import in_english, text_of, words_of
from tests.factories import (
    approve_story,
    make_author,
    make_live,
    make_picture,
    make_story,
    make_user,
    publish_story,
    rewrite,
)

LIST = "/articles/article/"


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


def headlines(page) -> list[str]:
    return [story.headline for story in page.context["cl"].result_list]


def states_of(story: Article) -> list[str]:
    return [state.name for state in shown_states(with_states(Article.objects).get(pk=story.pk))]


def tabs_of(story: Article) -> set[str]:
    stories = with_states(Article.objects.filter(pk=story.pk))
    return {name for name, (_state, condition) in TABS.items() if stories.filter(condition)}


def test_a_story_stands_under_the_tab_of_each_state_that_it_shows(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    seen = [(states_of(story), tabs_of(story))]
    workflow.submit(story, by=correspondent)
    seen.append((states_of(story), tabs_of(story)))
    workflow.claim(story, by=editor)
    seen.append((states_of(story), tabs_of(story)))
    workflow.send_back(story, by=editor, reason="Sumber?")
    seen.append((states_of(story), tabs_of(story)))
    approve_story(story, by=correspondent, editor=editor)
    seen.append((states_of(story), tabs_of(story)))
    workflow.publish(story, by=editor)
    seen.append((states_of(story), tabs_of(story)))
    rewrite(story, by=correspondent, summary="Baru.")
    seen.append((states_of(story), tabs_of(story)))

    assert seen == [
        (["draft"], {"draft"}),
        (["submitted"], {"submitted"}),
        (["in-review"], {"in_review"}),
        (["sent-back"], {"sent_back"}),
        (["approved"], {"approved"}),
        (["published"], {"published"}),
        (["published", "draft"], {"published", "draft"}),
    ]


def test_a_spiked_story_stands_under_its_own_tab_alone(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    workflow.spike(story, by=editor, reason="Basi")

    assert (states_of(story), tabs_of(story)) == (["spiked"], {"spiked"})


def test_search_looks_into_headline_and_body(desk_client, editor, correspondent, cilacap):
    make_story(correspondent, cilacap, headline="Kapal melaut")
    make_story(correspondent, cilacap, headline="Pasar sepi", body="<p>Harga kapal naik.</p>")
    make_story(correspondent, cilacap, headline="Sekolah digabung")

    page = desk_client(editor).get("/articles/article/?q=kapal")

    assert [str(story) for story in page.context["cl"].result_list] == [
        "Pasar sepi",
        "Kapal melaut",
    ]


QUERIES = [
    ("editor", "", 12),
    ("editor", "?tab=published", 12),
    ("editor", "?tab=all&section=none&changed=week&mark=paid&author=Ratih", 12),
    ("editor", "?q=kapal", 17),
    ("correspondent", "", 11),
    ("network_editor", "", 11),
]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_reads_the_same_number_of_queries_for_one_story_and_for_a_page_full(
    request, desk_client, django_assert_num_queries, correspondent, editor, network_editor,
    cilacap, count,
):  # fmt: skip
    picture = make_picture(cilacap)
    for _ in range(count):
        make_live(correspondent, cilacap, picture=picture)
        workflow.submit(make_story(correspondent, cilacap), by=correspondent)

    for who, address, queries in QUERIES:
        client = desk_client(request.getfixturevalue(who))
        client.get(LIST)
        with django_assert_num_queries(queries):
            page = client.get(LIST + address)
        shown = len(page.context["cl"].result_list)
        assert shown == (0 if "paid" in address else min(count * (1 + ("q=" in address)), 30))


def test_the_first_tab_holds_what_the_desk_has_to_do_and_breaking_news_leads(
    desk_client, editor, correspondent, cilacap
):
    def story(headline, **more):
        return make_story(correspondent, cilacap, headline=headline, **more)

    publish_story(correspondent, editor, cilacap, headline="Sudah terbit")
    story("Draf")
    approve_story(story("Disetujui"), by=correspondent, editor=editor)
    for headline in ("Menunggu lama", "Menunggu sebentar"):
        workflow.submit(story(headline), by=correspondent)
    reviewed = workflow.submit(story("Ditinjau"), by=correspondent)
    workflow.claim(reviewed, by=editor)
    workflow.submit(story("Segera", breaking=True), by=correspondent)
    scheduled = approve_story(story("Terjadwal"), by=correspondent, editor=editor)
    workflow.schedule(scheduled, by=editor, at=timezone.now() + timedelta(hours=2))
    workflow.spike(story("Disisihkan"), by=editor, reason="Basi")

    page = desk_client(editor).get(LIST)

    assert headlines(page) == [
        "Segera", "Menunggu lama", "Menunggu sebentar", "Ditinjau", "Disetujui", "Terjadwal",
        "Draf",
    ]  # fmt: skip
    assert "7 stories; breaking news first, then what has waited longest" in text_of(page)


def test_the_archive_shows_its_newest_change_first_and_says_so(
    desk_client, editor, correspondent, cilacap
):
    older = make_live(correspondent, cilacap, headline="Lama").article
    make_live(correspondent, cilacap, headline="Baru")
    rewrite(older, by=correspondent, summary="Diubah.")

    page = desk_client(editor).get(f"{LIST}?tab=published")

    assert headlines(page) == ["Lama", "Baru"]
    assert "2 stories; newest change first" in text_of(page)


def tabs_shown(page) -> dict[str, str]:
    choices = page.context["cl"].tabs.choices(page.context["cl"])
    with translation.override("en"):
        return {str(choice["tab"].label): choice["count"] for choice in choices}


def test_tabs_count_up_to_a_thousand_and_no_further(
    desk_client, editor, correspondent, cilacap, monkeypatch
):
    monkeypatch.setattr("articles.admin.filters.MOST_COUNTED", 2)
    monkeypatch.setattr("articles.bureau_board.MOST_COUNTED", 2)
    for _ in range(3):
        make_live(correspondent, cilacap)
        workflow.submit(make_story(correspondent, cilacap), by=correspondent)
    make_story(correspondent, cilacap)

    page = desk_client(editor).get(LIST)

    assert tabs_shown(page) == {
        "At the desk": "2+", "All": "", "Draft": "1", "Sent back": "0", "Submitted": "2+",
        "In review": "0", "Approved": "0", "Scheduled": "0", "Published": "2+",
        "Retracted": "0", "Spiked": "0",
    }  # fmt: skip


def test_a_reporter_sees_and_counts_own_stories_alone(
    desk_client, correspondent, editor, cilacap, monkeypatch
):
    colleague = make_user("galih", ("reporter", cilacap))
    make_story(colleague, cilacap, headline="Milik rekan")
    make_live(colleague, cilacap, headline="Terbit milik rekan")
    make_story(correspondent, cilacap, headline="Milik saya")
    make_live(correspondent, cilacap, headline="Terbit milik saya")
    make_live(correspondent, cilacap, headline="Terbit lagi")
    client = desk_client(correspondent)

    for most in (1000, 1):  # own stories are looked for in another way when they are many
        monkeypatch.setattr("articles.admin.story_list.MOST_COUNTED", most)
        seen = [
            headlines(client.get(LIST + address))
            for address in ("", "?tab=published", "?tab=all", "?q=milik")
        ]
        published = ["Terbit lagi", "Terbit milik saya"]
        assert seen == [
            ["Milik saya"],
            published,
            [*published, "Milik saya"],
            ["Terbit milik saya", "Milik saya"],
        ]
    assert tabs_shown(client.get(LIST))["Published"] == "2"


def test_next_and_previous_lead_through_a_queue_without_missing_a_story(
    desk_client, editor, correspondent, cilacap
):
    made = []
    for number in range(65):
        story = make_story(
            correspondent, cilacap, headline=f"Kabar {number}", breaking=number == 64
        )
        workflow.submit(story, by=correspondent)
        made.append(f"Kabar {number}")
    queue = [made[64], *made[:64]]
    client = desk_client(editor)

    first = client.get(LIST)
    second = client.get(LIST + first.context["cl"].older)
    third = client.get(LIST + second.context["cl"].older)
    back = client.get(LIST + third.context["cl"].newer)

    assert [headlines(page) for page in (first, second, third)] == [
        queue[:30], queue[30:60], queue[60:]
    ]  # fmt: skip
    assert headlines(back) == queue[30:60]
    assert (first.context["cl"].newer, third.context["cl"].older) == ("", "")


@pytest.mark.parametrize(
    "address",
    [
        "?before=abc", "?after=-1", "?before=9-9&after=9-9", "?before=99999999999999999-1",
        "?before=", "?p=7", "?p=x", "?all=", "?o=1.-2.99", "?o=x", "?_facets=True", "?_popup=1",
        "?tab=nothing", "?section=x&bureau=y&changed=z&mark=1&picture=2&held=3",
        "?section=99999999999999999999", "?author=%00", "?author=%25", "?q=%00", "?q=%27%5C%26",
    ],
)  # fmt: skip
def test_an_address_that_was_tampered_with_shows_a_list(
    desk_client, editor, correspondent, cilacap, address
):
    make_story(correspondent, cilacap)

    assert desk_client(editor).get(LIST + address).status_code == 200


@pytest.mark.parametrize(
    "lookup", ["headline__regex=(a+)+", "body__icontains=x", "id__in=1", "created_by=1"]
)
def test_no_column_can_be_asked_for_by_its_name(desk_client, editor, lookup):
    answer = desk_client(editor).get(f"{LIST}?{lookup}")

    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?e=1")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("section=none", ["Tanpa rubrik"]),
        ("author=wiDODO", ["Tulisan lain"]),
        ("picture=yes", ["Bergambar"]),
        ("mark=breaking", ["Segera"]),
        ("mark=paid", ["Berbayar"]),
        ("held=me", ["Dipegang"]),
        ("changed=today&mark=paid&picture=no", ["Berbayar"]),
        ("mark=paid&picture=yes", []),
        ("changed=week", []),
    ],
)
def test_filters_narrow_the_list_several_at_once(
    desk_client, editor, correspondent, cilacap, address, found
):
    make_story(correspondent, cilacap, headline="Tanpa rubrik", section=None)
    make_story(
        correspondent, cilacap, headline="Tulisan lain", writers=[make_author("Joko Widodo Putra")]
    )
    make_story(correspondent, cilacap, headline="Bergambar", picture=make_picture(cilacap))
    make_story(correspondent, cilacap, headline="Segera", breaking=True)
    make_story(correspondent, cilacap, headline="Berbayar", paid=True)
    held = workflow.submit(
        make_story(correspondent, cilacap, headline="Dipegang"), by=correspondent
    )
    workflow.claim(held, by=editor)
    if address == "changed=week":
        Article.objects.update(changed_at=timezone.now() - timedelta(days=7, hours=1))

    assert headlines(desk_client(editor).get(f"{LIST}?{address}")) == found


def test_what_is_filtered_by_is_said_and_each_filter_can_be_taken_away(
    desk_client, editor, correspondent, cilacap
):
    make_story(correspondent, cilacap, paid=True)

    page = desk_client(editor).get(f"{LIST}?tab=all&mark=paid&changed=week&q=kapal")

    cl = page.context["cl"]
    with translation.override("en"):
        assert [(str(chip["value"]), chip["without"]) for chip in cl.chips] == [
            ("Past 7 days", "?mark=paid&q=kapal&tab=all"),
            ("Paid content", "?changed=week&q=kapal&tab=all"),
        ]
    assert cl.without_filters == "?tab=all"


def test_a_search_looks_through_all_stories_unless_a_tab_is_named(
    desk_client, editor, correspondent, cilacap
):
    make_live(correspondent, cilacap, headline="Kapal terbit")
    make_story(correspondent, cilacap, headline="Kapal draf")
    client = desk_client(editor)

    assert headlines(client.get(f"{LIST}?q=kapal")) == ["Kapal draf", "Kapal terbit"]
    assert headlines(client.get(f"{LIST}?q=kapal&tab=desk")) == ["Kapal draf"]


def test_a_search_that_finds_nothing_says_what_to_try(desk_client, editor, correspondent, cilacap):
    make_story(correspondent, cilacap)
    client = desk_client(editor)

    assert "No story has “sumur” Try fewer words" in text_of(
        client.get(f"{LIST}?q=sumur&tab=draft")
    )
    assert "Search all stories" in text_of(client.get(f"{LIST}?q=sumur&tab=draft"))
    assert "Two letters at least" in text_of(client.get(f"{LIST}?q=k"))
    assert "Clear filters" in text_of(client.get(f"{LIST}?mark=paid"))


def test_a_search_may_not_keep_the_database_busy(
    desk_client, editor, correspondent, cilacap, monkeypatch
):
    monkeypatch.setattr("articles.story_search.LONGEST_SEARCH", 50)
    monkeypatch.setattr(
        "articles.admin.story_list.StoryList._cut",
        lambda _list: connection.cursor().execute("SELECT pg_sleep(1)"),
    )
    make_story(correspondent, cilacap)

    page = desk_client(editor).get(f"{LIST}?q=kapal")

    assert "Too much to look through" in text_of(page)


def test_the_bureau_is_a_column_only_for_whoever_works_at_several(
    desk_client, editor, network_editor, correspondent, cilacap, makassar
):
    make_story(correspondent, cilacap)
    columns = [
        "action_checkbox", "story", "state", "bureau", "writers", "section", "waiting", "changed"
    ]  # fmt: skip

    for user, shown in (
        (editor, [name for name in columns if name != "bureau"]),
        (network_editor, columns),
    ):
        page = desk_client(user).get(LIST)
        assert page.context["cl"].list_display == shown


def test_a_row_says_who_holds_the_story_how_long_it_waits_and_what_to_mind(
    desk_client, editor, second_editor, correspondent, cilacap
):
    late = make_story(correspondent, cilacap, headline="Lama", protected=True)
    workflow.submit(late, by=correspondent)
    workflow.claim(late, by=second_editor)
    Article.objects.update(submitted_at=timezone.now() - timedelta(minutes=144))
    workflow.submit(
        make_story(correspondent, cilacap, headline="Segera", breaking=True), by=correspondent
    )
    mine = workflow.submit(make_story(correspondent, cilacap, headline="Saya"), by=correspondent)
    workflow.claim(mine, by=editor)

    rows = re.findall(r"<tr><td.*?</tr>", desk_client(editor).get(LIST).content.decode(), re.DOTALL)

    assert [words_of(row) for row in rows] == [
        f"{first} Ratih Purwandari Law {wait} {timezone.localtime(None, cilacap.zone):%H:%M}"
        for first, wait in (
            ("Segera Breaking news no picture Submitted", "0 m of 15 m"),
            ("Lama no picture child or victim In review by Bagus", "2 h 24 m (past the limit)"),
            ("Saya no picture In review by you", "0 m"),
        )
    ]


def test_a_new_reporter_is_invited_to_write(desk_client, correspondent):
    page = desk_client(correspondent).get(LIST)

    assert "Your first story" in text_of(page)
    assert 'href="/articles/article/add/">Write a story</a>' in page.content.decode()
