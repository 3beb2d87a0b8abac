"""What publishing does for readers, and what it never does."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Address, Article, Edition, Event, Listing
from tests.factories import (
    approve_story,
    make_picture,
    make_section,
    make_story,
    publish_next,
    publish_story,
    rewrite,
)


def live_headlines() -> list[str]:
    return list(Edition.objects.live().values_list("headline", flat=True))


def log(article: Article) -> list[str]:
    return list(article.events.order_by("id").values_list("verb", flat=True))


@pytest.fixture
def approved(correspondent, editor, cilacap):
    return approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)


def test_a_published_story_is_live_with_its_whole_content(approved, editor):
    edition = workflow.publish(approved, by=editor)
    assert Edition.objects.live().get() == edition
    assert (edition.number, edition.kind, edition.version) == (1, "first", 1)
    assert edition.headline == approved.headline
    assert [byline["name"] for byline in edition.bylines] == ["Ratih Purwandari"]
    assert [tag["name"] for tag in edition.tags] == ["nelayan"]
    assert edition.first_published == edition.live.lower
    assert (edition.approved_by, edition.published_by) == (editor, editor)


def test_it_stands_on_every_list_that_it_belongs_to(approved, editor, correspondent):
    edition = workflow.publish(approved, by=editor)
    tag = edition.tags[0]["id"]
    bureau, section = edition.bureau_id, edition.section_id
    assert sorted(Listing.objects.values_list("list", flat=True)) == sorted(
        [
            "network",
            f"bureau:{bureau}",
            f"section:{section}",
            f"bureau:{bureau}/section:{section}",
            f"tag:{tag}",
            f"author:{correspondent.author.pk}",
        ]
    )


def test_editing_a_live_story_changes_nothing_for_readers(correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap, headline="Judul pertama")
    rewrite(edition.article, by=correspondent, headline="Judul kedua", body="<p>Lain.</p>")
    assert live_headlines() == ["Judul pertama"]
    approve_story(edition.article, by=correspondent, editor=editor)
    assert live_headlines() == ["Judul pertama"]
    workflow.update(edition.article, by=editor)
    assert live_headlines() == ["Judul kedua"]


def test_an_update_keeps_address_and_first_publication(correspondent, editor, cilacap):
    first = publish_story(correspondent, editor, cilacap)
    second = publish_next(
        first.article, by=correspondent, editor=editor, headline="Judul yang sama sekali lain"
    )
    assert (second.number, second.kind) == (2, "update")
    assert second.address == first.address
    assert second.first_published == first.first_published
    first.refresh_from_db()
    assert first.live.upper == second.live.lower
    assert Listing.objects.filter(list="network", live__upper_inf=True).count() == 1


def test_a_correction_needs_its_notice_and_carries_it(correspondent, editor, cilacap):
    story = publish_story(correspondent, editor, cilacap).article
    rewrite(story, by=correspondent, body="<p>Jumlah yang benar 408 kapal.</p>")
    approve_story(story, by=correspondent, editor=editor)
    with pytest.raises(workflow.BadRequest) as refusal:
        workflow.correct(story, by=editor, notice="  ")
    assert refusal.value.field == "notice"
    edition = workflow.correct(story, by=editor, notice="Edisi sebelumnya menulis 480 kapal.")
    notice = story.notices.get()
    assert (notice.kind, notice.edition, notice.text) == (
        "correction",
        edition,
        "Edisi sebelumnya menulis 480 kapal.",
    )


def test_the_same_text_is_not_published_twice(approved, editor):
    workflow.publish(approved, by=editor)
    with pytest.raises(workflow.NotNow):
        workflow.publish(approved, by=editor)
    with pytest.raises(workflow.NotNow):
        workflow.update(approved, by=editor)
    assert Edition.objects.count() == 1
    assert log(approved) == ["submit", "claim", "approve", "publish"]


def test_text_that_someone_else_changed_after_approval_must_be_approved_again(
    approved, second_editor, editor
):
    rewrite(approved, by=second_editor, headline="Judul lain")
    approved.refresh_from_db()
    assert (approved.stage, approved.approved_by, approved.approved_version) == (
        "draft",
        None,
        None,
    )
    with pytest.raises(workflow.NotNow):
        workflow.publish(approved, by=editor)
    assert log(approved) == ["submit", "claim", "approve", "reopen"]


def test_the_approver_may_still_mend_a_word(approved, editor):
    rewrite(approved, by=editor, headline="Judul dengan ejaan benar")
    approved.refresh_from_db()
    assert (approved.stage, approved.approved_version, approved.version) == ("approved", 2, 2)
    assert workflow.publish(approved, by=editor).headline == "Judul dengan ejaan benar"


def test_an_approver_who_then_becomes_a_writer_has_not_approved(approved, editor):
    locked = workflow.lock_for_editing(approved, by=editor)
    locked.bylines.create(author=editor.author, role="writer", position=2)
    workflow.save_revision(locked, by=editor)
    approved.refresh_from_db()
    assert approved.stage == "draft"


def test_a_credited_writer_cannot_approve_the_own_story(cilacap, editor, second_editor):
    story = make_story(editor, cilacap)
    workflow.submit(story, by=editor)
    workflow.claim(story, by=editor)
    with pytest.raises(workflow.NotAllowed, match="penulis"):
        workflow.approve(story, by=editor)
    workflow.take_over(story, by=second_editor)
    assert workflow.approve(story, by=second_editor).stage == "approved"


def test_a_verb_on_a_text_that_has_changed_since_is_refused(approved, editor):
    seen = approved.version
    rewrite(approved, by=editor, headline="Judul lain")
    with pytest.raises(workflow.TextChanged):
        workflow.publish(approved, by=editor, version=seen)
    assert Edition.objects.count() == 0


def test_approve_and_publish_is_one_press_and_two_events(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    workflow.approve_and_publish(story, by=editor)
    assert log(story) == ["submit", "claim", "approve", "publish"]


def test_approve_and_publish_does_neither_when_one_is_refused(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap, embargo_until=timezone.now() + timedelta(hours=1))
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    with pytest.raises(workflow.NotNow, match="embargo"):
        workflow.approve_and_publish(story, by=editor)
    story.refresh_from_db()
    assert story.stage == "in_review"
    assert log(story) == ["submit", "claim"]


def test_approve_and_schedule_is_one_press_and_two_events(correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    at = timezone.now() + timedelta(hours=2)
    edition = workflow.approve_and_schedule(story, by=editor, at=at)
    assert log(story) == ["submit", "claim", "approve", "schedule"]
    assert (edition.live.lower, edition.approved_by) == (at, editor)


def test_approve_and_schedule_does_neither_when_one_is_refused(correspondent, editor, cilacap):
    until = timezone.now() + timedelta(hours=3)
    story = make_story(correspondent, cilacap, embargo_until=until)
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    seen = story.version
    with pytest.raises(workflow.NotNow, match="embargo"):
        workflow.approve_and_schedule(story, by=editor, at=until - timedelta(minutes=1))
    with pytest.raises(workflow.BadRequest, match="lewat"):
        workflow.approve_and_schedule(story, by=editor, at=timezone.now() - timedelta(minutes=1))
    rewrite(story, by=editor, headline="Judul lain")
    with pytest.raises(workflow.TextChanged):
        workflow.approve_and_schedule(story, by=editor, at=until, version=seen)
    rewrite(story, by=editor, headline="")
    with pytest.raises(workflow.Incomplete):
        workflow.approve_and_schedule(story, by=editor, at=until)
    story.refresh_from_db()
    assert story.stage == "in_review"
    assert Edition.objects.count() == 0
    assert log(story) == ["submit", "claim"]


def test_an_embargo_bars_publishing_and_an_earlier_schedule(approved, editor):
    until = timezone.now() + timedelta(hours=2)
    Article.objects.filter(pk=approved.pk).update(embargo_until=until)
    with pytest.raises(workflow.NotNow):
        workflow.publish(approved, by=editor)
    with pytest.raises(workflow.NotNow):
        workflow.schedule(approved, by=editor, at=until - timedelta(minutes=1))
    assert workflow.schedule(approved, by=editor, at=until).live.lower == until


def test_a_scheduled_story_appears_at_its_time_without_anything_running(approved, editor):
    at = timezone.now() + timedelta(seconds=1)
    edition = workflow.schedule(approved, by=editor, at=at)
    assert live_headlines() == []
    assert approved.public_state() == "scheduled"
    time.sleep(1.2)
    assert live_headlines() == [edition.headline]
    assert approved.public_state() == "live"


def test_a_scheduled_update_replaces_the_edition_at_its_time(correspondent, editor, cilacap):
    story = publish_story(correspondent, editor, cilacap, headline="Edisi pertama").article
    rewrite(story, by=correspondent, headline="Edisi kedua")
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=timezone.now() + timedelta(seconds=1))
    assert live_headlines() == ["Edisi pertama"]
    time.sleep(1.2)
    assert live_headlines() == ["Edisi kedua"]


def test_a_time_that_has_passed_is_refused(approved, editor):
    with pytest.raises(workflow.BadRequest) as refusal:
        workflow.schedule(approved, by=editor, at=timezone.now() - timedelta(minutes=1))
    assert refusal.value.field == "at"
    assert Edition.objects.count() == 0


def test_a_schedule_moves_and_takes_address_and_date_with_it(approved, editor, cilacap):
    first = timezone.now() + timedelta(days=1)
    second = timezone.now() + timedelta(days=3)
    workflow.schedule(approved, by=editor, at=first)
    workflow.schedule(approved, by=editor, at=second)
    edition = Edition.objects.get()
    assert (edition.live.lower, edition.first_published) == (second, second)
    assert edition.address.date == second.astimezone(cilacap.zone).date()
    assert Listing.objects.filter(live__startswith=second).count() == Listing.objects.count() == 6


@pytest.mark.parametrize("hours", [1, 3])
def test_a_scheduled_update_can_be_moved_sooner_and_later(correspondent, editor, cilacap, hours):
    edition = publish_story(correspondent, editor, cilacap)
    story = edition.article
    rewrite(story, by=correspondent, headline="Edisi kedua")
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=timezone.now() + timedelta(hours=2))

    start = timezone.now() + timedelta(hours=hours)
    moved = workflow.schedule(story, by=editor, at=start)

    edition.refresh_from_db()
    assert (edition.live.upper, moved.live.lower) == (start, start)
    assert {(line.live.lower, line.live.upper) for line in moved.listings.all()} == {(start, None)}
    assert {line.live.upper for line in edition.listings.all()} == {start}


def test_a_cancelled_schedule_leaves_nothing_for_readers(approved, editor):
    workflow.schedule(approved, by=editor, at=timezone.now() + timedelta(hours=1))
    workflow.unschedule(approved, by=editor)
    assert approved.public_state() == "none"
    assert Listing.objects.count() == 0
    assert workflow.publish(approved, by=editor).number == 2


def test_a_cancelled_update_lets_the_live_edition_go_on(correspondent, editor, cilacap):
    edition = publish_story(correspondent, editor, cilacap)
    story = edition.article
    rewrite(story, by=correspondent, headline="Edisi kedua")
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=timezone.now() + timedelta(hours=1))
    workflow.unschedule(story, by=editor)
    edition.refresh_from_db()
    assert edition.live.upper is None
    assert Listing.objects.filter(edition=edition, live__upper_inf=True).count() == 6
    assert Listing.objects.exclude(edition=edition).count() == 0


def test_backdating_prints_the_old_date_and_moves_the_address(
    correspondent, editor, network_editor, cilacap
):
    first = publish_story(correspondent, editor, cilacap, headline="Raker ditutup")
    printed = timezone.datetime(2024, 5, 22, 15, 45, tzinfo=cilacap.zone)
    second = workflow.backdate(
        first.article, by=network_editor, printed_at=printed, reason="Berita pindahan."
    )
    assert second.first_published == printed
    assert second.address.path == "/2024/05/22/raker-ditutup"
    assert Address.objects.get(is_current=True) == second.address
    assert Address.objects.count() == 2
    assert (second.body, second.bylines) == (first.body, first.bylines)
    event = Event.objects.get(verb="backdate")
    assert (event.by, event.reason) == (network_editor, "Berita pindahan.")


def test_backdating_is_for_network_editors_and_the_past(
    correspondent, editor, network_editor, cilacap
):
    story = publish_story(correspondent, editor, cilacap).article
    past = timezone.now() - timedelta(days=30)
    with pytest.raises(workflow.NotAllowed):
        workflow.backdate(story, by=editor, printed_at=past, reason="Alasan")
    with pytest.raises(workflow.BadRequest):
        workflow.backdate(story, by=network_editor, printed_at=past, reason=" ")
    with pytest.raises(workflow.BadRequest):
        workflow.backdate(story, by=network_editor, printed_at=timezone.now(), reason="Alasan")


@pytest.mark.parametrize(
    ("missing", "names"),
    [
        ({"headline": "  "}, ["headline"]),
        ({"body": "<p>  </p><p>&nbsp;</p>"}, ["body"]),
        ({"section": None}, ["section"]),
        ({"writers": []}, ["writer"]),
        ({"source": "agency"}, ["source_name"]),
        ({"headline": "", "body": "", "section": None}, ["headline", "body", "section"]),
    ],
)
def test_an_incomplete_story_is_saved_but_not_submitted(missing, names, correspondent, cilacap):
    story = make_story(correspondent, cilacap, **missing)
    with pytest.raises(workflow.Incomplete) as refusal:
        workflow.submit(story, by=correspondent)
    assert [check.name for check in refusal.value.checks] == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ({"alt_text": " "}, ["alt_text"]),
        ({"credit": ""}, ["credit"]),
        ({"source": "", "licence": ""}, ["whose"]),
    ],
)
def test_a_picture_needs_alternative_text_credit_and_somebody_whose_it_is(
    words, names, correspondent, cilacap
):
    story = make_story(correspondent, cilacap, picture=make_picture(cilacap, **words))
    with pytest.raises(workflow.Incomplete) as refusal:
        workflow.submit(story, by=correspondent)
    assert [check.name for check in refusal.value.checks] == names


def test_a_story_of_a_closed_bureau_is_held_back(correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    type(cilacap).objects.update(is_open=False)
    with pytest.raises(workflow.Incomplete) as refusal:
        workflow.submit(story, by=correspondent)
    assert [check.name for check in refusal.value.checks] == ["bureau"]


def test_the_checks_are_asked_again_at_publication(approved, editor):
    approved.section.articles.update(section=None)
    with pytest.raises(workflow.Incomplete):
        workflow.publish(approved, by=editor)
    Article.objects.update(section=make_section())
    assert workflow.publish(approved, by=editor).number == 1


def test_two_stories_with_one_headline_get_two_addresses(correspondent, editor, cilacap):
    first = publish_story(correspondent, editor, cilacap, headline="Banjir di Adipala")
    second = publish_story(correspondent, editor, cilacap, headline="Banjir di Adipala")
    assert (first.address.slug, second.address.slug) == (
        "banjir-di-adipala",
        "banjir-di-adipala-2",
    )


def test_a_story_typed_in_by_the_desk_records_who_filed_it(editor, correspondent, cilacap):
    story = make_story(editor, cilacap, writers=[correspondent.author])
    assert (story.filed_by, story.created_by) == (editor, editor)
    assert make_story(correspondent, cilacap).filed_by is None


def test_the_date_of_the_address_is_the_bureaus_own(network_editor, correspondent, jayapura):
    # 23:30 in Jayapura is still 21:30 in Jakarta, and 14:30 in Greenwich.
    story = make_story(network_editor, jayapura, writers=[correspondent.author])
    approve_story(story, by=network_editor, editor=network_editor)
    printed = timezone.datetime(2025, 1, 1, 0, 30, tzinfo=jayapura.zone)
    edition = workflow.publish(story, by=network_editor, printed_at=printed, reason="Arsip")
    assert edition.address.path.startswith("/2025/01/01/")
