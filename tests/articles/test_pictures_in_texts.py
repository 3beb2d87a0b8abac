"""Pictures in a text count as the lead picture does: where they are used, and their rights."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.utils import timezone

from articles import library, workflow
from articles.models import Article, Edition
from articles.objects import pictures_in
from articles.picture_uses import stories_with, uses_of
from articles.refusals import BadRequest, Incomplete
from tests.desk import change_url, text_of
from tests.factories import (
    approve_story,
    make_picture,
    make_story,
    publish_next,
    publish_story,
    rewrite,
)
from tests.hostile import corpus

PARAGRAPH = "<p>Satu kalimat.</p>"
VIDEO = "https://youtu.be/dQw4w9WgXcQ"
KINDS = ("picture", "gallery", "still")


def placed(picture, kind: str = "picture") -> str:
    said = {
        "picture": f'data-object="picture" data-id="{picture.pk}"',
        "gallery": f'data-object="gallery" data-ids="{picture.pk},999999"',
        "still": f'data-object="embed" data-still="{picture.pk}" data-url="{VIDEO}"',
    }
    return f"{PARAGRAPH}<figure {said[kind]}></figure>"


def day(bureau, days: int) -> date:
    return timezone.now().astimezone(bureau.zone).date() + timedelta(days=days)


def in_days(bureau, days: int) -> datetime:
    return datetime.combine(day(bureau, days), datetime.min.time(), bureau.zone)


# Where it is used


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_with_a_picture_in_its_text_uses_it(correspondent, cilacap, kind):
    picture, other = make_picture(cilacap), make_picture(cilacap)
    story = make_story(correspondent, cilacap, body=placed(picture, kind))

    assert stories_with(picture) == [story.pk]
    assert stories_with(other) == []


def test_a_see_also_is_no_use_of_the_picture_of_the_same_number(correspondent, cilacap):
    picture = make_picture(cilacap)
    html = f'{PARAGRAPH}<figure data-object="see-also" data-id="{picture.pk}"></figure>'
    make_story(correspondent, cilacap, body=html)

    assert stories_with(picture) == []


@pytest.mark.parametrize("is_lead", [True, False])
def test_what_readers_see_or_will_see_counts_whatever_the_draft_says(
    correspondent, editor, cilacap, is_lead
):
    picture = make_picture(cilacap)
    with_it = {"picture": picture} if is_lead else {"body": placed(picture)}
    without = {"picture": None, "body": PARAGRAPH}
    live = publish_story(correspondent, editor, cilacap, **with_it).article
    rewrite(live, by=correspondent, **without)
    scheduled = make_story(correspondent, cilacap, **with_it)
    approve_story(scheduled, by=correspondent, editor=editor)
    workflow.schedule(scheduled, by=editor, at=timezone.now() + timedelta(hours=1))
    rewrite(scheduled, by=correspondent, **without)
    cancelled = make_story(correspondent, cilacap, **with_it)
    approve_story(cancelled, by=correspondent, editor=editor)
    workflow.schedule(cancelled, by=editor, at=timezone.now() + timedelta(hours=1))
    workflow.unschedule(cancelled, by=editor)
    rewrite(cancelled, by=correspondent, **without)
    replaced = publish_story(correspondent, editor, cilacap, **with_it).article
    publish_next(replaced, by=correspondent, editor=editor, **without)

    assert stories_with(picture) == [scheduled.pk, live.pk]


def test_the_picture_s_page_names_the_stories_whose_text_has_it(
    desk_client, correspondent, editor, cilacap
):
    picture = make_picture(cilacap)
    make_story(correspondent, cilacap, body=placed(picture), headline="Kapal di dalam naskah")

    page = desk_client(editor).get(f"/articles/picture/{picture.pk}/change/")
    assert "Kapal di dalam naskah" in text_of(page)


def test_a_picture_of_everyday_use_is_told_with_its_newest_stories(
    monkeypatch, correspondent, editor, cilacap
):
    monkeypatch.setattr("articles.picture_uses.SHOWN", 2)
    picture = make_picture(cilacap)
    stories = [make_story(correspondent, cilacap, picture=picture) for _number in range(3)]

    uses = uses_of(picture, editor)
    assert uses.stories == stories[:0:-1]
    assert uses.elsewhere


def test_a_reporter_leaves_alone_what_readers_see_in_a_text(correspondent, editor, cilacap):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    story = make_story(correspondent, cilacap, body=placed(picture))
    assert library.may_change(correspondent, picture)

    approve_story(story, by=correspondent, editor=editor)
    workflow.publish(story, by=editor)
    assert not library.may_change(correspondent, picture)
    assert library.may_change(editor, picture)


@pytest.mark.parametrize("kind", [*KINDS, "lead"])
def test_a_picture_that_a_story_has_or_had_is_not_deleted(correspondent, editor, cilacap, kind):
    picture = make_picture(cilacap)
    with_it = {"picture": picture} if kind == "lead" else {"body": placed(picture, kind)}
    edition = publish_story(correspondent, editor, cilacap, **with_it)
    rewrite(edition.article, by=correspondent, picture=None, body=PARAGRAPH)

    with pytest.raises(ProtectedError):
        picture.delete()
    make_picture(cilacap).delete()


def test_the_database_reads_the_pictures_of_a_text_as_the_program_does(correspondent, cilacap):
    """Of whatever the program stores, hostile texts included."""
    story = make_story(correspondent, cilacap)
    for number, attack in enumerate(corpus()):
        caption = '" data-id="77" x="'.replace('"', "&quot;")
        story.body = (
            f'{attack}<figure data-object="picture" data-id="{number + 1}"'
            f' data-caption="{caption}>"></figure>'
        )
        story.save()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT articles_pictures_in(body) FROM articles_article WHERE id = %s", [story.pk]
            )
            assert sorted(cursor.fetchone()[0]) == sorted(pictures_in(story.body)), story.body


@pytest.mark.parametrize("model", [Article, Edition])
def test_an_index_finds_the_texts_with_a_picture(db, model):
    query = model.objects.placing(1).values_list("pk")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert f"Index Scan on {model._meta.model_name}_with_placed" in query.explain()


# Rights


FAULTS = {
    "pictures_right_over": {"usable_until": date(2020, 1, 1)},
    "pictures_not_shared": {"bureau": True},
    "pictures_credit": {"credit": ""},
    "pictures_alt_text": {"alt_text": ""},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_picture_in_the_text_that_may_not_be_shown_holds_the_story_and_is_named(
    desk_client, correspondent, cilacap, makassar, name, kind
):
    fault = dict(FAULTS[name])
    bureau = makassar if fault.pop("bureau", False) else cilacap
    picture = make_picture(bureau, caption="Kapal tua di dermaga", **fault)
    story = make_story(correspondent, cilacap, body=placed(picture, kind))

    with pytest.raises(Incomplete) as refused:
        workflow.submit(story, by=correspondent)
    assert [check.name for check in refused.value.checks] == [name]
    assert "“Kapal tua di dermaga”" in str(refused.value)
    page = desk_client(correspondent).get(change_url(story))
    assert "“Kapal tua di dermaga”" in text_of(page)


def test_a_right_that_ends_between_approval_and_publication_blocks(correspondent, editor, cilacap):
    picture = make_picture(cilacap)
    story = make_story(correspondent, cilacap, body=placed(picture))
    approve_story(story, by=correspondent, editor=editor)
    picture.usable_until = day(cilacap, -1)
    picture.save()

    with pytest.raises(Incomplete):
        workflow.publish(story, by=editor)


def test_many_pictures_at_fault_are_named_in_short(correspondent, cilacap):
    pictures = [make_picture(cilacap, caption=f"Nomor {n}", credit="") for n in range(5)]
    story = make_story(correspondent, cilacap, body="".join(map(placed, pictures)))

    with pytest.raises(Incomplete) as refused:
        workflow.submit(story, by=correspondent)
    assert "“Nomor 0”, “Nomor 1”, “Nomor 2”, +2" in str(refused.value)


@pytest.mark.parametrize("is_lead", [True, False])
@pytest.mark.parametrize(("days", "is_refused"), [(2, False), (3, False), (4, True)])
def test_a_story_is_not_scheduled_beyond_the_end_of_a_right(
    correspondent, editor, cilacap, is_lead, days, is_refused
):
    picture = make_picture(cilacap, caption="Kapal tua", usable_until=day(cilacap, 3))
    with_it = {"picture": picture} if is_lead else {"body": placed(picture)}
    story = make_story(correspondent, cilacap, **with_it)
    approve_story(story, by=correspondent, editor=editor)

    if is_refused:
        with pytest.raises(BadRequest, match="“Kapal tua”") as refused:
            workflow.schedule(story, by=editor, at=in_days(cilacap, days))
        assert refused.value.field == "at"
        assert not story.editions.exists()
    else:
        workflow.schedule(story, by=editor, at=in_days(cilacap, days))


def test_nor_is_a_scheduled_one_moved_there_nor_an_update_set_for_then(
    correspondent, editor, cilacap
):
    picture = make_picture(cilacap, usable_until=day(cilacap, 3))
    story = make_story(correspondent, cilacap, body=placed(picture))
    approve_story(story, by=correspondent, editor=editor)
    workflow.schedule(story, by=editor, at=in_days(cilacap, 2))
    with pytest.raises(BadRequest):
        workflow.schedule(story, by=editor, at=in_days(cilacap, 4))
    out = publish_story(correspondent, editor, cilacap).article
    rewrite(out, by=correspondent, body=placed(picture))
    approve_story(out, by=correspondent, editor=editor)
    with pytest.raises(BadRequest):
        workflow.update(out, by=editor, at=in_days(cilacap, 4))
    workflow.update(out, by=editor)


@pytest.mark.parametrize("is_lead", [True, False])
def test_a_right_that_ends_while_the_story_is_out_warns_the_desk_alone(
    desk_client, reader, correspondent, editor, cilacap, is_lead
):
    picture = make_picture(cilacap, caption="Kapal tua")
    with_it = {"picture": picture} if is_lead else {"body": placed(picture)}
    edition = publish_story(correspondent, editor, cilacap, **with_it)
    rewrite(edition.article, by=correspondent, picture=None, body=PARAGRAPH)
    warning = "Pembaca melihat gambar yang hak pakainya sudah berakhir"
    page = desk_client(editor).get(change_url(edition.article))
    assert warning not in text_of(page)
    picture.usable_until = day(cilacap, -1)
    picture.save()

    page = desk_client(editor).get(change_url(edition.article))
    assert f"{warning} Kapal tua" in text_of(page)
    assert reader("cilacap").get(edition.address.path).status_code == 200


def test_a_right_that_is_shortened_below_a_schedule_warns_the_desk(
    desk_client, correspondent, editor, cilacap
):
    picture = make_picture(cilacap, caption="Kapal tua")
    story = make_story(correspondent, cilacap, body=placed(picture))
    approve_story(story, by=correspondent, editor=editor)
    workflow.schedule(story, by=editor, at=in_days(cilacap, 4))
    picture.usable_until = day(cilacap, 3)
    picture.save()

    page = desk_client(editor).get(change_url(story))
    assert "berakhir sebelum naskah terjadwal tayang Kapal tua" in text_of(page)
