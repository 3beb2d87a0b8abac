"""The desk's page of a front: arranging by plain buttons, saving, previewing; nothing is lost."""

import re
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.utils import timezone

from articles import curation, workflow
from articles.curation import Hold
from articles.models import Article, Pin
from tests.articles.test_fronts import heads
from tests.desk import in_english, messages_of, text_of
from tests.factories import make_bureau, make_live, make_story, publish_next

NETWORK = "/articles/pin/network/"


@pytest.fixture(autouse=True)
def _english(editor, network_editor):
    in_english(editor, network_editor)


@pytest.fixture
def live(correspondent, cilacap):
    def live(headline: str, **more) -> int:
        return make_live(correspondent, cilacap, headline=headline, **more).article_id

    return live


@pytest.fixture
def pinned(live, cilacap, network_editor):
    """Four stories, of which three are pinned to Cilacap's front: B, C, A."""
    stories = {name: live(f"Berita {name}") for name in "ABCD"}
    holds = [Hold(stories[name], timezone.now() + timedelta(hours=1)) for name in "BCA"]
    curation.arrange(cilacap, holds, by=network_editor, version="")
    return stories


def url(bureau=None, page: str = "") -> str:
    return f"/articles/pin/{bureau.pk if bureau else 'network'}/{page}"


def form_of(response, **more) -> dict:
    """What a browser sends from the page as it stands; ``until`` by headline's last letter."""
    arrangement = response.context["arrangement"]
    until = more.pop("until", {})
    data = {"version": arrangement.version, "story": [], "q": ""}
    for row in arrangement.rows:
        data["story"].append(row.article_id)
        chosen = until.get(row.headline[-1], row.chosen.until)
        data |= {
            f"{row.article_id}-until": chosen,
            f"{row.article_id}-exact_date": row.chosen.date,
            f"{row.article_id}-exact_time": row.chosen.time,
        }
    return data | more


def shown(response) -> list[str]:
    return [row.headline[-1] for row in response.context["arrangement"].rows]


def saved(bureau) -> list[str]:
    pins = curation.pins_of(bureau).select_related("article")
    return [pin.article.headline[-1] for pin in pins]


@pytest.fixture
def front(desk_client, editor, cilacap):
    """Presses a button of the page in the state in which the last answer left it."""

    class Front:
        client = desk_client(editor)
        path = url(cilacap)

        def __init__(self):
            self.now = self.client.get(self.path)

        def press(self, follow=True, **buttons):
            self.now = self.client.post(self.path, form_of(self.now, **buttons), follow=follow)
            return self.now

    return Front


def test_moving_shows_the_new_order_says_so_and_keeps_the_focus(front, pinned, cilacap):
    page = front()
    answer = page.press(up=pinned["C"])

    assert shown(answer) == ["C", "B", "A"]
    assert "“Berita C” now stands at place 1 of 3." in text_of(answer)
    focused = re.findall(r"<button[^>]* autofocus>", answer.content.decode())
    assert [re.search(r'name="(\w+)" value="(\d+)"', tag).groups() for tag in focused] == [
        ("up", str(pinned["C"]))
    ]
    assert saved(cilacap) == ["B", "C", "A"]
    assert shown(page.press(down=pinned["B"])) == ["C", "A", "B"]
    assert shown(page.press(down=pinned["B"])) == ["C", "A", "B"]


def test_the_order_in_hand_survives_a_reload_a_search_and_every_other_button(front, pinned, live):
    page = front()
    page.press(up=pinned["A"])
    page.press(remove=pinned["C"], until={"B": "3d"})
    answer = page.press(search=1, q="berita")
    again = page.client.get(answer.request["PATH_INFO"], parse_qs(answer.request["QUERY_STRING"]))

    for response in (answer, again):
        assert shown(response) == ["B", "A"]
        assert [row.chosen.until for row in response.context["arrangement"].rows] == ["3d", "keep"]
        assert [line.headline for line in response.context["offered"]] == ["Berita D", "Berita C"]
        assert "Not saved yet" in text_of(response)


def test_saving_makes_the_order_that_of_readers(front, reader, pinned, cilacap):
    page = front()
    page.press(add=pinned["D"])
    page.press(remove=pinned["C"])
    answer = page.press(follow=False, save=1)

    assert messages_of(page.client, answer) == ["The order is saved; readers see it now. Open it"]
    assert saved(cilacap) == ["D", "B", "A"]
    html = reader("cilacap").get("/").content.decode()
    assert heads(html) == [f"Berita {name}" for name in "DBAC"]


