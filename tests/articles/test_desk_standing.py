"""What a story keeps about its standing with readers is what its editions and notices say."""

from datetime import timedelta

from django.utils import timezone

from articles import workflow
from articles.models import Article, Event
from articles.states import TABS, shown_states, with_states
from tests.factories import approve_story, make_story, publish_story, rewrite


def kept(story: Article) -> Article:
    return with_states(Article.objects.filter(pk=story.pk)).get()


def agrees(story: Article) -> list[str]:
    """The names of the states shown, once it is sure that both ways to know agree."""
    found = kept(story)
    assert found.public == story.public_state()
    pending = story.editions.pending().first()
    assert found.goes_live == (pending and pending.live.lower)
    newest = story.editions.uncancelled().order_by("-number").first()
    assert found.edition_version == (newest and newest.version)
    turn = Event.objects.raw(
        "SELECT * FROM articles_event WHERE article_id = %s AND stage_before <> stage_after"
        " ORDER BY id DESC LIMIT 1",
        [story.pk],
    )
    was_sent_back = bool(turn) and turn[0].verb == "send_back" and found.stage == "draft"
    assert found.sent_back == was_sent_back
    in_tabs = [
        name
        for name, (_state, condition) in TABS.items()
        if with_states(Article.objects.filter(pk=story.pk)).filter(condition).exists()
    ]
    assert sorted(name.replace("_", "-") for name in in_tabs) == sorted(
        state.name for state in shown_states(found)
    )
    return [state.name for state in shown_states(found)]


def test_at_every_step_of_a_long_life(correspondent, editor, second_editor, cilacap):
    story = make_story(correspondent, cilacap)
    assert agrees(story) == ["draft"]
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    assert agrees(story) == ["in-review"]
    workflow.send_back(story, by=editor, reason="Kurang.")
    assert agrees(story) == ["sent-back"]
    workflow.spike(story, by=editor, reason="Basi.")
    assert agrees(story) == ["spiked"]
    workflow.revive(story, by=editor)
    assert agrees(story) == ["sent-back"]
    workflow.submit(story, by=correspondent)
    assert agrees(story) == ["submitted"]
    workflow.claim(story, by=editor)
    workflow.approve(story, by=editor)
    assert agrees(story) == ["approved"]
    soon = timezone.now() + timedelta(hours=1)
    workflow.schedule(story, by=editor, at=soon)
    assert agrees(story) == ["scheduled"]
    workflow.schedule(story, by=editor, at=soon + timedelta(hours=1))
    assert agrees(story) == ["scheduled"]
    workflow.unschedule(story, by=editor)
    assert agrees(story) == ["approved"]
    workflow.publish(story, by=editor)
    assert agrees(story) == ["published"]
    story.refresh_from_db()
    rewrite(story, by=correspondent, headline="Judul kedua")
    assert agrees(story) == ["published", "draft"]
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=soon)
    assert agrees(story) == ["published", "scheduled"]
    workflow.unschedule(story, by=editor)
    assert agrees(story) == ["published", "approved"]
    workflow.retract(story, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(story, by=second_editor)
    assert agrees(story) == ["retracted"]


def test_a_printed_date_of_the_past_changes_nothing_at_the_desk(
    correspondent, editor, network_editor, cilacap
):
    story = publish_story(correspondent, editor, cilacap).article
    printed = timezone.now() - timedelta(days=900)
    workflow.backdate(story, by=network_editor, printed_at=printed, reason="Arsip.")
    assert agrees(story) == ["published"]


def test_taking_back_an_update_together_with_the_story(
    correspondent, editor, second_editor, cilacap
):
    story = publish_story(correspondent, editor, cilacap).article
    rewrite(story, by=correspondent, headline="Judul kedua")
    approve_story(story, by=correspondent, editor=editor)
    workflow.update(story, by=editor, at=timezone.now() + timedelta(hours=1))
    workflow.retract(story, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(story, by=second_editor)
    assert agrees(story) == ["retracted"]


def test_words_are_found_by_their_beginning_in_headline_and_body(correspondent, cilacap):
    first = make_story(
        correspondent, cilacap, headline="Tanggul Serayu jebol", body="<p>Warga mengungsi.</p>"
    )
    make_story(correspondent, cilacap, headline="Harga ikan naik", body="<p>strong</p>")
    bold = make_story(correspondent, cilacap, headline="x", body="<p><strong>Pasar</strong></p>")

    def found(text: str) -> list[Article]:
        return list(Article.objects.search(text).order_by("pk"))

    assert found("tangg") == [first]
    assert found("SERAYU mengungsi") == [first]
    assert found("serayu ikan") == []
    assert found("pasar") == [bold]
    assert bold not in found("strong")
    assert found("' | !!& serayu:* <->") == [first]
    assert len(found(" !& ")) == 3
