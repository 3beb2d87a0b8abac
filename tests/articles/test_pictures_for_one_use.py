"""A picture for one use: the desk is told when readers have had it in another story."""

import pytest
from django.utils.translation import override

from articles.checked_text import Text
from articles.story_checks import advice_for
from articles.typed import Typed
from articles.writing import text_of
from tests.factories import make_live, make_picture, make_story, publish_next, publish_story

PARAGRAPH = "<p>Nelayan menunggu di dermaga.</p>"


@pytest.fixture
def once(cilacap):
    return make_picture(cilacap, source="handout", licence="once", caption="Kapal")


def placing(*pictures) -> str:
    figures = (f'<figure data-object="picture" data-id="{each.pk}"></figure>' for each in pictures)
    return PARAGRAPH + "".join(figures)


def told(story) -> dict[str, str]:
    """What is advised of pictures for one use, by the names of the checks."""
    story.refresh_from_db()
    texts = Text.of(story), text_of(Typed.of_story(story), story.created_by, story)
    with override("en"):
        failed, typed = ({c.name: str(c.message) for c in advice_for(text)} for text in texts)
    assert failed == typed
    return {name: failed[name] for name in ("once", "pictures_once") if name in failed}


LEAD = "This picture is for one use and was used already: “Feri batal”."
PLACED = "A picture in the text is for one use and was used already: “Kapal” in “Feri batal”."


@pytest.mark.parametrize("used_as", ["picture", "body"])
@pytest.mark.parametrize("use_as", ["picture", "body"])
def test_a_second_story_is_advised_against_it_as_lead_and_in_the_text(
    correspondent, editor, cilacap, once, used_as, use_as
):
    uses = {"picture": {"picture": once}, "body": {"body": placing(once)}}
    publish_story(correspondent, editor, cilacap, headline="Feri batal", **uses[used_as])
    story = make_story(correspondent, cilacap, **uses[use_as])
    assert told(story) == ({"once": LEAD} if use_as == "picture" else {"pictures_once": PLACED})


def test_its_own_editions_and_what_is_not_out_say_nothing(correspondent, editor, cilacap, once):
    edition = publish_story(correspondent, editor, cilacap, picture=once, body=placing(once))
    make_story(correspondent, cilacap, picture=once)
    assert told(edition.article) == {}


def test_a_picture_of_any_other_licence_says_nothing(correspondent, editor, cilacap):
    free = make_picture(cilacap, source="handout", licence="free")
    publish_story(correspondent, editor, cilacap, picture=free)
    assert told(make_story(correspondent, cilacap, picture=free, body=placing(free))) == {}


def test_what_readers_saw_once_counts_when_the_story_has_another_picture_now(
    correspondent, editor, cilacap, once
):
    edition = make_live(correspondent, cilacap, editor=editor, headline="Feri batal", picture=once)
    publish_next(edition.article, by=correspondent, editor=editor, picture=make_picture(cilacap))
    assert told(make_story(correspondent, cilacap, picture=once)) == {"once": LEAD}


def test_the_checks_cost_two_statements_however_many_such_pictures_there_are(
    correspondent, editor, cilacap, once, django_assert_num_queries
):
    others = [make_picture(cilacap, source="handout", licence="once") for _each in range(3)]
    for each in (once, *others):
        publish_story(correspondent, editor, cilacap, picture=each)
    for body in (placing(once), placing(once, *others)):
        story = make_story(correspondent, cilacap, picture=once, body=body)
        text = Text.of(story)
        with django_assert_num_queries(2):
            assert len(text.used_before) == body.count("<figure")
    plain = Text.of(make_story(correspondent, cilacap, picture=make_picture(cilacap)))
    with django_assert_num_queries(0):
        assert plain.used_before == {}
