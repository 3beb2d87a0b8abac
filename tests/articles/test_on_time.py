"""What is scheduled reaches readers at its time, with nothing running but the web server."""

import time
from datetime import timedelta

from django.utils import timezone

from articles import workflow
from tests.factories import approve_story, make_story, rewrite


def soon():
    return timezone.now() + timedelta(seconds=1)


def test_a_scheduled_story_and_its_scheduled_update_appear_on_time(
    reader, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap, headline="Edisi pertama")
    approve_story(story, by=correspondent, editor=editor)
    edition = workflow.schedule(story, by=editor, at=soon())
    browser, path = reader("cilacap"), edition.address.path
    assert browser.get(path).status_code == 404
    assert "Edisi pertama" not in browser.get("/").text
    time.sleep(1.1)
    assert "Edisi pertama" in browser.get(path).text
    assert "Edisi pertama" in browser.get("/").text

    rewrite(story, by=correspondent, headline="Edisi kedua")
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=soon())
    assert "Edisi kedua" not in browser.get(path).text
    time.sleep(1.1)
    assert "Edisi kedua" in browser.get(path).text
    assert "Edisi pertama" not in browser.get("/").text
