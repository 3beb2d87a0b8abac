"""No script of a story runs: the sanitiser holds without the policy, and the policy without it.

Every attack of tests/hostile.py calls ran(n). The browser is told what ran; things are also moved
over, clicked and focused, as a reader may do.

A ninth of the attacks is tried here, by the story's own form; ``make soak`` tries all of them and
thousands made by chance, and those that were stored without the form.
"""

import time

import pytest
from django.db import connection
from django.test import Client

from articles import body, workflow
from articles.body import sanitise
from bureaus.models import Author
from tests.browser.conftest import LAPTOP
from tests.desk import form_data, save
from tests.factories import (
    approve_story,
    make_live,
    make_picture,
    make_story,
    publish_next,
    publish_story,
    rewrite,
)
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
BY_FORM = 100  # attacks sent with one form
SAMPLE = slice(0, None, 9)


def batches(attacks: list[str], size: int = EVERY) -> list[list[str]]:
    return [attacks[start : start + size] for start in range(0, len(attacks), size)]


class NoSanitiser:
    """What nh3 would be if it let everything through."""

    @staticmethod
    def clean(html: str) -> str:
        return html


@pytest.fixture
def newsroom_of_hostile_people(newsroom, correspondent, editor, cilacap):
    def visit(url: str, *, bypass_csp: bool, wait: int = 250, who: str = "ratih") -> list[int]:
        """The numbers of the attacks that ran on a page."""
        page = newsroom.sign_in(who, LAPTOP, bypass_csp=bypass_csp)
        page.add_init_script(RECORD)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.goto(url, wait_until="load")
        if "/article/" in url and "/change/" in url:
            page.locator(".cke_wysiwyg_frame, .reading").first.wait_for()
        page.wait_for_timeout(wait)
        page.evaluate(TOUCH)
        page.wait_for_timeout(wait)
        found = page.evaluate("() => window.found ?? []")
        newsroom.leave(page)
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


@pytest.mark.parametrize("each", [2, pytest.param(1, marks=pytest.mark.soak)])
def test_without_the_policy_rows_written_past_the_program_do_not_run_either(
    newsroom_of_hostile_people, correspondent, editor, cilacap, each
):
    newsroom = newsroom_of_hostile_people
    edition = publish_story(correspondent, editor, cilacap, headline="Pertama")
    with connection.cursor() as cursor:
        for attacks in batches(corpus()[SAMPLE][::each]):
            raw = RESET.join(attacks).replace("\0", "")
            cursor.execute("UPDATE articles_article SET body = %s", [f"<p>Awal.</p>{raw}"])
            url = newsroom.url("desk", f"/articles/article/{edition.article_id}/change/")
            assert newsroom.visit(url, bypass_csp=True) == [], attacks


@pytest.mark.soak
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
    attacks = corpus()[SAMPLE][::2]
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
    attacks = corpus()[: len(BY_HAND) : 6]
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


def sent_by_form(newsroom, batch, correspondent, editor, cilacap):
    """A reporter saves these attacks with the story's own form; an editor lets the story out.

    Every page on which the text or its words then stand is visited, by whoever sees it there.
    """
    client = Client(headers={"host": f"desk.{newsroom.domain}"})
    client.force_login(correspondent)
    story = make_story(correspondent, cilacap)
    raw = RESET.join(batch).replace("\0", "")
    words = [f'"{attack}'.replace("\0", "") for attack in batch]
    fields = {
        "body": f"<p>Awal.</p>{raw}",
        "headline": words[0][:150],
        "summary": words[1][:150],
        "kicker": words[2][:60],
        "dateline": words[3][:60],
        "tags": words[4][:50].replace(",", " "),
        "source": "citizen",
        "source_name": words[5][:90],
    }
    answer = client.post(f"/articles/article/{story.pk}/change/", form_data(story, **fields))
    assert answer.status_code == 302, answer.content.decode()
    story.refresh_from_db()
    assert story.version == 2
    desk = newsroom.url("desk", f"/articles/article/{story.pk}/change/")
    yield desk, "ratih"
    yield newsroom.url("desk", f"/articles/article/{story.pk}/preview/page/"), "ratih"
    approve_story(story, by=correspondent, editor=editor)
    yield newsroom.url("desk", f"/articles/article/{story.pk}/verb/publish/"), "wening"
    edition = workflow.publish(story, by=editor)
    for url in pages_of(newsroom, edition):
        yield url, "ratih"
    yield newsroom.url("cilacap"), "ratih"
    yield newsroom.url("desk", f"/articles/pin/{cilacap.pk}/preview/page/"), "wening"
    rewrite(story, by=correspondent, kicker="Lagi")
    yield newsroom.url("desk", f"/articles/article/{story.pk}/compare/?from=1&to=3"), "ratih"
    workflow.submit(story, by=correspondent)
    yield desk, "ratih"  # with the desk: to be read alone


