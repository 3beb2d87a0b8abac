"""A form that is sent twice, because its first answer was lost, is saved once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Autosave, Event, Revision
from tests.desk import ADD, change_url, form_data, in_english, messages_of
from tests.factories import approve_story, make_story, rewrite

SCRIPT = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def client(desk_client, correspondent):
    return desk_client(correspondent)


def complete(correspondent, section, **more) -> dict:
    return form_data(
        headline="Kapal",
        body="<p>Deru mesin.</p>",
        section=section.pk,
        key=uuid4(),
        **{
            "bylines-TOTAL_FORMS": 1,
            "bylines-0-id": "",
            "bylines-0-author": correspondent.author.pk,
            "bylines-0-role": "writer",
        },
        **more,
    )


def test_a_new_story_that_comes_twice_is_one_story(client):
    typed = form_data(headline="Kapal", key=uuid4())

    first, second = client.post(ADD, typed), client.post(ADD, typed)

    story = Article.objects.get()
    assert first["Location"] == second["Location"] == change_url(story)
    assert (story.version, Revision.objects.get().key) == (1, typed["key"])


def test_a_save_and_a_verb_in_one_press_happen_once(client, correspondent, section):
    typed = complete(correspondent, section, _verb="submit")

    client.post(ADD, typed)
    again = client.post(ADD, typed)

    story = Article.objects.get()
    assert (story.stage, story.version) == ("submitted", 1)
    assert list(Event.objects.values_list("verb", flat=True)) == ["submit"]
    assert messages_of(client, again)[-1].startswith("“Kapal” has been submitted.")


def test_a_save_whose_verb_did_not_happen_any_more_is_taken_up_by_the_verb(
    client, correspondent, section
):
    typed = complete(correspondent, section)
    client.post(ADD, typed)

    client.post(ADD, {**typed, "_verb": "submit"})

    story = Article.objects.get()
    assert (story.stage, story.version) == ("submitted", 1)


def test_a_verb_on_an_untouched_form_happens_once(desk_client, correspondent, editor, cilacap):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    client = desk_client(editor)
    typed = form_data(story, _verb="publish", _confirmed="yes", key=uuid4())

    client.post(change_url(story), typed)
    again = client.post(change_url(story), typed)

    assert Event.objects.filter(verb="publish").count() == 1
    assert all("not possible" not in said for said in messages_of(client, again))


def test_a_change_that_comes_again_after_somebody_elses_is_not_put_over_it(
    client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Judul reporter", key=uuid4())
    client.post(change_url(story), typed)
    rewrite(story, by=editor, headline="Judul redaktur")

    again = client.post(change_url(story), typed)

    story.refresh_from_db()
    assert again["Location"] == change_url(story)
    assert (story.headline, story.version) == ("Judul redaktur", 3)
    assert not Autosave.objects.exists()


def test_whoever_wrote_on_before_the_answer_came_continues_the_same_story(
    client, correspondent, section
):
    typed = complete(correspondent, section)
    client.post(ADD, typed)

    client.post(ADD, {**typed, "headline": "Kapal kembali"})
    client.post(ADD, {**typed, "headline": "Kapal kembali"})

    story = Article.objects.get()
    assert (story.headline, story.version) == ("Kapal kembali", 2)
    assert [line.author for line in story.bylines.all()] == [correspondent.author]


def test_whoever_wrote_on_while_somebody_else_saved_chooses(client, correspondent, editor, section):
    typed = complete(correspondent, section)
    client.post(ADD, typed)
    rewrite(Article.objects.get(), by=editor, headline="Judul redaktur")

    answer = client.post(ADD, {**typed, "headline": "Kapal kembali"})

    story = Article.objects.get()
    assert answer["Location"] == f"/articles/article/{story.pk}/conflict/{typed['key']}/"
    assert (story.headline, story.version) == ("Judul redaktur", 2)
    assert Autosave.objects.get().headline == "Kapal kembali"


def test_the_key_of_somebody_elses_form_opens_nothing(desk_client, client, editor, cilacap):
    typed = form_data(headline="Kapal", key=uuid4())
    client.post(ADD, typed)

    desk_client(editor).post(ADD, {**typed, "headline": "Milik redaktur", "bureau": cilacap.pk})

    assert Article.objects.filter(headline="Kapal").count() == 1
    assert Article.objects.get(headline="Milik redaktur").created_by == editor


# For scripts


def test_a_script_is_told_where_to_go_and_what_to_mend(client, correspondent, cilacap):
    story = make_story(correspondent, cilacap)

    saved = client.post(change_url(story), form_data(story, headline="Baru"), headers=SCRIPT)
    wrong = client.post(
        change_url(story), form_data(story, headline="J" * 300, version=2), headers=SCRIPT
    )

    assert saved.json()["url"] == change_url(story)
    assert (saved.json()["version"], saved.json()["stays"]) == (2, False)
    assert wrong.status_code == 422
    assert list(wrong.json()["errors"]) == ["headline"]
    assert "at most 200 characters" in wrong.json()["note"]
    assert Article.objects.get().version == 2


def test_a_script_whose_session_has_ended_is_told_so_and_nothing_is_saved(
    desk_client, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Baru")
    origin = {**SCRIPT, "origin": "http://desk.bentara.test"}

    nobody = desk_client().post(change_url(story), typed, headers=origin)
    old_token = desk_client(correspondent, enforce_csrf_checks=True).post(
        change_url(story), typed, headers=origin
    )

    assert (nobody.status_code, nobody.json()) == (401, {"why": "signed-out"})
    assert (old_token.status_code, old_token.json()) == (403, {"why": "token"})
    assert Article.objects.get().version == 1


# What no revision holds


def test_an_embargo_set_by_somebody_else_outlives_a_form_that_never_touched_it(
    client, correspondent, editor, cilacap, desk_client
):
    story = make_story(correspondent, cilacap)
    opened = client.get(change_url(story)).context["adminform"].form["opened"].value()
    desk_client(editor).post(
        change_url(story),
        form_data(
            story, embargo_until_date="2031-05-01", embargo_until_time="17:00", breaking="on"
        ),
    )

    client.post(change_url(story), form_data(story, headline="Baru", opened=opened))

    story.refresh_from_db()
    assert story.headline == "Baru"
    assert story.embargo_until.isoformat() == "2031-05-01T10:00:00+00:00"
    assert story.breaking is True


def test_two_who_set_different_embargoes_choose(
    client, correspondent, editor, cilacap, desk_client
):
    story = make_story(correspondent, cilacap)
    opened = client.get(change_url(story)).context["adminform"].form["opened"].value()

    def embargo(day: str) -> dict:
        return {"embargo_until_date": day, "embargo_until_time": "17:00"}

    desk_client(editor).post(change_url(story), form_data(story, **embargo("2031-05-01")))

    answer = client.post(
        change_url(story), form_data(story, opened=opened, key=uuid4(), **embargo("2031-06-01"))
    )

    page = client.get(answer["Location"])
    assert [row["part"].name for row in page.context["to_choose"]] == ["embargo"]
    client.post(answer["Location"], {"stamp": page.context["stamp"], "embargo": "mine"})
    story.refresh_from_db()
    assert story.embargo_until.isoformat() == "2031-06-01T10:00:00+00:00"


def opened(client, story) -> str:
    return client.get(change_url(story)).context["adminform"].form["opened"].value()


def embargo(day: str) -> dict:
    return {"embargo_until_date": day, "embargo_until_time": "17:00" if day else ""}


@pytest.mark.parametrize("more", [{}, {"headline": "Judul ketiga"}])
@pytest.mark.parametrize("own", ["", "2031-05-01"])
@pytest.mark.parametrize("theirs", ["2031-06-01", ""])
def test_a_form_that_comes_again_leaves_what_somebody_else_has_set_since(
    desk_client, client, correspondent, editor, cilacap, own, theirs, more
):
    story = make_story(correspondent, cilacap)
    typed = form_data(
        story, headline="Baru", key=uuid4(), opened=opened(client, story), **embargo(own)
    )
    client.post(change_url(story), typed)
    story.refresh_from_db()
    browser = desk_client(editor)
    theirs_too = {"opened": opened(browser, story), "breaking": "on", **embargo(theirs)}
    browser.post(change_url(story), form_data(story, version=2, **theirs_too))

    again = client.post(change_url(story), typed | more)

    story.refresh_from_db()
    assert again["Location"] == change_url(story)
    assert (story.breaking, story.headline) == (True, more.get("headline", "Baru"))
    assert (story.embargo_until.strftime("%Y-%m-%d") if story.embargo_until else "") == theirs


def test_whoever_sets_another_embargo_before_the_answer_came_has_it(client, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    typed = form_data(
        story, headline="Baru", key=uuid4(), opened=opened(client, story), **embargo("2031-05-01")
    )
    client.post(change_url(story), typed)
    client.post(change_url(story), typed | embargo("2031-07-01"))
    story.refresh_from_db()
    assert story.embargo_until.strftime("%Y-%m-%d") == "2031-07-01"


def test_a_form_that_comes_again_leaves_the_address_that_scheduling_gave(
    desk_client, correspondent, editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    browser = desk_client(editor)
    typed = {"headline": "Baru", "key": uuid4(), "opened": opened(browser, story)}
    typed = form_data(story, _verb="unschedule", **typed)
    workflow.schedule(story, by=editor, at=timezone.now() + timedelta(hours=2))
    slug = Article.objects.get().slug
    browser.post(change_url(story), typed)

    browser.post(change_url(story), typed)

    assert slug
    assert Article.objects.get().slug == slug
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert (verbs.count("unschedule"), verbs.count("set")) == (1, 0)


def sends(browser, story, **more) -> dict:
    """Send a form that has just been opened, and give what was sent."""
    story.refresh_from_db()
    typed = form_data(story, key=uuid4(), opened=opened(browser, story), **more)
    browser.post(change_url(story), typed)
    return typed


def test_a_form_that_set_nothing_but_an_embargo_does_so_once(
    desk_client, client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = sends(client, story, **embargo("2031-05-01"))
    sends(desk_client(editor), story)

    client.post(change_url(story), typed)

    story.refresh_from_db()
    assert (story.embargo_until, story.version) == (None, 1)


def test_what_is_taken_back_in_the_same_form_is_taken_back(client, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, key=uuid4(), opened=opened(client, story))
    client.post(change_url(story), {**typed, "breaking": "on"})
    client.post(change_url(story), {**typed, "headline": "Baru"})
    story.refresh_from_db()
    assert (story.breaking, story.headline) == (False, "Baru")


def test_who_chooses_an_own_embargo_once_more_has_it(
    desk_client, client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = sends(client, story, **embargo("2031-05-01"))
    sends(desk_client(editor), story, headline="Judul redaktur", **embargo("2031-06-01"))
    answer = client.post(change_url(story), {**typed, "headline": "Baru", **embargo("2031-07-01")})
    page = client.get(answer["Location"])

    client.post(
        answer["Location"],
        {"stamp": page.context["stamp"], "embargo": "mine", "headline": "mine"},
    )

    story.refresh_from_db()
    assert (story.embargo_until.month, story.headline) == (7, "Baru")
