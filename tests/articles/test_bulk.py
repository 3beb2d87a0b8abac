"""One verb for many stories: each obeys the workflow by itself, and each refusal is told."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, Event, Placement
from tests.desk import in_english, messages_of, text_of, words_of
from tests.factories import approve_story, make_story, make_user, publish_story, rewrite

BULK = "/articles/article/bulk/"


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def waiting(correspondent, cilacap):
    """Submits that many stories."""

    def waiting(count: int) -> list[Article]:
        stories = [make_story(correspondent, cilacap) for _ in range(count)]
        return [workflow.submit(story, by=correspondent) for story in stories]

    return waiting


def ticked(verb: str, *stories: Article, **more) -> dict:
    """What the list sends."""
    chosen = [f"{story.pk}.{story.version}" for story in stories]
    return {"verb": verb, "story": chosen, "back": "?tab=submitted", **more}


def stages() -> list[str]:
    return list(Article.objects.order_by("pk").values_list("stage", flat=True))


def test_an_editor_claims_several_stories_and_returns_to_the_same_list(
    desk_client, editor, waiting
):
    client = desk_client(editor)

    answer = client.post(BULK, ticked("claim", *waiting(3), back="?after=1-1&tab=submitted"))

    assert answer["Location"] == "/articles/article/?after=1-1&tab=submitted"
    assert messages_of(client, answer) == ["Claim: 3 of 3 stories."]
    assert set(Article.objects.values_list("stage", "claimed_by")) == {("in_review", editor.pk)}


def test_each_refusal_is_told_by_its_story_and_holds_up_no_other(
    desk_client, editor, second_editor, waiting
):
    own, held, incomplete, changed, free = stories = waiting(5)
    for story in (own, incomplete, changed):
        workflow.claim(story, by=editor)
    workflow.claim(held, by=second_editor)
    rewrite(incomplete, by=editor, headline="")
    listed = [Article.objects.get(pk=story.pk) for story in stories]
    rewrite(changed, by=editor, headline="Diam-diam diganti")
    client = desk_client(editor)

    answer = client.post(BULK, ticked("approve", *listed))

    (said,) = messages_of(client, answer)
    assert said.startswith("Approve: 1 of 5 stories. 4 were refused and stay as they were:")
    for words in (
        f"{held.headline} : Bagus Santosa is reviewing this story. Take it over first.",
        "(no headline) : The story is not complete yet:",
        "Diam-diam diganti : The text has been changed since you opened it.",
        f"{free.headline} : “Approve” is not possible now: the story is “Submitted”. First press"
        " “Claim”.",
    ):
        assert words in said
    assert "Last:" not in said  # what each story is now stands in the list below
    assert stages() == ["approved", "in_review", "in_review", "in_review", "submitted"]


def test_nobody_approves_in_bulk_a_text_that_the_list_did_not_show(
    desk_client, editor, waiting, correspondent
):
    (story,) = waiting(1)
    workflow.claim(story, by=editor)
    sent = ticked("approve", story)
    rewrite(story, by=editor, headline="Baru")

    desk_client(editor).post(BULK, sent)

    assert stages() == ["in_review"]
    assert Event.objects.filter(verb="approve").count() == 0


def test_a_verb_that_asks_shows_a_page_that_keeps_what_was_ticked(
    desk_client, editor, correspondent, cilacap
):
    stories = [make_story(correspondent, cilacap) for _ in range(3)]
    client = desk_client(editor)

    asked = client.post(BULK, ticked("spike", *stories))
    without = client.post(BULK, ticked("spike", *stories[:2], told="yes", reason=" "))

    for page, count in ((asked, 3), (without, 2)):
        html = page.content.decode()
        kept = [f'name="story" value="{story.pk}.{story.version}" checked' for story in stories]
        assert [mark in html for mark in kept] == [number < count for number in range(3)]
        assert 'name="back" value="?tab=submitted"' in html
    assert "Write the reason." in text_of(without)
    assert Article.objects.filter(spiked_at__isnull=False).count() == 0

    answer = client.post(BULK, ticked("spike", *stories[:2], told="yes", reason="Sudah basi"))

    assert messages_of(client, answer) == ["Spike: 2 of 2 stories."]
    assert list(Event.objects.values_list("verb", "reason")) == [("spike", "Sudah basi")] * 2


def lines_of(page) -> list[tuple[bool, str]]:
    """Of each story on the page whether it is ticked, and why it would be refused."""
    html = page.content.decode()
    rows = re.findall(r'(?s)<li[^>]*><label class="ticked__story">(.*?)</li>', html)
    whys = [row.partition('class="ticked__why"')[2] for row in rows]
    return [
        (" checked" in row, words_of(why.partition(">")[2]))
        for row, why in zip(rows, whys, strict=True)
    ]


def test_stories_that_would_be_refused_are_marked_before_anybody_writes_a_reason(
    desk_client, editor, second_editor, waiting
):
    held, mine, free = waiting(3)
    workflow.claim(held, by=second_editor)
    workflow.claim(mine, by=editor)
    client = desk_client(editor)

    page = client.post(BULK, ticked("send_back", held, mine, free))

    assert lines_of(page) == [
        (False, "Bagus Santosa is reviewing this story. Take it over first."),
        (True, ""),
        (False, "“Send back” is not possible now: the story is “Submitted”. First press “Claim”."),
    ]
    assert "2 stories would refuse and are not ticked any more." in text_of(page)
    assert 'name="reason"' in page.content.decode()


def test_where_every_story_would_be_refused_no_reason_is_asked(desk_client, editor, waiting):
    page = desk_client(editor).post(BULK, ticked("send_back", *waiting(2)))

    assert "None of these stories can be taken now." in text_of(page)
    assert 'name="reason"' not in page.content.decode()
    assert 'name="verb"' not in page.content.decode()


def test_a_reason_is_kept_when_all_were_refused_meanwhile(
    desk_client, editor, second_editor, waiting
):
    stories = waiting(2)
    for story in stories:
        workflow.claim(story, by=editor)
    client = desk_client(editor)
    client.post(BULK, ticked("send_back", *stories))
    for story in stories:
        workflow.take_over(story, by=second_editor)

    sent = ticked("send_back", *stories, told="yes", reason="Belum ada suara dinas.")
    answer = client.post(BULK, sent)

    assert answer.status_code == 409
    why = "Bagus Santosa is reviewing this story. Take it over first."
    assert lines_of(answer) == [(True, why)] * 2
    assert "Belum ada suara dinas.</textarea>" in answer.content.decode()
    assert "Nothing was done" in text_of(answer)
    assert stages() == ["in_review", "in_review"]


def test_it_is_said_before_publishing_which_stories_cannot_be(
    desk_client, editor, correspondent, cilacap, waiting
):
    ready, changed, embargoed = (
        approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
        for _ in range(3)
    )
    later = timezone.now() + timedelta(hours=2)
    Article.objects.filter(pk=embargoed.pk).update(embargo_until=later)
    sent = ticked("publish", ready, changed, embargoed)
    rewrite(changed, by=correspondent, headline="Diam-diam diganti")

    page = desk_client(editor).post(BULK, sent)

    ticks = [is_ticked for is_ticked, _why in lines_of(page)]
    assert ticks == [True, False, False]
    assert "mbargo" in lines_of(page)[2][1]
    assert Edition.objects.count() == 0


def test_a_story_that_is_not_live_cannot_be_placed_and_that_is_said_beforehand(
    desk_client, network_editor, editor, correspondent, cilacap
):
    live = publish_story(correspondent, editor, cilacap).article
    draft = make_story(correspondent, cilacap)

    page = desk_client(network_editor).post(BULK, ticked("place", live, draft))

    ticks = [is_ticked for is_ticked, _why in lines_of(page)]
    assert ticks == [True, False]


def test_publishing_many_is_shown_once_more_and_then_done(
    desk_client, editor, correspondent, cilacap
):
    stories = [
        approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
        for _ in range(2)
    ]
    client = desk_client(editor)

    page = client.post(BULK, ticked("publish", *stories))
    assert "Readers see these stories at once." in text_of(page)
    assert Edition.objects.count() == 0

    client.post(BULK, ticked("publish", *stories, told="yes"))
    assert Edition.objects.live().count() == 2


def test_live_stories_are_placed_in_another_bureau_together(
    desk_client, network_editor, editor, correspondent, cilacap, makassar
):
    stories = [publish_story(correspondent, editor, cilacap).article for _ in range(2)]
    draft = make_story(correspondent, cilacap)
    client = desk_client(network_editor)

    client.post(BULK, ticked("place", *stories, draft, told="yes", bureau=makassar.pk))

    assert set(Placement.objects.values_list("article", "bureau")) == {
        (story.pk, makassar.pk) for story in stories
    }


BARRED = ("other_editor", "correspondent", "outsider", "photo_editor")


def barred():
    """Each verb with two of those whom it is not granted; with the others by make soak."""
    for number, verb in enumerate(("claim", "approve", "publish", "spike", "send_back", "submit")):
        for place, who in enumerate(BARRED):
            is_left = (number + place) % 2
            yield pytest.param(who, verb, marks=[pytest.mark.soak] if is_left else [])


@pytest.mark.parametrize(("who", "verb"), list(barred()))
def test_nobody_gets_further_in_bulk_than_with_a_storys_own_button(
    request, desk_client, editor, cilacap, verb, who
):
    colleague = make_user("galih", ("reporter", cilacap))
    stories = [make_story(colleague, cilacap) for _ in range(4)]
    workflow.submit(stories[1], by=colleague)
    workflow.claim(workflow.submit(stories[2], by=colleague), by=editor)
    approve_story(stories[3], by=colleague, editor=editor)
    before = list(Article.objects.order_by("pk").values())
    client = desk_client(request.getfixturevalue(who))

    answer = client.post(BULK, ticked(verb, *stories, told="yes", reason="Coba"))

    assert answer.status_code in (302, 403)
    assert list(Article.objects.order_by("pk").values()) == before
    assert Edition.objects.count() == 0
    if answer.status_code == 302 and who in ("other_editor", "correspondent"):
        (said,) = messages_of(client, answer)
        # One of the two has the desk in English.
        assert said.count("Naskah nomor") + said.count("Story no.") == 4
        assert stories[0].headline not in said


@pytest.mark.parametrize(
    "verb", ["retract", "confirm_retraction", "correct", "backdate", "discard", "delete", ""]
)
def test_verbs_that_are_about_one_story_are_not_done_in_bulk(
    desk_client, network_editor, editor, correspondent, cilacap, verb
):
    story = publish_story(correspondent, editor, cilacap).article

    answer = desk_client(network_editor).post(BULK, ticked(verb, story, told="yes"))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "chosen", [[], ["x"], ["1"], ["1.1.1"], ["-1.1"], ["9" * 30 + ".1"], ["١.١"], ["\0"]]
)
def test_a_selection_that_is_none_does_nothing(desk_client, editor, waiting, chosen):
    waiting(1)
    client = desk_client(editor)

    answer = client.post(BULK, {"verb": "claim", "story": chosen, "back": "//elsewhere.test/"})

    assert answer["Location"].startswith("/articles/article/")
    assert messages_of(client, answer) == ["No story was selected. Tick the stories first."]
    assert stages() == ["submitted"]


def test_a_hundred_stories_at_once_and_no_more(desk_client, editor, waiting):
    stories = waiting(2)
    client = desk_client(editor)
    many = ticked("claim", *stories)
    many["story"] += [f"{10_000 + number}.1" for number in range(99)]

    answer = client.post(BULK, many)

    assert messages_of(client, answer) == ["At most 100 stories at once. Nothing was done."]
    assert stages() == ["submitted", "submitted"]


def test_a_story_that_was_sent_twice_is_done_once(desk_client, editor, waiting):
    (story,) = waiting(1)
    sent = ticked("claim", story, story)
    sent["story"].append(f"{story.pk}.9")

    desk_client(editor).post(BULK, sent)

    assert Event.objects.filter(verb="claim").count() == 1


def test_only_a_form_does_anything(desk_client, editor, waiting):
    (story,) = waiting(1)
    strict = desk_client(editor, enforce_csrf_checks=True)

    assert desk_client(editor).get(BULK, ticked("claim", story)).status_code == 302
    assert strict.post(BULK, ticked("claim", story)).status_code == 403
    assert stages() == ["submitted"]


def verbs_offered(page) -> list[str]:
    return [button.verb for button in page.context["bulk_verbs"]]


def test_each_tab_offers_the_verbs_that_its_stories_can_take(
    desk_client, editor, correspondent, cilacap
):
    make_story(correspondent, cilacap)
    offered = {}
    for who in (editor, correspondent):
        client = desk_client(who)
        for tab in ("desk", "draft", "submitted", "in_review", "approved", "published", "spiked"):
            page = client.get(f"/articles/article/?tab={tab}")
            offered[who.username, tab] = verbs_offered(page)

    assert offered == {
        ("wening", "desk"): ["claim", "approve", "publish", "send_back", "spike"],
        ("wening", "draft"): ["submit", "spike"],
        ("wening", "submitted"): ["claim"],
        ("wening", "in_review"): ["release", "approve", "send_back"],
        ("wening", "approved"): ["publish"],
        ("wening", "published"): ["place"],
        ("wening", "spiked"): [],
        ("ratih", "desk"): ["submit"],
        ("ratih", "draft"): ["submit"],
        ("ratih", "submitted"): [],
        ("ratih", "in_review"): [],
        ("ratih", "approved"): [],
        ("ratih", "published"): [],
        ("ratih", "spiked"): [],
    }
