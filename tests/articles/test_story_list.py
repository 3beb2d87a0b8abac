"""The story list and the home page: states in words, few queries, an invitation to write."""

import pytest

from articles import workflow
from articles.models import Article
from articles.states import TABS, shown_states, with_states
from tests.desk import text_of
from tests.factories import (
    approve_story,
    make_picture,
    make_story,
    publish_story,
    rewrite,
)


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    for user in (correspondent, editor):
        user.language = "en"
        user.save()


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


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_reads_the_same_number_of_queries_for_one_story_and_for_many(
    desk_client, django_assert_num_queries, editor, correspondent, cilacap, count
):
    for _ in range(count):
        publish_story(correspondent, editor, cilacap, picture=make_picture(cilacap))
    client = desk_client(editor)
    client.get("/articles/article/")

    with django_assert_num_queries(12):
        client.get("/articles/article/")


@pytest.mark.parametrize("count", [1, 12])
def test_home_reads_the_same_number_of_queries_for_one_story_and_for_many(
    desk_client, django_assert_num_queries, editor, correspondent, cilacap, count
):
    for _ in range(count):
        for step in range(4):
            story = make_story(correspondent, cilacap)
            if step > 0:
                workflow.submit(story, by=correspondent)
            if step > 1:
                workflow.claim(story, by=editor)
            if step > 2:
                workflow.approve(story, by=editor)
    client = desk_client(editor)
    client.get("/")

    with django_assert_num_queries(23):
        client.get("/")


def test_a_list_is_cut_into_pages_and_counts_no_further_than_a_thousand(
    desk_client, editor, correspondent, cilacap, monkeypatch
):
    monkeypatch.setattr("articles.admin.filters.MOST_COUNTED", 31)
    for _ in range(33):
        make_story(correspondent, cilacap)
    client = desk_client(editor)

    first = client.get("/articles/article/")
    second = client.get("/articles/article/?p=2")

    assert (len(first.context["cl"].result_list), len(second.context["cl"].result_list)) == (30, 1)
    assert "search or filter for older ones" in text_of(first)


def test_the_bureau_is_a_column_only_for_whoever_works_at_several(
    desk_client, editor, network_editor, correspondent, cilacap, makassar
):
    make_story(correspondent, cilacap)

    for user, columns in (
        (editor, ["story", "state", "writers", "section", "changed"]),
        (
            network_editor,
            ["story", "state", "bureau", "writers", "section", "changed_with_zone"],
        ),
    ):
        page = desk_client(user).get("/articles/article/")
        assert page.context["cl"].list_display == columns


def test_a_new_reporter_is_invited_to_write(desk_client, correspondent):
    client = desk_client(correspondent)

    for url in ("/", "/articles/article/"):
        page = client.get(url)
        assert "Your first story" in text_of(page)
        assert 'href="/articles/article/add/">Write a story</a>' in page.content.decode()


def test_home_shows_the_reporter_the_whole_reason_of_what_was_sent_back(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap, headline="Kapal melaut")
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    workflow.send_back(story, by=editor, reason="Sumbernya siapa? " * 40)

    page = text_of(desk_client(correspondent).get("/"))

    assert "Sent back to you" in page
    assert ("Sumbernya siapa? " * 40).strip() in page
    assert "Kapal melaut" in page


def test_home_shows_the_editor_what_waits_in_the_order_of_waiting(
    desk_client, correspondent, editor, cilacap, makassar, other_editor
):
    for headline in ("Pertama", "Kedua"):
        workflow.submit(make_story(correspondent, cilacap, headline=headline), by=correspondent)
    workflow.submit(make_story(other_editor, makassar, headline="Makassar"), by=other_editor)

    page = desk_client(editor).get("/")

    lists = {
        stretch.name: [str(story) for story in stretch.stories]
        for stretch in page.context["stretches"]
    }
    assert lists == {"submitted": ["Pertama", "Kedua"]}
