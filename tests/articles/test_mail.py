"""Who is told about what: nobody more, nobody twice."""

import pytest
from django.core import mail
from django.db import connection

from articles import tasks, workflow
from articles.models import Event
from tests.factories import approve_story, make_story, make_user, publish_next


def deliver() -> list[str]:
    """Run the queued tasks as the worker would; "recipient: subject" of what went out."""
    mail.outbox.clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'event_id' FROM procrastinate_jobs WHERE queue_name = 'mail' ORDER BY id"
        )
        events = [int(event) for (event,) in cursor.fetchall()]
    for event in events:
        tasks.mail_event(event_id=event)
    return sorted(f"{message.to[0].split('@')[0]}: {message.subject}" for message in mail.outbox)


@pytest.fixture
def story(correspondent, cilacap):
    return make_story(correspondent, cilacap, headline="Harga ikan turun")


@pytest.mark.usefixtures("other_editor", "network_editor", "outsider")
def test_submitting_tells_the_editors_of_the_bureau_and_nobody_else(
    story, correspondent, editor, second_editor
):
    workflow.submit(story, by=correspondent)
    assert deliver() == [
        "bagus: Untuk ditinjau (Cilacap): Harga ikan turun",
        "wening: Untuk ditinjau (Cilacap): Harga ikan turun",
    ]


@pytest.mark.usefixtures("network_editor", "other_editor")
def test_where_a_bureau_has_no_editor_the_network_editor_is_told(story, correspondent):
    workflow.submit(story, by=correspondent)
    assert deliver() == ["retno: Untuk ditinjau (Cilacap): Harga ikan turun"]


def test_sending_back_tells_the_author_the_whole_reason(story, correspondent, editor):
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    deliver()
    workflow.send_back(story, by=editor, reason="Belum ada suara dinas.\nTanyakan angkanya.")
    assert deliver() == ["ratih: Dikembalikan kepada Anda: Harga ikan turun"]
    assert "Belum ada suara dinas.\nTanyakan angkanya." in mail.outbox[0].body
    assert f"http://desk.bentara.test/articles/article/{story.pk}/change/" in mail.outbox[0].body


def test_approving_and_publishing_tell_the_author_and_give_the_address(
    story, correspondent, editor
):
    approve_story(story, by=correspondent, editor=editor)
    edition = workflow.publish(story, by=editor)
    assert deliver() == [
        "ratih: Disetujui: Harga ikan turun",
        "ratih: Terbit: Harga ikan turun",
        "wening: Untuk ditinjau (Cilacap): Harga ikan turun",
    ]
    assert edition.address.get_absolute_url() in mail.outbox[-1].body


def test_an_update_tells_the_author_from_when_it_is_live(story, correspondent, editor):
    approve_story(story, by=correspondent, editor=editor)
    workflow.publish(story, by=editor)
    deliver()
    publish_next(story, by=correspondent, editor=editor, headline="Harga ikan naik lagi")
    assert "ratih: Diperbarui: Harga ikan naik lagi" in deliver()


def test_nobody_is_told_of_what_they_did_themselves(cilacap, editor, second_editor):
    story = make_story(editor, cilacap, headline="Jalan desa diperbaiki")
    workflow.submit(story, by=editor)
    assert deliver() == ["bagus: Untuk ditinjau (Cilacap): Jalan desa diperbaiki"]
    workflow.claim(story, by=second_editor)
    workflow.send_back(story, by=second_editor, reason="Tambah foto.")
    assert deliver() == ["wening: Dikembalikan kepada Anda: Jalan desa diperbaiki"]


def test_a_task_that_runs_twice_sends_one_mail(story, correspondent, editor):
    workflow.submit(story, by=correspondent)
    assert len(deliver()) == 1
    assert deliver() == []
    event = Event.objects.get(verb="submit")
    assert [delivery.recipient for delivery in event.deliveries.all()] == [editor]


def test_mail_is_in_the_language_of_the_readers_desk(story, correspondent, cilacap):
    make_user("john", ("bureau_editor", cilacap), language="en")
    workflow.submit(story, by=correspondent)
    assert deliver() == ["john: For review (Cilacap): Harga ikan turun"]


def test_a_verb_that_is_rolled_back_tells_nobody(story, correspondent, editor):
    with pytest.raises(workflow.NotAllowed):
        workflow.submit(story, by=make_user("orang-asing"))
    assert deliver() == []
    assert editor.deliveries.count() == 0
