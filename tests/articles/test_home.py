"""The first page of the desk: what waits for this person, and what there is to do about it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from articles import publication, workflow
from articles.models import Article, Autosave, Event, Presence
from bureaus.models import Bureau, Membership, User
from tests.desk import messages_of, text_of, verb_url
from tests.factories import (
    approve_story,
    make_author,
    make_bureau,
    make_picture,
    make_story,
    make_user,
    publish_story,
    rewrite,
)

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _english(db):
    User._meta.get_field("language").default = "en"
    yield
    User._meta.get_field("language").default = "id"


@pytest.fixture
def submit():
    """Submit a new story so many minutes ago: ``submit(reporter, bureau, 20, headline="…")``."""

    def submit(by, bureau, minutes: int = 0, *, claim=None, **more) -> Article:
        story = make_story(by, bureau, **more)
        with publication.as_of(timezone.now() - minutes * MINUTE):
            workflow.submit(story, by=by)
        if claim:
            workflow.claim(story, by=claim)
        return story

    return submit


def names(rows) -> list[str]:
    return [str(getattr(row, "story", row)) for row in rows]


# The reporter


def test_a_new_reporter_is_invited_to_write(desk_client, correspondent):
    page = desk_client(correspondent).get("/")

    assert "Your first story" in text_of(page)
    assert 'href="/articles/article/add/">Write a story</a>' in page.content.decode()


def test_a_reporters_stories_stand_by_what_they_wait_for(
    desk_client, correspondent, editor, cilacap, submit
):
    make_story(correspondent, cilacap, headline="Draf")
    approve_story(
        make_story(correspondent, cilacap, headline="Lulus"), by=correspondent, editor=editor
    )
    live = publish_story(correspondent, editor, cilacap, headline="Terbit")
    submit(correspondent, cilacap, 26, headline="Bebas")
    submit(correspondent, cilacap, 144, headline="Ditinjau", claim=editor)
    returned = submit(correspondent, cilacap, headline="Kembali", claim=editor)
    workflow.send_back(returned, by=editor, reason="Kurang.")

    page = desk_client(correspondent).get("/")

    shown = ("drafts", "with_editor", "cleared", "published")
    assert {kind: names(page.context[kind]) for kind in shown} == {
        "drafts": ["Draf"],
        "with_editor": ["Ditinjau", "Bebas"],
        "cleared": ["Lulus"],
        "published": ["Terbit"],
    }
    assert [str(event.article) for event in page.context["sent_back"]] == ["Kembali"]
    words = text_of(page)
    assert "In review Wening Kusumastuti Ditinjau 2 h 24 m since submitted" in words
    assert "nobody has claimed it yet Bebas 26 m since submitted" in words
    assert f'{live.address.path}"' in page.content.decode()


def test_the_reason_of_a_sending_back_is_shown_whole_with_name_and_time(
    desk_client, correspondent, editor, cilacap, submit
):
    story = submit(correspondent, cilacap, headline="Kapal melaut", claim=editor)
    reason = "Sumbernya siapa? " * 110
    workflow.send_back(story, by=editor, reason=reason)

    page = text_of(desk_client(correspondent).get("/"))

    assert f"{reason.strip()} Mend the story" in page
    assert "Sent back by Wening Kusumastuti, " in page
    assert "Kapal melaut" in page


def test_the_latest_reason_is_shown_when_a_story_was_sent_back_twice(
    desk_client, correspondent, editor, cilacap, submit
):
    story = submit(correspondent, cilacap, claim=editor)
    workflow.send_back(story, by=editor, reason="Sumbernya siapa?")
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    workflow.send_back(story, by=editor, reason="Angkanya salah.")

    (event,) = desk_client(correspondent).get("/").context["sent_back"]

    assert event.reason == "Angkanya salah."


def test_a_draft_says_what_holds_it_back(desk_client, correspondent, cilacap):
    make_story(correspondent, cilacap, headline="Lengkap")
    make_story(correspondent, cilacap, headline="Kurang", section=None)

    page = text_of(desk_client(correspondent).get("/"))

    assert "Kurang 9 words no picture No section is chosen." in page
    assert "Lengkap 9 words no picture ready to submit" in page


def test_a_text_that_was_never_saved_is_offered_again_to_its_writer_alone(
    desk_client, correspondent, editor
):
    fields = [["headline", "Antrean truk"], ["body", "<p>Sejak subuh.</p>"]]
    Autosave.objects.create(user=correspondent, key=uuid4(), fields=fields)

    assert "Antrean truk" in text_of(desk_client(correspondent).get("/"))
    assert "Antrean truk" not in text_of(desk_client(editor).get("/"))


def test_whoever_is_credited_finds_a_story_that_somebody_else_typed(
    desk_client, correspondent, editor, cilacap
):
    author = correspondent.author
    make_story(editor, cilacap, headline="Dikirim lewat telepon", writers=[author])

    page = desk_client(correspondent).get("/")

    assert names(page.context["drafts"]) == ["Dikirim lewat telepon"]


def test_own_stories_are_not_shown_any_more_after_leaving_the_bureau(
    desk_client, correspondent, cilacap, makassar
):
    make_story(correspondent, cilacap)
    Membership.objects.update(bureau=makassar)

    assert desk_client(correspondent).get("/").context["drafts"] == []


# The editor


def test_breaking_news_stands_first_then_what_waits_longest(
    desk_client, correspondent, editor, cilacap, makassar, other_editor, submit
):
    for minutes, headline in ((10, "Baru"), (200, "Lama"), (90, "Tengah")):
        submit(correspondent, cilacap, minutes, headline=headline)
    submit(correspondent, cilacap, 1, headline="Segera", breaking=True)
    submit(other_editor, makassar, 300, headline="Makassar")

    page = desk_client(editor).get("/")

    assert names(page.context["rows"]) == ["Segera", "Lama", "Tengah", "Baru"]
    assert [row.wait.tone for row in page.context["rows"]] == ["calm", "late", "near", "calm"]
    assert "3 h 20 m (past the limit)" in text_of(page)


def test_each_row_offers_what_this_editor_can_do(
    desk_client, correspondent, editor, second_editor, cilacap, submit
):
    free = submit(correspondent, cilacap, 5, headline="Bebas")
    submit(correspondent, cilacap, 4, headline="Pada saya", claim=editor)
    submit(correspondent, cilacap, 3, headline="Pada Bagus", claim=second_editor)
    submit(editor, cilacap, 2, headline="Tulisan sendiri")

    client = desk_client(editor)
    page = client.get("/")

    assert [row.verb for row in page.context["rows"]] == ["claim", "continue", "open", "open"]
    assert f'formaction="{verb_url(free, "claim")}"' in page.content.decode()
    done = client.post(verb_url(free, "claim"))
    assert messages_of(client, done) == [
        "You are reviewing “Bebas”. Approve it, or send it back with a reason."
    ]
    free.refresh_from_db()
    assert free.claimed_by == editor


def test_the_clock_of_a_bureau_counts_claimed_and_unclaimed_alike(
    desk_client, correspondent, editor, cilacap, submit
):
    submit(correspondent, cilacap, 30)
    submit(correspondent, cilacap, 130, claim=editor)

    line = desk_client(editor).get("/").context["line"]

    assert line.waiting == "2"
    assert [(wait.minutes, wait.is_claimed) for wait in line.clock.marks] == [
        (30, False),
        (130, True),
    ]


def test_an_editor_without_a_queue_is_told_so_and_what_else_there_is(desk_client, editor):
    words = text_of(desk_client(editor).get("/"))

    assert "The queue is empty: every story submitted has been decided." in words
    assert "See what is being written" in words


def test_a_long_queue_is_cut_and_counted_no_further_than_a_thousand(
    desk_client, correspondent, editor, cilacap, submit, monkeypatch
):
    monkeypatch.setattr("articles.waiting.SHOWN", 2)
    monkeypatch.setattr("articles.bureau_board.MOST_COUNTED", 3)
    for _ in range(4):
        submit(correspondent, cilacap)

    page = desk_client(editor).get("/")

    assert (len(page.context["rows"]), page.context["line"].waiting) == (2, "3+")
    assert "These stand first." in text_of(page)


def test_a_scheduled_story_carries_the_time_at_which_it_goes_live_in_the_bureaus_zone(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    approve_story(story, by=correspondent, editor=editor)
    at = timezone.now().replace(hour=3, minute=15) + timedelta(days=3)
    workflow.schedule(story, by=editor, at=at, version=story.version)

    page = desk_client(editor).get("/")

    assert f'datetime="{at.isoformat()[:19]}' in page.content.decode()
    assert "10:15" in text_of(page)
    assert page.context["line"].scheduled == "0"


def test_what_is_live_with_an_approved_change_is_called_so_with_the_time_of_its_approval(
    desk_client, correspondent, editor, cilacap
):
    approve_story(
        make_story(correspondent, cilacap, headline="Baru"), by=correspondent, editor=editor
    )
    live = publish_story(correspondent, editor, cilacap, headline="Lama").article
    Article.objects.update(stage_since=timezone.now() - timedelta(hours=30))
    rewrite(live, by=editor, headline="Lama, dengan angka baru")

    page = desk_client(editor).get("/")

    approvals = dict(
        Event.objects.filter(verb="approve").order_by("id").values_list("article__headline", "at")
    )
    found = {story.headline: story.approved_at for story in page.context["approved"]}
    assert found == approvals
    assert set(found) == {"Baru", "Lama, dengan angka baru"}
    words = text_of(page)
    assert "Lama, dengan angka baru live, its change not yet published Ratih Purwandari" in words
    assert "Baru Ratih Purwandari" in words
    for story in page.context["approved"]:
        assert f"{timezone.localtime(story.approved_at, cilacap.zone):%H:%M} approved" in words


def test_published_today_is_counted_by_the_bureaus_own_day(
    desk_client, correspondent, editor, cilacap
):
    for number in range(3):
        publish_story(correspondent, editor, cilacap, headline=f"Terbit {number}")
    midnight = timezone.now().astimezone(cilacap.zone).replace(hour=0, minute=0, second=0)
    Article.objects.filter(headline="Terbit 0").update(public_from=midnight - MINUTE)

    page = desk_client(editor).get("/")

    assert page.context["line"].published == "2"
    assert names(page.context["published"]) == ["Terbit 2", "Terbit 1", "Terbit 0"]


def test_a_retraction_waits_for_the_second_editor_alone(
    desk_client, correspondent, editor, second_editor, cilacap
):
    live = publish_story(correspondent, editor, cilacap, headline="Keliru").article
    workflow.retract(live, by=editor, ground="factual", reason="Sumber menarik keterangan.")

    first, second = (text_of(desk_client(user).get("/")) for user in (editor, second_editor))

    assert "waits for a second editor Sumber menarik keterangan." in first
    assert "Look at it" not in first
    assert "Sumber menarik keterangan. Look at it… Keliru" in second


def test_an_editor_of_two_bureaus_sees_both_and_chooses_one(
    desk_client, correspondent, other_editor, cilacap, makassar, submit
):
    both = make_user("dua", ("bureau_editor", cilacap), ("bureau_editor", makassar))
    submit(correspondent, cilacap, 20, headline="Cilacap")
    submit(other_editor, makassar, 10, headline="Makassar")
    make_bureau("jayapura", "Asia/Jayapura")
    client = desk_client(both)

    everything, one = client.get("/"), client.get("/?biro=makassar")
    foreign, unknown = client.get("/?biro=jayapura"), client.get("/?biro=%27--")

    assert names(everything.context["rows"]) == ["Cilacap", "Makassar"]
    assert [line.bureau for line in everything.context["lines"]] == [cilacap, makassar]
    assert (one.context["desk"], names(one.context["rows"])) == ("bureau", ["Makassar"])
    assert [page.context["desk"] for page in (foreign, unknown)] == ["network", "network"]


# The network editor


def test_breaking_news_that_nobody_claimed_in_time_rises_to_the_top(
    desk_client, correspondent, editor, other_editor, network_editor, cilacap, makassar, submit
):
    Bureau.objects.filter(pk=makassar.pk).update(breaking_after=5)
    submit(correspondent, cilacap, 14, headline="Dalam batas", breaking=True)
    submit(other_editor, makassar, 6, headline="Lewat batas", breaking=True)
    submit(correspondent, cilacap, 60, headline="Diambil", breaking=True, claim=editor)
    submit(correspondent, cilacap, 90, headline="Biasa")
    client = desk_client(network_editor)

    page = client.get("/")

    assert [(str(row.story), row.wait.tone) for row in page.context["urgent"]] == [
        ("Lewat batas", "late"),
        ("Dalam batas", "near"),
    ]
    html = page.content.decode()
    assert html.index("Lewat batas") < html.index("Dalam batas") < html.index('id="h-bureaus"')
    assert html.count("urgent__late") == 1
    client.post(verb_url(page.context["urgent"][0].story, "claim"))
    assert names(client.get("/").context["urgent"]) == ["Dalam batas"]


def test_the_bureau_in_most_need_stands_first(
    desk_client, correspondent, network_editor, other_editor, cilacap, jayapura, makassar, submit
):
    submit(correspondent, cilacap, 70)
    submit(other_editor, makassar, 130)

    lines = desk_client(network_editor).get("/").context["lines"]

    assert [(str(line.bureau), line.waiting) for line in lines] == [
        ("Makassar", "1"),
        ("Cilacap", "1"),
        ("Jayapura", "0"),
    ]


def test_the_network_sees_where_stories_wait_and_no_editor_is_there(
    desk_client, correspondent, editor, other_editor, network_editor, cilacap, makassar, jayapura,
    submit,
):  # fmt: skip
    story = submit(correspondent, cilacap)
    for bureau in (makassar, jayapura):
        submit(network_editor, bureau)
    Presence.objects.create(article=story, user=editor, seen_at=timezone.now() - 20 * MINUTE)

    page = desk_client(network_editor).get("/")

    there = {line.bureau.slug: (names(line.here), line.has_editor, line.is_left_alone)
             for line in page.context["lines"]}  # fmt: skip
    assert there == {
        "cilacap": (["Wening Kusumastuti"], True, False),
        "makassar": ([], True, True),
        "jayapura": ([], False, True),
    }
    words = text_of(page)
    assert "no editor there" in words
    assert "has no editor" in words


def test_what_waits_longest_is_shown_of_all_bureaus(
    desk_client, correspondent, network_editor, other_editor, cilacap, makassar, submit
):
    submit(correspondent, cilacap, 5, headline="Kedua")
    submit(other_editor, makassar, 50, headline="Pertama")

    assert names(desk_client(network_editor).get("/").context["rows"]) == ["Pertama", "Kedua"]


# Those who look after pictures, people and settings


def test_a_photo_editor_is_told_which_pictures_lack_their_words(desk_client, photo_editor, cilacap):
    make_picture(cilacap, caption="Kapal di muara", alt_text="", credit="")
    page = text_of(desk_client(photo_editor).get("/"))

    assert "Kapal di muara Cilacap no credit no words for those who cannot see it" in page


def test_an_administrator_sees_who_has_not_come_yet_and_which_bureau_nobody_edits(
    desk_client, administrator, editor, cilacap, makassar, monkeypatch
):
    monkeypatch.setattr("articles.home.first_steps", lambda user: [])
    make_user("baru", ("reporter", cilacap), name="Orang Baru", invited_at=timezone.now())
    make_user("sudah", name="Sudah Masuk", invited_at=timezone.now(), last_login=timezone.now())

    page = desk_client(administrator).get("/")

    assert names(page.context["invited"]) == ["Orang Baru"]
    assert names(page.context["without_editor"]) == ["Makassar"]


def test_an_administrator_of_one_bureau_sees_nobody_elses_people(desk_client, cilacap, makassar):
    local = make_user("lokal", ("administrator", cilacap))
    make_user("baru", ("reporter", makassar), name="Orang Makassar", invited_at=timezone.now())

    page = desk_client(local).get("/")

    assert (page.context["invited"], names(page.context["without_editor"])) == ([], ["Cilacap"])


def test_a_story_of_another_bureau_is_on_nobodys_home(
    desk_client, correspondent, editor, other_editor, makassar, submit
):
    make_author("Nurhayati", bureau=makassar, user=other_editor)
    submit(other_editor, makassar, headline="Rahasia Makassar", breaking=True)
    publish_story(other_editor, make_user("m", ("bureau_editor", makassar)), makassar,
                  headline="Rahasia terbit")  # fmt: skip

    for user in (correspondent, editor):
        for address in ("/", "/?biro=makassar"):
            with translation.override("en"):
                assert "Rahasia" not in desk_client(user).get(address).content.decode()
