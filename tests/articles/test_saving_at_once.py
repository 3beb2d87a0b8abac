"""Two people press a button of the story form at the same moment: one outcome, nothing lost."""

import pytest

from articles.models import Article, Autosave, Edition, Event
from tests.articles.test_concurrency import at_once
from tests.desk import change_url, form_data
from tests.factories import approve_story, make_story

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_texts_saved_at_once_one_is_refused_and_none_overwritten(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    reporter, redaktur = desk_client(correspondent), desk_client(editor)
    typed = form_data(story)
    url = change_url(story)

    answers = at_once(
        lambda: reporter.post(url, {**typed, "headline": "Judul reporter"}),
        lambda: redaktur.post(url, {**typed, "headline": "Judul redaktur"}),
    )

    story.refresh_from_db()
    kept = Autosave.objects.get()
    refused = next(answer for answer in answers if str(kept.key) in answer["Location"])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert refused["Location"] == f"/articles/article/{story.pk}/conflict/{kept.key}/"
    assert {story.headline, kept.headline} == {"Judul reporter", "Judul redaktur"}
    assert (story.version, story.revisions.count()) == (2, 2)


def test_two_editors_who_press_publish_at_once_make_one_edition(
    desk_client, correspondent, editor, second_editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    first, second = desk_client(editor), desk_client(second_editor)
    typed = form_data(story, _verb="publish", _confirmed="yes")

    answers = at_once(
        lambda: first.post(change_url(story), typed),
        lambda: second.post(change_url(story), typed),
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Edition.objects.count() == 1
    assert Event.objects.filter(verb="publish").count() == 1
    assert Article.objects.get().version == 1
