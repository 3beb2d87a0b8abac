"""Nobody is kept from working: axe-core finds nothing on any page of the desk, day or night.

One page of each template is looked at here; ``make soak`` looks at every page as everybody who
may open it, by day and by night, on a phone and on a laptop.
"""

import pytest
from django.conf import settings as project

from tests.articles.permission_table import REFUSED, SHORT, TABLE
from tests.audit.access import violations
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.desk_pages import MORE, ORDER, Newsdesk, View, first_who_open, show
from tests.browser.test_desk import is_blocked

# Addresses that show nothing of their own: files, answers to scripts, those that lead elsewhere.
NO_PAGES = {
    "media/<path:name>", "robots.txt", "login/passkey/", "login/closed/", "second-factor/",
    "password_change/set/", "profile/security/passkeys/", "autocomplete/", "jsi18n/",
    "bureaus/bureau/icon.svg", "bureaus/network/", "<app_label>/", "<url>",
    "articles/article/session/", "articles/article/unsaved/", "articles/article/autosave/",
    "articles/article/<int:article_id>/autosave/", "articles/article/<int:article_id>/unsaved/",
    "articles/article/<int:article_id>/leave/",
    "articles/article/unsaved/<uuid:key>/drop/", "articles/article/bulk/",
    "articles/article/<int:article_id>/take/<int:number>/",
    "articles/picture/<int:picture_id>/thumbnail/", "bureaus/user/<int:user_id>/invite/",
    "bureaus/user/<int:user_id>/return/", "healthz", "policy-reports/",
    "articles/article/<int:article_id>/card/", "articles/article/objects/",
    "articles/article/stories/", "articles/picture/choose/", "articles/picture/upload/",
    "bureaus/author/<int:author_id>/portrait/",
    "articles/picture/<int:picture_id>/words/", "articles/picture/<int:picture_id>/remove/",
    "articles/picture/<int:picture_id>/original/",
} | {route for route, row in TABLE.items() if row in (REFUSED, SHORT)}  # fmt: skip

# Of so many pages of one template, stories in some state, verbs and mistakes, the fast test looks
# at one.
EACH = 12


@pytest.fixture
def desk(newsroom):
    return Newsdesk()


def browser_of(newsroom, desk: Newsdesk, person: str, viewport):
    page = newsroom.open(viewport)
    cookie = desk.client(person).cookies.get(project.SESSION_COOKIE_NAME)
    if cookie:
        newsroom.carry(page, cookie.value)
    return page


def found_on(page, views: list[View], base: str, schemes: tuple[str, ...]) -> dict[str, list[str]]:
    found, faults = {}, []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: is_blocked(said) and faults.append(said.text))
    for view in views:
        page.emulate_media(color_scheme=schemes[0])
        faults.clear()
        show(page, view, base)
        lines = [*faults, *violations(page)]
        for scheme in schemes[1:]:
            page.emulate_media(color_scheme=scheme)
            lines += violations(page, only="color-contrast")  # nothing but colours differs
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > page.viewport_size["width"]:
            lines.append(f"{wide} px wide on {page.viewport_size['width']}")
        if lines:
            found[f"{view.name} ({view.person})"] = lines
    return found


def sample(views: list[View]) -> list[View]:
    """One page of each template that an address has, and a part of all others."""
    kinds: dict[str, View] = {}
    for view in views:
        if view.template:
            kinds.setdefault(view.template, view)
    first = list(kinds.values())
    return first + [view for view in views if view not in first][::EACH]


def test_axe_finds_nothing_on_any_kind_of_page(newsroom, desk):
    """Every second one on a phone by night, the others on a laptop by day."""
    views = [view for view in desk.all(of_everybody=False) if view.name not in NO_PAGES]
    known = {view.name.partition(" ")[0] for view in views}
    assert sorted(set(TABLE) - known - NO_PAGES) == []
    found = {}
    views = sample(first_who_open(views))
    for viewport, scheme, half in ((PHONE, "dark", views[::2]), (LAPTOP, "light", views[1::2])):
        for person in (*ORDER, *MORE):
            theirs = [view for view in half if view.person == person]
            page = browser_of(newsroom, desk, person, viewport)
            found |= found_on(page, theirs, newsroom.url("desk", ""), (scheme,))
            newsroom.leave(page)
    assert found == {}


@pytest.mark.soak
@pytest.mark.parametrize("person", [*ORDER, *MORE])
def test_axe_finds_nothing_on_any_page_of_anybody(newsroom, desk, person):
    views = [view for view in desk.all() if view.person == person and view.name not in NO_PAGES]
    found, looks = {}, 0
    for viewport in (PHONE, LAPTOP):
        page = browser_of(newsroom, desk, person, viewport)
        found |= found_on(page, views, newsroom.url("desk", ""), ("light", "dark"))
        looks += 2 * len(views)
        newsroom.leave(page)
    print(
        f"{person}: {len(views)} pages, {looks} looks, {sum(map(len, found.values()))} violations"
    )
    assert found == {}