def test_a_story_is_offered_newest_first_and_found_by_its_headline(front, pinned, live):
    live("Panen raya")
    page = front()

    assert [line.headline for line in page.now.context["offered"]] == ["Panen raya", "Berita D"]
    found = page.client.get(page.path, {"q": "panen"})
    assert [line.headline for line in found.context["offered"]] == ["Panen raya"]
    nothing = page.client.get(page.path, {"q": "gempa"})
    assert "No live story of this front has these words" in text_of(nothing)


def test_an_end_is_chosen_as_a_span(front, pinned, cilacap):
    front().press(save=1, until={"B": "6h", "C": "1d", "A": "3d"})

    for pin, hours in zip(curation.pins_of(cilacap), (6, 24, 72), strict=True):
        left = pin.until - timezone.now()
        assert timedelta(0) < timedelta(hours=hours) - left < timedelta(minutes=1)


def test_today_ends_at_midnight_in_the_bureaus_zone(desk_client, network_editor, pinned, jayapura):
    client = desk_client(network_editor)
    article = Article.objects.get(pk=pinned["A"])
    workflow.place(article, by=network_editor, bureau=jayapura)
    page = client.get(url(jayapura))

    client.post(
        url(jayapura),
        form_of(page, save=1, story=[pinned["A"]]) | {f"{pinned['A']}-until": "today"},
    )

    until = Pin.objects.get(bureau=jayapura).until.astimezone(jayapura.zone)
    today = timezone.now().astimezone(jayapura.zone).date()
    assert (until.date(), until.hour, until.minute) == (today + timedelta(days=1), 0, 0)


def test_an_exact_time_is_meant_on_the_bureaus_clock(front, pinned, cilacap):
    page = front()
    day = timezone.now().astimezone(cilacap.zone) + timedelta(days=2)
    exact = {
        f"{pinned['B']}-until": "exact",
        f"{pinned['B']}-exact_date": f"{day:%Y-%m-%d}",
        f"{pinned['B']}-exact_time": "21:30",
    }
    page.client.post(page.path, form_of(page.now, save=1) | exact)

    until = Pin.objects.get(position=1).until.astimezone(cilacap.zone)
    assert f"{until:%Y-%m-%d %H:%M}" == f"{day:%Y-%m-%d} 21:30"


def test_a_time_that_will_not_do_is_shown_at_its_story_and_all_is_kept(front, pinned, cilacap):
    page = front()
    page.press(up=pinned["A"])
    story = pinned["A"]
    for date, time, error in (
        ("", "", "Give the date and the time."),
        ("2026-01-01", "", "Give both the date and the time."),
        ("2001-01-01", "10:00", "This time has passed. Choose one to come."),
    ):
        typed = {f"{story}-until": "exact"}
        typed |= {f"{story}-exact_date": date, f"{story}-exact_time": time}

        answer = page.client.post(page.path, form_of(page.now, save=1) | typed)

        assert shown(answer) == ["B", "A", "C"]
        assert error in text_of(answer)
        row = answer.context["arrangement"].rows[1]
        assert row.form["exact"].value() == [date, time]
    assert saved(cilacap) == ["B", "C", "A"]


def test_an_order_saved_by_somebody_else_meanwhile_is_shown_and_ones_own_kept(
    front, pinned, cilacap, second_editor
):
    page = front()
    page.press(up=pinned["A"])
    pins = list(curation.pins_of(cilacap))
    holds = [Hold(pin.article_id, pin.until) for pin in pins[::-1]]
    curation.arrange(cilacap, holds, by=second_editor, version=curation.version_of(pins))

    answer = page.press(save=1)

    assert answer.status_code == 409
    text = text_of(answer)
    assert "Bagus Santosa changed the order at" in text
    assert "Saved now: Berita A Berita C Berita B" in text
    assert shown(answer) == ["B", "A", "C"]
    assert saved(cilacap) == ["A", "C", "B"]

    page.press(replace=answer.context["saved"].version)
    assert saved(cilacap) == ["B", "A", "C"]


