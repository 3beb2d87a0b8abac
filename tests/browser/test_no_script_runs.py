"""No script of a story runs: the sanitiser holds without the policy, and the policy without it.

Every attack of tests/hostile.py calls ran(n). The browser is told what ran; things are also moved
over, clicked and focused, as a reader may do.
"""

import time

import pytest
from django.db import connection

from articles import body
from articles.body import sanitise
from bureaus.models import Author
from tests.browser.conftest import LAPTOP
from tests.factories import make_live, make_picture, publish_next, publish_story, rewrite
from tests.hostile import BY_HAND, corpus

RECORD = """
    window.ran = (n) => {
        let found;
        try { found = (top.found ??= []); } catch { found = (window.found ??= []); }
        found.push(n ?? -1);
    };
    window.alert = window.ran;
"""
TOUCH = """() => {
    const touch = (root) => {
        root.addEventListener?.("click", (event) => {
            const url = event.target.closest?.("a, area")?.getAttribute("href") ?? "";
            if (!/script/i.test(url)) event.preventDefault();
        }, true);
        root.addEventListener?.("submit", (event) => event.preventDefault(), true);
        for (const each of root.querySelectorAll("main *, .cke_editable *, .cke_editable")) {
            for (const name of ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "keydown",
                                "contextmenu", "input", "scroll", "click"]) {
                each.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
            }
        }
    };
    touch(document);
    for (const frame of document.querySelectorAll("iframe.cke_wysiwyg_frame")) touch(frame.contentDocument);
}"""  # fmt: skip  # noqa: E501
# Out of whatever the attack before has left open.
RESET = (
    "--></style></script></textarea></title></noscript></template></select></xmp></iframe>"
    "</noembed></noframes></svg></math></table>\"'></p>"
)
EVERY = 20  # attacks to a page while nothing takes them apart
SAMPLE = slice(0, None, 9)


def batches(attacks: list[str]) -> list[list[str]]:
    return [attacks[start : start + EVERY] for start in range(0, len(attacks), EVERY)]


class NoSanitiser:
    """What nh3 would be if it let everything through."""

    @staticmethod
    def clean(html: str) -> str:
        return html


@pytest.fixture
def newsroom_of_hostile_people(newsroom, correspondent, editor, cilacap):
    def visit(url: str, *, bypass_csp: bool, wait: int = 250) -> list[int]:
        """The numbers of the attacks that ran on a page."""
        page = newsroom.sign_in("ratih", LAPTOP, bypass_csp=bypass_csp)
        page.add_init_script(RECORD)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.goto(url, wait_until="load")
        if "/change/" in url:
            page.locator(".cke_wysiwyg_frame, .reading").first.wait_for()
        page.wait_for_timeout(wait)
        page.evaluate(TOUCH)
        page.wait_for_timeout(wait)
        found = page.evaluate("() => window.found ?? []")
        page.context.close()
        return found

    newsroom.visit = visit
    yield newsroom
    # What a page that was closed had asked is answered before the tables are emptied.
    time.sleep(1)
    # Pictures that an attack names are not there.
    newsroom.missing.clear()


def pages_of(newsroom, edition) -> list[str]:
    """The article, what was changed in it, and the desk's own page of the story."""
    return [
        newsroom.url("cilacap", edition.address.path),
        newsroom.url("cilacap", f"{edition.address.path}/perubahan"),
        newsroom.url("desk", f"/articles/article/{edition.article_id}/change/"),
        newsroom.url("desk", "/articles/article/"),
    ]


def sanitiser_holds(newsroom, attacks, correspondent, editor, cilacap):
    """By the form's own way in: each is sanitised alone, then all stand in one story."""
    first = publish_story(correspondent, editor, cilacap, headline="Pertama")
    whole = "<p>Awal.</p>" + "\n".join(map(sanitise, attacks))
    # One look at the whole of it must not put together what stood apart.
    assert sanitise(whole) == sanitise(sanitise(whole))
    edition = publish_next(first.article, by=correspondent, editor=editor, body=whole)
    rewrite(edition.article, by=correspondent, kicker="Ketiga")
    for url in pages_of(newsroom, edition):
        assert newsroom.visit(url, bypass_csp=True) == [], url


