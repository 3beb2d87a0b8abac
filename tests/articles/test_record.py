"""The provable record, and what the database itself keeps from being changed."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from articles import record, workflow
from articles.models import Article, Edition, Event, Notice
from tests.factories import approve_story, make_story, publish_next, publish_story, rewrite


@pytest.fixture
def story(correspondent, editor, second_editor, cilacap):
    """Three editions, a correction and a retraction."""
    story = publish_story(correspondent, editor, cilacap).article
    publish_next(story, by=correspondent, editor=editor, headline="Edisi kedua")
    rewrite(story, by=correspondent, body="<p>408 kapal.</p>")
    approve_story(story, by=correspondent, editor=editor)
    workflow.correct(story, by=editor, notice="Yang benar 408 kapal.")
    workflow.retract(story, by=editor, ground="factual", reason="Sumbernya keliru.")
    workflow.confirm_retraction(story, by=second_editor)
    return Article.objects.get(pk=story.pk)


def tamper(sql: str, *params) -> None:
    """Change what is kept, as someone with the keys of the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("edition", "notice"):
            cursor.execute(f"ALTER TABLE articles_{table} DISABLE TRIGGER USER")
        cursor.execute(sql, params)


def test_editions_and_notices_form_one_chain(story):
    records = record.chain(story)
    assert [(type(link).__name__, link.record_number) for link in records] == [
        ("Edition", 1),
        ("Edition", 2),
        ("Edition", 3),
        ("Notice", 4),
        ("Notice", 5),
    ]
    assert [link.previous_sha256 for link in records] == [
        "",
        *[link.record_sha256 for link in records[:-1]],
    ]
    assert list(record.faults(story)) == []


def test_a_moved_schedule_does_not_break_the_record(correspondent, editor, cilacap):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(days=1))
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(days=4))
    assert list(record.faults(Article.objects.get(pk=story.pk))) == []


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE articles_edition SET body = '<p>480 kapal.</p>' WHERE number = 3", "changed"),
        ("UPDATE articles_edition SET bylines = '[]' WHERE number = 1", "changed"),
        ("UPDATE articles_notice SET text = 'Lain.' WHERE kind = 'correction'", "changed"),
        ("DELETE FROM articles_notice WHERE kind = 'correction'", "missing before it"),
        ("DELETE FROM articles_notice WHERE kind = 'retraction'", "newest record is missing"),
        ("UPDATE articles_edition SET previous_sha256 = '' WHERE number = 2", "does not follow"),
        ("UPDATE articles_edition SET record_sha256 = 'x' WHERE number = 1", "own hash"),
    ],
)
def test_whatever_is_changed_behind_the_program_shows(sql, fault, story):
    tamper(sql)
    assert fault in " ".join(record.faults(story))
    with pytest.raises(CommandError, match=f"story {story.pk}"):
        call_command("verify_record")


def test_the_command_says_how_much_it_verified(story, capsys):
    call_command("verify_record")
    assert capsys.readouterr().out == "1 stories, 5 records: the record is whole.\n"


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_database_keeps_editions_notices_and_the_log_from_change(story):
    refused(lambda: Edition.objects.filter(number=1).update(headline="Lain"))
    refused(lambda: Edition.objects.filter(number=1).update(record_sha256="0"))
    refused(lambda: Edition.objects.filter(number=1)._raw_delete("default"))
    refused(lambda: Notice.objects.update(text="Lain"))
    refused(lambda: Notice.objects.all()._raw_delete("default"))
    refused(lambda: Event.objects.update(reason="Lain"))
    refused(lambda: Event.objects.all()._raw_delete("default"))
    refused(lambda: story.revisions.update(number=99))


def test_an_edition_that_has_begun_keeps_its_start_and_one_that_ended_its_end(story):
    now = timezone.now()
    ended = Edition.objects.filter(number=1)
    start, end = ended.get().live.lower, ended.get().live.upper
    refused(lambda: ended.update(live=DateTimeTZRange(start - timedelta(hours=1), end)))
    refused(lambda: ended.update(live=DateTimeTZRange(start, now + timedelta(hours=1))))
    refused(lambda: ended.update(live=DateTimeTZRange(empty=True)))


def test_a_live_edition_may_end_now_or_later_but_not_earlier(correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap)
    start = edition.live.lower
    rows = Edition.objects.filter(pk=edition.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        began = cursor.fetchone()[0]
    refused(lambda: rows.update(live=DateTimeTZRange(began - timedelta(hours=2), None)))
    rows.update(live=DateTimeTZRange(start, start + timedelta(hours=1)))
    refused(lambda: rows.update(first_published=start - timedelta(days=1)))


def test_a_story_has_one_live_edition_at_any_moment(correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap)
    twin = Edition.objects.get(pk=edition.pk)
    twin.pk = None
    twin.number = 2
    with pytest.raises(IntegrityError, match="edition_one_live"), transaction.atomic():
        twin.save(force_insert=True)
