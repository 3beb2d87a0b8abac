"""What holds a story back and what only advises: the same for a stored and for a typed text."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.checked_text import Text
from articles.models import Article
from articles.story_checks import ADVICE, DEMANDS, advice_for, demands_not_met, failed_checks
from articles.typed import Typed
from articles.writing import text_of
from tests.desk import change_url, form_data
from tests.factories import approve_story, make_picture, make_story, picture_bytes

LONG = "h" * 71
PARAGRAPH = "<p>Satu kalimat.</p>"
GONE = '<figure data-object="see-also" data-id="999"></figure>'
VIDEO = '<figure data-object="embed" data-url="https://youtu.be/Kapal_kayu1"></figure>'
ONLY_SOURCE = '<blockquote data-object="pull-quote"><p><cite>Ketua</cite></p></blockquote>'
ONLY_NAME = '<aside data-object="fact-box"><h3>Angka</h3></aside>'
TITLED = VIDEO.replace("></", ' data-caption="Kapal dievakuasi"></')

# What is different about a story without a fault; what then holds it, what then advises.
FAULTS = [
    ({}, [], []),
    ({"headline": ""}, ["headline"], []),
    ({"headline": LONG}, [], ["long_headline"]),
    ({"headline": LONG[:70]}, [], []),
    ({"headline": "Kapal [cek]"}, [], ["notes_headline"]),
    ({"body": "<p>Kata [nama].</p>"}, [], ["notes_body"]),
    ({"summary": "Rugi Rp xxx."}, [], ["notes_summary"]),
    ({"body": "<p>&nbsp;</p>"}, ["body"], []),
    ({"section": None}, ["section"], []),
    ({"source": "agency"}, ["source_name"], []),
    ({"source": "agency", "source_name": "Antara"}, [], []),
    ({"summary": ""}, [], ["summary"]),
    ({"summary": "r" * 160}, [], []),
    ({"summary": "r" * 161}, [], ["long_summary"]),
    ({"dateline": " "}, [], ["dateline"]),
    ({"tags": []}, [], ["topics"]),
    ({"writers": []}, ["writer"], []),
    ({"picture": None}, [], ["picture"]),
    ({"picture": {"alt_text": ""}}, ["alt_text"], []),
    ({"picture": {"credit": ""}}, ["credit"], []),
    ({"in_text": {}}, [], []),
    ({"in_text": {"alt_text": ""}}, ["pictures_alt_text"], []),
    ({"in_text": {"credit": ""}}, ["pictures_credit"], []),
    ({"in_text": {"usable_until": date(2020, 1, 1)}}, ["pictures_right_over"], []),
    ({"embargo_until": datetime(2020, 5, 22, 8, 45, tzinfo=UTC)}, [], ["embargo_over"]),
    ({"embargo_until": datetime(2099, 5, 22, 8, 45, tzinfo=UTC)}, [], []),
    # A story that readers do not see is left out; that alone holds nothing back.
    ({"body": PARAGRAPH * 3 + GONE + PARAGRAPH * 2}, [], ["objects"]),
    ({"body": PARAGRAPH * 3 + GONE + PARAGRAPH}, ["see_also"], ["objects"]),
    ({"body": PARAGRAPH * 2 + GONE + PARAGRAPH * 8}, ["see_also"], ["objects"]),
    ({"body": PARAGRAPH * 3 + GONE + PARAGRAPH * 6 + GONE}, ["see_also"], ["objects"]),
    ({"body": PARAGRAPH * 3 + GONE + PARAGRAPH * 7 + GONE}, [], ["objects"]),
    ({"body": PARAGRAPH + ONLY_SOURCE}, [], ["half_filled"]),
    ({"body": PARAGRAPH + ONLY_NAME}, [], ["half_filled"]),
    ({"body": PARAGRAPH + ONLY_NAME.replace("</h3>", "</h3><p>34 meter</p>")}, [], []),
    ({"body": PARAGRAPH + VIDEO}, [], ["untitled"]),
    ({"body": PARAGRAPH + TITLED}, [], []),
    ({"headline": "Petani ꦗꦮ senang ✓"}, [], ["card"]),
    ({"picture": {"data": picture_bytes(719, 480)}}, [], ["small"]),
    ({"picture": {"data": picture_bytes(720, 900)}}, [], []),
    ({"in_text": {"data": picture_bytes(640, 480)}}, [], ["pictures_small"]),
    ({"body": "<p>Lihat https://cilacap.example/a.</p>"}, [], ["addresses"]),
    ({"body": "<p>Lihat <a href='https://a.example/'>https://a.example/</a>.</p>"}, [], []),
    ({"body": "<p>Pukul 15.45, surel a@www.example, berkas www.</p>"}, [], []),
]


@pytest.mark.parametrize(("fault", "holds", "advises"), FAULTS)
def test_every_fault_is_named_in_a_stored_and_in_a_typed_text(
    correspondent, cilacap, fault, holds, advises
):
    more = dict(fault)
    picture = more.pop("picture", {})
    if picture is not None:
        more["picture"] = make_picture(cilacap, **picture)
    if "in_text" in more:
        number = make_picture(cilacap, **more.pop("in_text")).pk
        more["body"] = f'{PARAGRAPH}<figure data-object="picture" data-id="{number}"></figure>'
    story = make_story(correspondent, cilacap, **more)
    typed = Typed.of_pairs(Typed.of_story(story).pairs(story), stored=Typed.of_story(Article()))

    for text in (Text.of(story), text_of(typed, correspondent, story)):
        assert [check.name for check in demands_not_met(text)] == holds
        assert [check.name for check in advice_for(text)] == advises
    assert [check.name for check in failed_checks(story)] == holds


def test_every_check_has_been_seen_to_fail():
    seen = {name for _fault, holds, advises in FAULTS for name in (*holds, *advises)}

    # These have tests of their own: in tests/bureaus/, test_picture_rights.py, test_autosave.py.
    elsewhere = {"bureau", "right_over", "right_ending", "not_shared", "licence"}
    elsewhere |= {"once", "pictures_once"}  # test_pictures_for_one_use.py
    elsewhere |= {"whose", "pictures_whose"}  # test_picture_rights.py
    elsewhere |= {"headline_fits", "summary_fits"}  # no stored text can be as long
    seen |= {"pictures_not_shared", "pictures_right_ending", "pictures_licence"}  # below
    assert {check.name for check in (*DEMANDS, *ADVICE)} - seen == elsewhere


QUOTE = '<blockquote data-object="pull-quote"><p>Lama.</p></blockquote>'


@pytest.mark.parametrize(
    ("body", "name", "at"),
    [
        (PARAGRAPH + QUOTE + GONE + PARAGRAPH * 8, "see_also", 1),
        (PARAGRAPH * 3 + GONE + QUOTE + PARAGRAPH * 6 + GONE + GONE, "see_also", 3),
        (PARAGRAPH * 3 + GONE, "see_also", 0),
        (QUOTE + PARAGRAPH * 5 + GONE, "objects", 1),
        (QUOTE + TITLED + VIDEO, "untitled", 2),
        (TITLED + QUOTE + ONLY_SOURCE + ONLY_NAME, "half_filled", 2),
        (
            "<p>Lihat <a href='https://b.example/'>b</a>, https://cilacap.example/a?b=1&amp;c=2.</p>"
            "<p>www.lain.example</p>",
            "addresses",
            "https://cilacap.example/a?b=1&c=2",
        ),
        (PARAGRAPH * 5 + QUOTE + '<figure data-object="gallery" data-ids="{good},{bad}"></figure>',
         "pictures_alt_text", 1),
        (PARAGRAPH + '<figure data-object="picture" data-id="{good}"></figure>'
         + TITLED.replace(" data-url", ' data-still="{bad}" data-url'), "pictures_alt_text", 1),
    ],
)  # fmt: skip
def test_a_check_of_the_text_says_where_its_first_fault_stands(
    correspondent, cilacap, body, name, at
):
    good, bad = make_picture(cilacap), make_picture(cilacap, alt_text="")
    body = body.replace("{good}", str(good.pk)).replace("{bad}", str(bad.pk))
    text = Text.of(make_story(correspondent, cilacap, body=body))
    failed = [*demands_not_met(text), *advice_for(text)]
    assert {check.name: check.at for check in failed}[name] == at


def test_a_right_to_a_picture_in_the_text_warns_before_it_ends(correspondent, cilacap, makassar):
    soon = timezone.now().astimezone(cilacap.zone).date() + timedelta(days=2)
    own, foreign = make_picture(cilacap, usable_until=soon, licence=""), make_picture(makassar)
    html = "".join(
        f'<figure data-object="picture" data-id="{each.pk}"></figure>' for each in (own, foreign)
    )
    text = Text.of(make_story(correspondent, cilacap, body=PARAGRAPH + html))

    assert [check.name for check in demands_not_met(text)] == ["pictures_not_shared"]
    advised = {check.name for check in advice_for(text)}
    assert advised >= {"pictures_right_ending", "pictures_licence"}


def test_an_embargo_of_long_ago_is_saved_with_a_warning_that_ends_with_publication(
    desk_client, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    passed = {"embargo_until_date": "2020-05-22", "embargo_until_time": "15:45"}
    client = desk_client(correspondent)

    client.post(change_url(story), form_data(story, **passed))
    page = client.get(change_url(story))

    warning = "<strong>Embargo sudah lewat.</strong>"
    story.refresh_from_db()
    assert story.embargo_until == datetime(2020, 5, 22, 8, 45, tzinfo=UTC)
    assert warning in page.content.decode()
    approve_story(story, by=correspondent, editor=editor)
    workflow.publish(story, by=editor)
    assert warning not in client.get(change_url(story)).content.decode()


@pytest.mark.parametrize("typed", ["", "2020-05-22", "2020-05-22 99:99", "15:45"])
def test_half_an_embargo_is_no_warning_yet(correspondent, cilacap, typed):
    story = make_story(correspondent, cilacap)
    stored = Typed.of_story(story)
    half = replace(stored, values=stored.values | {"embargo": typed})

    assert "embargo_over" not in [
        each.name for each in advice_for(text_of(half, correspondent, story))
    ]


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2), (12_000, 60)])
def test_reading_takes_a_minute_for_every_200_words(correspondent, cilacap, words, minutes):
    story = make_story(correspondent, cilacap, body=f"<p>{'kata ' * words}</p>")

    assert (Text.of(story).words, Text.of(story).minutes) == (words, minutes)
