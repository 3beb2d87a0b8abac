"""An archive for measuring: as a newsroom would have made it, always the same, never for real."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.body import plain_text, sanitise
from articles.models import Address, Article, Edition, Listing, Notice, Placement, Revision, Tag
from bureaus.models import Bureau
from newsroom.archive.filling import fill
from newsroom.archive.stories import Plan
from newsroom.renditions import bounded
from newsroom.renditions.bounded import Received
from tests.factories import publish_story

pytestmark = pytest.mark.django_db

STORIES, DAY = 300, date(2026, 5, 22)
FEW = 40  # what takes long is the newsroom around them

RECEIVED: dict[tuple[bytes, str], Received] = {}


@pytest.fixture(autouse=True)
def _a_picture_is_drawn_once(monkeypatch):
    """Each archive has the same pictures, and to draw them takes longer than all else."""
    receive = bounded.receive

    def received(source, **more):
        source.seek(0)
        key = source.read(), str(more)
        if key not in RECEIVED:
            RECEIVED[key] = receive(source, **more)
        return RECEIVED[key]

    monkeypatch.setattr(bounded, "receive", received)


def make(stories: int = STORIES) -> None:
    """Without what the command does after it: VACUUM cannot run within a test's transaction."""
    fill(Plan(stories=stories, seed=1, years=10, until=DAY, at_desk=min(150, stories // 4)))


def constraints() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'articles_%%' UNION ALL"
            " SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'articles_%%'"
            " ORDER BY 1, 2"
        )
        # PostgreSQL prints a condition that it has printed before with other casts and brackets.
        return [(name, re.sub(r"::[a-z ]+(\[\])?|[() ]", "", text)) for name, text in cursor]


def test_an_archive_is_as_the_newsroom_would_have_made_it_and_readers_find_it(reader):
    # One test for all of it: to make it is what takes long.
    before = constraints()
    make()
    assert constraints() == before
    _every_story_is_whole_and_every_table_filled()
    _readers_find_its_stories_and_nothing_of_its_drafts(reader)


def _every_story_is_whole_and_every_table_filled():
    assert Article.objects.count() == STORIES
    assert all(sanitise(story.body) == story.body for story in Article.objects.all())
    words = sorted(len(plain_text(edition.body).split()) for edition in Edition.objects.all())
    assert 250 < words[len(words) // 2] < 450
    assert min(words) > 40
    out = StringIO()
    call_command("verify_record", stdout=out)
    assert "the record is whole" in out.getvalue()
    # Every place that a table of the desk or of readers needs is filled.
    assert set(Edition.objects.values_list("kind", flat=True)) >= {"first", "update"}
    assert Notice.objects.filter(kind="retraction").exists()
    assert Placement.objects.exists()
    stages = set(Article.objects.values_list("stage", flat=True))
    assert stages == {"draft", "submitted", "in_review", "approved"}
    versions = dict(Article.objects.values_list("pk", "version"))
    for number, content in Revision.objects.values_list("article", "content"):
        assert {"headline", "body", "bylines", "tags"} <= content.keys()
        assert number in versions
    sizes = sorted(Article.objects.filter(bureau=bureau).count() for bureau in Bureau.objects.all())
    assert sizes[-1] > 4 * sizes[0]
    assert Tag.objects.count() > 200


def _readers_find_its_stories_and_nothing_of_its_drafts(reader):
    bureau = Bureau.objects.get(slug="cilacap")
    line = Listing.objects.filter(
        list=f"bureau:{bureau.pk}", live__contains=timezone.now(), placement=None
    ).latest("first_published")
    client = reader("cilacap")
    assert client.get(line.edition.address.path).status_code == 200
    assert line.edition.headline in client.get("/rss").content.decode()
    assert client.get("/").status_code == reader().get("/").status_code == 200
    listed = set(Listing.objects.values_list("article", flat=True))
    published = Edition.objects.exclude(article__notices__kind="retraction")
    assert listed == set(published.values_list("article", flat=True))


@pytest.mark.parametrize("stories", [FEW, pytest.param(200, marks=pytest.mark.soak)])
def test_the_same_plan_gives_the_same_stories(stories):
    def told() -> list:
        return list(Edition.objects.order_by("pk").values_list("headline", "first_published"))

    with transaction.atomic():
        make(stories)
        first = told()
        transaction.set_rollback(True)
    make(stories)
    assert told() == first
    assert Address.objects.values("bureau", "date", "slug").distinct().count() == (
        Address.objects.count()
    )


def test_no_archive_for_a_newsroom_with_a_domain_or_with_stories(
    settings, correspondent, editor, cilacap
):
    settings.IS_LOCAL = False
    with pytest.raises(CommandError, match="not for a real domain"):
        call_command("archive", stories=10)
    settings.IS_LOCAL = True
    publish_story(correspondent, editor, cilacap)
    with pytest.raises(CommandError, match="--add puts the archive beside them"):
        call_command("archive", stories=10)


@pytest.mark.parametrize("stories", [FEW, pytest.param(100, marks=pytest.mark.soak)])
def test_an_archive_that_fails_leaves_nothing_behind(monkeypatch, stories):
    before = constraints()
    monkeypatch.setattr("newsroom.archive.stories.Story._slug", same_slug)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(stories)
    assert constraints() == before
    assert not Article.objects.exists()


def same_slug(story) -> str:
    story.date = date(2026, 1, 1)
    return "sama"