def form_holds(newsroom, attacks, correspondent, editor, cilacap):
    # Attacks put the first picture into their texts.
    make_picture(cilacap, pk=1)
    for batch in batches(attacks, BY_FORM):
        # What nothing closes comes last.
        batch.sort(key=lambda attack: "<plaintext" in attack)
        for url, who in sent_by_form(newsroom, batch, correspondent, editor, cilacap):
            assert newsroom.visit(url, bypass_csp=True, who=who) == [], (url, batch)


def test_without_the_policy_what_a_reporter_sends_by_the_form_does_not_run(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    attacks = corpus()
    assert len(attacks) >= 300
    form_holds(newsroom_of_hostile_people, attacks[SAMPLE], correspondent, editor, cilacap)


def test_without_the_policy_words_sent_with_a_picture_and_a_person_do_not_run(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    newsroom = newsroom_of_hostile_people
    host = {"host": f"desk.{newsroom.domain}"}
    evil = [f'"{attack}'.replace("\0", "")[:95] for attack in corpus()[SAMPLE]]
    picture = make_picture(
        cilacap, uploaded_by=correspondent, source="agency", licence="contract", owner="Kantor"
    )
    client = Client(headers=host)
    client.force_login(correspondent)
    words = dict(zip(("alt_text", "caption", "credit"), evil, strict=False))
    answer = client.post(f"/articles/picture/{picture.pk}/words/", words)
    assert answer.status_code == 200, answer.content
    author = correspondent.author
    client.force_login(editor)
    url = f"/bureaus/author/{author.pk}/change/"
    person = {"name": evil[4], "slug": author.slug, "kind": author.kind, "bureau": cilacap.pk}
    person |= {
        "position": evil[6][:60],
        "place": evil[7][:60],
        "biography": evil[8],
        "is_active": "on",
    }
    answer = save(client, url, person)
    assert answer.status_code == 302, answer.content.decode()
    caption = evil[5].replace('"', "&quot;")
    html = (
        f'<figure data-object="picture" data-id="{picture.pk}" data-caption="{caption}"></figure>'
    )
    edition = publish_story(
        correspondent, editor, cilacap, picture=picture, body=f"<p>Awal.</p>{html}", slug="serangan"
    )
    library = "/articles/picture/"
    article, _changes, story, _stories = pages_of(newsroom, edition)
    pages = [
        article,
        story,
        *(newsroom.url("desk", path) for path in (library, f"{library}choose/")),
        newsroom.url("desk", f"{library}{picture.pk}/change/"),
        newsroom.url("cilacap", f"/penulis/{author.slug}"),
    ]
    for address in pages:
        assert newsroom.visit(address, bypass_csp=True) == [], address
    people = newsroom.url("desk", url)
    assert newsroom.visit(people, bypass_csp=True, who="wening") == []


@pytest.mark.soak
def test_without_the_policy_nothing_of_the_whole_corpus_runs_by_the_form(
    newsroom_of_hostile_people, correspondent, editor, cilacap
):
    form_holds(newsroom_of_hostile_people, corpus(600, seed=5), correspondent, editor, cilacap)