def test_without_the_policy_the_sanitiser_holds(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    attacks = corpus()
    assert len(attacks) >= 300
    sanitiser_holds(newsroom_of_hostile_people, attacks[SAMPLE], correspondent, editor, cilacap)


def test_without_the_policy_rows_written_past_the_program_do_not_run_either(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    newsroom = newsroom_of_hostile_people
    edition = publish_story(correspondent, editor, cilacap, headline="Pertama")
    with connection.cursor() as cursor:
        for attacks in batches(corpus()[SAMPLE]):
            raw = RESET.join(attacks).replace("\0", "")
            cursor.execute("UPDATE articles_article SET body = %s", [f"<p>Awal.</p>{raw}"])
            url = newsroom.url("desk", f"/articles/article/{edition.article_id}/change/")
            assert newsroom.visit(url, bypass_csp=True) == [], attacks


def test_fields_that_are_no_html_stay_words(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    newsroom = newsroom_of_hostile_people
    attacks = corpus()
    evil = [f'"{attack}'.replace("\0", "")[:90] for attack in attacks[:40]]
    Author.objects.update(name=evil[0])
    picture = make_picture(cilacap, caption=evil[1], credit=evil[2], alt_text=evil[3])
    html = f'<p>a</p><figure data-object="picture" data-id="{picture.pk}"></figure>'
    edition = publish_story(
        correspondent,
        editor,
        cilacap,
        headline=evil[4],
        summary=evil[5],
        kicker=evil[6][:60],
        dateline=evil[7][:60],
        tags=[evil[8][:50].replace(",", " ")],
        source="citizen",
        source_name=evil[9],
        picture=picture,
        body=html,
        slug="serangan",
    )
    for url in [*pages_of(newsroom, edition), newsroom.url("desk", "/articles/picture/")]:
        assert newsroom.visit(url, bypass_csp=True) == [], url


def hostile_edition(monkeypatch, attacks, correspondent, cilacap):
    """A story that is out with these attacks in it, as if there were no sanitiser."""
    monkeypatch.setattr(body, "CLEANER", NoSanitiser)
    monkeypatch.setattr(body, "EDITOR", {**body.EDITOR, "allowedContent": True})
    raw = "<p>Awal.</p>" + "".join(f"{attack}{RESET}" for attack in attacks)
    return make_live(correspondent, cilacap, headline="Pertama", body=raw.replace("\0", ""))


def policy_holds(newsroom, monkeypatch, attacks, correspondent, cilacap):
    for batch in batches(attacks):
        edition = hostile_edition(monkeypatch, batch, correspondent, cilacap)
        for url in (pages_of(newsroom, edition)[0], pages_of(newsroom, edition)[2]):
            assert newsroom.visit(url, bypass_csp=False, wait=150) == [], (url, batch)


def test_without_the_sanitiser_the_policy_holds(
    newsroom_of_hostile_people, monkeypatch, correspondent, cilacap
):
    attacks = corpus()[SAMPLE]
    policy_holds(newsroom_of_hostile_people, monkeypatch, attacks, correspondent, cilacap)


def attacks_run(newsroom, monkeypatch, attacks, correspondent, cilacap):
    ran: set[int] = set()
    for batch in batches(attacks):
        edition = hostile_edition(monkeypatch, batch, correspondent, cilacap)
        ran |= set(newsroom.visit(pages_of(newsroom, edition)[0], bypass_csp=True))
    assert len(ran) > len(attacks) / 3


def test_without_both_the_same_attacks_run(
    newsroom_of_hostile_people, monkeypatch, correspondent, cilacap
):
    """Else the tests above would show nothing."""
    attacks = corpus()[: len(BY_HAND) : 3]
    attacks_run(newsroom_of_hostile_people, monkeypatch, attacks, correspondent, cilacap)


@pytest.mark.soak
def test_without_the_policy_the_sanitiser_holds_against_all(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    sanitiser_holds(newsroom_of_hostile_people, corpus(), correspondent, editor, cilacap)


@pytest.mark.soak
def test_without_both_all_attacks_by_hand_run(
    newsroom_of_hostile_people, monkeypatch, correspondent, cilacap
):
    attacks = corpus()[: len(BY_HAND)]
    attacks_run(newsroom_of_hostile_people, monkeypatch, attacks, correspondent, cilacap)


@pytest.mark.soak
def test_without_the_policy_thousands_of_attacks_by_chance_do_not_run(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    newsroom = newsroom_of_hostile_people
    for seed in range(2, 12):
        whole = "<p>Awal.</p>" + "\n".join(map(sanitise, corpus(500, seed)))
        edition = make_live(correspondent, cilacap, headline=f"Nomor {seed}", body=whole)
        for url in pages_of(newsroom, edition):
            assert newsroom.visit(url, bypass_csp=True, wait=1000) == [], (seed, url)


@pytest.mark.soak
def test_without_the_sanitiser_the_policy_holds_against_all(
    newsroom_of_hostile_people, monkeypatch, correspondent, cilacap
):
    attacks = corpus(600, seed=3)
    policy_holds(newsroom_of_hostile_people, monkeypatch, attacks, correspondent, cilacap)
