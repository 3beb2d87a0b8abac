"""An embargo is shown while it holds, and no longer: on the story, in the list, at home."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests.desk import change_url
from tests.factories import make_story

BADGE = "</svg> embargo</span>"
HOUR = timedelta(hours=1)


@pytest.fixture
def story(correspondent, cilacap):
    story = make_story(correspondent, cilacap, embargo_until=timezone.now() + HOUR)
    workflow.submit(story, by=correspondent)
    return story


def places(client, story) -> dict[str, bool]:
    """Where the desk says that the story is under embargo."""
    filtered = client.get("/articles/article/?tab=all&mark=embargo").context["cl"]
    return {
        "story": "#i-lock" in _panel(client.get(change_url(story))),
        "list": BADGE in client.get("/articles/article/").content.decode(),
        "home": BADGE in client.get("/").content.decode(),
        "filter": [found.pk for found in filtered.result_list] == [story.pk],
    }


def _panel(page) -> str:
    html = page.content.decode()
    return html[html.index('id="checks"') : html.index('id="log"')]


def test_the_desk_says_under_embargo_until_it_has_passed(desk_client, editor, story):
    editor.language = "en"
    editor.save()
    client = desk_client(editor)
    assert set(places(client, story).values()) == {True}

    Article.objects.update(embargo_until=timezone.now() - HOUR)

    assert set(places(client, story).values()) == {False}


def test_whoever_only_reads_the_story_sees_no_mark_of_it_either(desk_client, correspondent, story):
    client = desk_client(correspondent)

    def is_marked() -> bool:
        page = client.get(change_url(story)).content.decode()
        return "embargo" in page[page.index("reading__marks") : page.index("reading__headline")]

    assert is_marked()
    Article.objects.update(embargo_until=timezone.now() - HOUR)
    assert not is_marked()