def test_what_ended_and_what_was_retracted_is_said_and_can_be_taken_out(
    front, pinned, cilacap, editor, network_editor
):
    Pin.objects.filter(article=pinned["B"]).update(until=timezone.now())
    article = Article.objects.get(pk=pinned["C"])
    workflow.retract(article, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(article, by=network_editor)
    page = front()

    text = text_of(page.now)
    assert text.count("has ended") == 2  # at the story, and on the button that clears
    assert text.count("no longer on this front") == 1
    assert shown(page.press(clear=1)) == ["A"]
    page.press(save=1)
    assert saved(cilacap) == ["A"]


def test_what_has_ended_can_be_given_more_time(front, pinned, cilacap):
    Pin.objects.update(until=timezone.now())
    front().press(save=1, until={"C": "6h"})

    assert saved(cilacap) == ["C"]


def test_a_full_front_offers_nothing_to_press(front, live, cilacap, editor):
    stories = [live(f"Berita {name}") for name in "ABCDEFGHI"]
    until = timezone.now() + timedelta(hours=1)
    holds = [Hold(story, until) for story in stories[:8]]
    curation.arrange(cilacap, holds, by=editor, version="")
    page = front()

    assert "at most: take one out first" in text_of(page.now)
    assert len(shown(page.press(add=stories[8]))) == 8


CANNOT = "A paid story cannot be pinned"


def test_paid_matter_is_named_and_cannot_be_pinned(front, pinned, live, cilacap):
    paid = live("Promosi P", paid=True)
    page = front()
    html = page.now.content.decode()
    assert "paid: cannot be pinned" in text_of(page.now)
    assert f'name="add" value="{paid}"' not in html
    assert f'name="add" value="{pinned["D"]}"' in html

    answer = page.press(add=paid)

    assert CANNOT in text_of(answer)
    assert shown(answer) == ["B", "C", "A"]
    forged = form_of(page.now, save=1)
    forged["story"].append(paid)
    answer = page.client.post(page.path, forged | {f"{paid}-until": "6h"})
    assert answer.status_code == 409
    assert text_of(answer).count(CANNOT) == 1
    assert "Mend what is marked below." in text_of(answer)
    assert saved(cilacap) == ["B", "C", "A"]


def test_a_pinned_story_that_is_paid_for_since_must_be_taken_out(
    front, pinned, cilacap, correspondent, editor
):
    article = Article.objects.get(pk=pinned["C"])
    more = {"paid": True, "source": "press_release", "source_name": "Bank"}
    publish_next(article, by=correspondent, editor=editor, **more)
    page = front()
    assert "paid: cannot be pinned" in text_of(page.now)
    assert CANNOT in text_of(page.press(save=1))
    assert saved(cilacap) == ["B", "C", "A"]

    assert shown(page.press(clear=1)) == ["B", "A"]
    page.press(save=1)

    assert saved(cilacap) == ["B", "A"]


def test_a_number_that_is_no_story_changes_nothing(front, pinned, cilacap):
    page = front()
    for number in ("0", "999999", "9" * 18, "9" * 30, "-1", "x", "１２"):
        assert shown(page.press(add=number)) == ["B", "C", "A"], number
    for number in ("0", "999999", "9" * 18):
        forged = {"story": [*pinned.values(), number]}
        page.client.post(page.path, form_of(page.now, save=1) | forged)
    assert saved(cilacap) == ["B", "C", "A"]


def test_a_draft_is_neither_offered_nor_taken(front, pinned, cilacap, correspondent):
    draft = make_story(correspondent, cilacap, headline="Rahasia X")
    page = front()

    assert "Rahasia" not in text_of(page.press(add=draft.pk))
    data = form_of(page.now, save=1)
    data["story"].append(draft.pk)
    answer = page.client.post(page.path, data)
    assert "Rahasia" not in text_of(answer)
    assert saved(cilacap) == ["B", "C", "A"]


def test_somebody_elses_link_arranges_nothing(front, pinned, desk_client, network_editor, cilacap):
    page = front()
    page.press(remove=pinned["B"])
    state = page.now.request["QUERY_STRING"]

    theirs = desk_client(network_editor).get(f"{url(cilacap)}?{state}")

    assert shown(theirs) == ["B", "C", "A"]
    assert shown(page.client.get(f"{page.path}?{state}")) == ["C", "A"]
    assert shown(page.client.get(f"{page.path}?{state}x")) == ["B", "C", "A"]


# Preview


def test_the_preview_shows_the_front_with_the_order_in_hand(front, pinned, cilacap, reader):
    page = front()
    page.press(up=pinned["A"])
    answer = page.press(preview=1)

    assert answer.redirect_chain[0][0].startswith(url(cilacap, "preview/?order="))
    assert "not saved yet" in answer.content.decode()
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    frame = page.client.get(re.search(r'<iframe src="([^"]+)"', answer.content.decode())[1])
    html = frame.content.decode()
    assert heads(html) == [f"Berita {name}" for name in "BACD"]
    assert heads(reader("cilacap").get("/").content.decode())[1] == "Berita C"
    assert 'content="noindex"' in html
    assert 'rel="canonical"' not in html
    assert [frame.headers.get(name) for name in PREVIEW_HEADERS] == list(PREVIEW_HEADERS.values())
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]


