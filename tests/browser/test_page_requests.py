"""What a phone asks for to show a page, counted by a real browser."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import ARGUMENTS, CHROMIUM, PHONE
from tests.browser.profiles import Profiles
from tests.factories import make_live, make_picture, publish_correction, publish_story

MOST = 6


@pytest.fixture(scope="module")
def windows(chromium):
    """A browser with windows: it shows the site's icon, and so asks for it."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def newsroom(newsroom, windows):
    newsroom.profiles = Profiles(windows)
    return newsroom


@pytest.fixture
def addresses(newsroom, cilacap, correspondent, editor):
    """Of a story without a picture and of one with a picture, a correction and related stories."""
    for number in range(8):
        make_live(correspondent, cilacap, headline=f"Kabar {number}", picture=make_picture(cilacap))
    plain = make_live(correspondent, cilacap, picture=None)
    full = publish_correction(
        publish_story(correspondent, editor, cilacap, picture=make_picture(cilacap))
    )
    return {name: e.address.get_absolute_url() for name, e in (("plain", plain), ("full", full))}


def asked_for(newsroom, url: str, **more) -> list[str]:
    """Every request of a page that is read from its beginning to its end."""
    page = newsroom.open(PHONE, **more)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    if more.get("java_script_enabled", True):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
    page.context.close()
    return asked


def kinds(asked: list[str]) -> list[str]:
    return sorted(urlsplit(url).path.rpartition(".")[2] for url in asked[1:])


def test_a_story_is_a_handful_of_requests(newsroom, addresses):
    plain = asked_for(newsroom, addresses["plain"])
    full = asked_for(newsroom, addresses["full"])
    assert kinds(plain) == ["css", "js", "svg"]
    assert kinds(full) == ["avif", "css", "js", "svg"]
    assert max(len(plain), len(full)) <= MOST


def test_a_story_without_scripts_asks_for_none_and_lacks_nothing(newsroom, addresses):
    asked = asked_for(newsroom, addresses["full"], java_script_enabled=False)
    assert kinds(asked) == ["avif", "css", "svg"]


def test_nobody_but_the_newsroom_learns_who_reads(newsroom, addresses):
    for url in (newsroom.url(), newsroom.url("cilacap"), *addresses.values()):
        hosts = {urlsplit(asked).netloc for asked in asked_for(newsroom, url)}
        assert hosts == {urlsplit(url).netloc}