PREVIEW_HEADERS = {
    "Cache-Control": "private, no-store, max-age=0, no-cache, must-revalidate",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "SAMEORIGIN",
    "Surrogate-Key": None,
    "Cache-Tag": None,
}


def test_the_preview_is_the_readers_front_but_for_what_tells_its_address(
    desk_client, network_editor, pinned, cilacap, reader
):
    def body(html: str) -> str:
        return re.sub(r"(?s)^.*<main|<footer.*$", "", html)

    client = desk_client(network_editor)
    for front, label in ((None, ""), (cilacap, "cilacap")):
        page = client.get(url(front, "preview/page/")).content.decode()
        assert body(page) == body(reader(label).get("/").content.decode())


def test_the_preview_is_as_wide_as_a_phone_when_asked(desk_client, network_editor, pinned):
    client = desk_client(network_editor)

    assert "preview--phone" not in client.get(f"{NETWORK}preview/").content.decode()
    assert "preview--phone" in client.get(f"{NETWORK}preview/?width=360").content.decode()


# Rights

PAGES = ("", "preview/", "preview/page/")
#                  list  network  Cilacap  Makassar
ALLOWED = {
    "correspondent":  (403, 404, 404, 404),
    "editor":         (302, 404, 200, 404),
    "other_editor":   (302, 404, 404, 200),
    "network_editor": (200, 200, 200, 200),
    "photo_editor":   (403, 404, 404, 404),
    "administrator":  (403, 404, 404, 404),
    "outsider":       (302, 302, 302, 302),
}  # fmt: skip


@pytest.mark.parametrize("who", ALLOWED)
def test_each_page_of_a_front_is_for_those_who_decide_about_it(
    request, desk_client, pinned, cilacap, makassar, who
):
    client = desk_client(request.getfixturevalue(who))
    before = list(Pin.objects.values())
    fronts = [url(front) for front in (None, cilacap, makassar)]

    found = tuple(client.get(path).status_code for path in ("/articles/pin/", *fronts))

    assert found == ALLOWED[who]
    for path, status in zip(fronts, ALLOWED[who][1:], strict=True):
        assert [client.get(path + page).status_code for page in PAGES] == [status] * len(PAGES)
        if status != 200:
            assert client.post(path, {"save": 1, "story": [pinned["D"]]}).status_code == status
    assert list(Pin.objects.values()) == before


def test_a_front_that_is_not_shown_has_no_page(desk_client, network_editor):
    bureau = make_bureau("bima", is_open=False)

    assert desk_client(network_editor).get(url(bureau)).status_code == 404
    assert desk_client(network_editor).get("/articles/pin/999/").status_code == 404


def test_no_stock_page_edits_a_pin_by_itself(desk_client, network_editor, pinned):
    client = desk_client(network_editor)
    pin = Pin.objects.first().pk

    for path in ("add/", f"{pin}/change/", f"{pin}/delete/", f"{pin}/history/"):
        assert client.get(f"/articles/pin/{path}").status_code == 404


def test_an_editor_of_one_front_comes_straight_to_it(desk_client, editor, cilacap):
    assert desk_client(editor).get("/articles/pin/")["Location"] == url(cilacap)


def test_an_order_from_a_session_that_ended_is_shown_again_and_not_saved(pinned, cilacap, editor):
    client = Client(headers={"host": "desk.bentara.test"}, enforce_csrf_checks=True)
    own = {"headers": {"origin": "http://desk.bentara.test"}}
    data = {"version": "x", "story": [pinned["A"], pinned["B"]], f"{pinned['A']}-until": "3d"}

    ended = client.post(url(cilacap), data | {"save": 1}, **own)
    assert ended.status_code == 403
    assert sorted(ended.context["fields"]) == sorted(
        [
            (name, str(each))
            for name, value in data.items()
            for each in (value if isinstance(value, list) else [value])
        ]
    )

    client.force_login(editor)
    again = client.post(url(cilacap), data, **own)
    assert again.status_code == 403
    assert shown(again) == ["A", "B"]
    assert "you have logged in again" in text_of(again)
    assert saved(cilacap) == ["B", "C", "A"]


def test_the_page_costs_the_same_with_one_pin_and_with_eight(
    desk_client, editor, live, cilacap, django_assert_max_num_queries
):
    client = desk_client(editor)
    until = timezone.now() + timedelta(hours=1)
    stories = [live(f"Berita {name}") for name in "ABCDEFGH"]
    client.get(url(cilacap))
    for count in (1, 8):
        holds = [Hold(story, until) for story in stories[:count]]
        version = curation.version_of(curation.pins_of(cilacap))
        curation.arrange(cilacap, holds, by=editor, version=version)
        with django_assert_max_num_queries(14):
            client.get(url(cilacap))
