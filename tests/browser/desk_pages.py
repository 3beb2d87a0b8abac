"""Every page of the desk, what no address opens by itself included, for browser tests."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page

from articles.verbs import VERBS
from bureaus.models import User
from bureaus.sign_in import invitations, links
from tests.articles.permission_desk import Desk, form_data
from tests.articles.permission_table import TABLE, Cell
from tests.articles.test_workflow_table import EXPECTED, bring_to
from tests.factories import make_user

# Who sees most of a page first: the fast test looks at each page with the first who may open it.
ORDER = ("editor", "network", "writer", "administrator", "manager", "photo", "colleague", "nobody")
# Who is only there for pages of signing in.
MORE = ("beginner", "arriving", "keyholder", "returning")
VERB_PAGE = "articles/article/<int:article_id>/verb/<slug:verb>/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Pages of a story in a state, and of a verb in the state in which it can be done.
LEADING_TO = {
    verb: next(
        (
            (state, person)
            for state, row in EXPECTED.items()
            for person in ("holder", "writer", "network", "second")
            if verb in row.get(person, "").split()
        ),
        ("live", "holder"),
    )
    for verb in VERBS
}
PERSON = {"holder": "editor", "writer": "writer", "network": "network", "second": "editor"}


@dataclass(frozen=True)
class View:
    """A page: what to call it, who looks at it, and what opens it in that person's browser."""

    name: str
    person: str
    path: str
    html: str | None = None  # drawn beforehand, for what only a form that was sent leads to
    template: str = ""  # of an address's own page


class Newsdesk:
    """The cast and the things of the permission matrix, with stories in every state beside them."""

    def __init__(self):
        self.desk = Desk(host=f"desk.{settings.DOMAIN}")
        self.desk.furnish()
        staff, bureau = self.desk.staff["own"], self.desk.bureaus["own"]
        self.stories = {state: bring_to(state, staff, bureau) for state in EXPECTED}

    def client(self, person: str) -> Client:
        return self.desk.clients[person]

    def all(self, *, of_everybody: bool = True) -> Iterator[View]:
        """Every page; else than ``of_everybody``, an address as only the first in ORDER sees it."""
        yield from self.of_addresses(of_everybody=of_everybody)
        yield from self.of_stories()
        yield from self.of_keys()
        yield from self.after_sending()

    def of_addresses(self, *, of_everybody: bool) -> Iterator[View]:
        for route in TABLE:
            if "<slug:verb>" in route or route == "<url>":
                continue
            for person in ORDER:
                cell = Cell(route, "GET", person, "own")
                if not of_everybody and cell.expected != "yes" and person != "nobody":
                    continue
                path = self.desk.path(cell)
                answer = self._opened(person, path)
                if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                    template = answer.templates[0].name if answer.templates else ""
                    yield View(route, person, path, template=template)
                    if not of_everybody:
                        break

    def _opened(self, person: str, path: str):
        cookies = self.client(person).cookies.copy()
        answer = self.client(person).get(path)
        self.client(person).cookies = cookies
        answer.close()
        return answer

    def of_stories(self) -> Iterator[View]:
        for state, story in self.stories.items():
            if state == "discarded":
                continue
            for person in ("editor", "writer", "network"):
                yield View(f"story, {state}", person, f"/articles/article/{story.pk}/change/")
        for verb, (state, person) in LEADING_TO.items():
            path = f"/articles/article/{self.stories[state].pk}/verb/{verb}/"
            yield View(f"{VERB_PAGE} {verb}", PERSON[person], path)
        days = "changed_from=2026-05-02&changed_until=2026-05-01"
        for query in ("tab=all", "tab=published", "tab=spiked", "q=muara", "q=tidak+ada+ini", days):
            yield View(f"stories, {query}", "editor", f"/articles/article/?{query}")

        draft, key = self.desk.things["own"]["articles/article"], self.desk.keys["own"]
        path = f"/articles/article/{draft.pk}/preview/?text={key}"
        yield View("preview of what was typed", "writer", path)

    def of_keys(self) -> Iterator[View]:
        """Pages for whoever has just signed in, has a second factor, or is to show it."""
        bureau = self.desk.bureaus["own"]
        route = "profile/security/"
        self._come("beginner", make_user("beginner", ("bureau_editor", bureau)))
        for name in ("app/", "passkeys/add/"):
            yield View(route + name, "beginner", f"/{route}{name}")
        holder = make_user("keyholder", ("bureau_editor", bureau))
        TOTP.activate(holder, SECRET)
        RecoveryCodes.activate(holder)
        passkey = Authenticator.objects.create(
            user=holder, type="webauthn", data={"name": "Ponsel", "credential": {}}
        )
        self._come("arriving", holder)
        yield View("login/step/", "arriving", "/login/step/")
        client = self._come("keyholder", holder)
        code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
        client.post("/login/step/", {"code": code})
        for name in ("", "app/remove/", "codes/", "codes/new/"):
            yield View(route + name, "keyholder", f"/{route}{name}")
        for name in ("", "remove/"):
            path = f"{route}passkeys/{passkey.pk}/{name}"
            yield View(f"{route}passkeys/<int:pk>/{name}", "keyholder", f"/{path}")
        self.desk.clients["returning"] = returning = Client(headers={"host": self.desk.host})
        returning.force_login(holder)
        for name in ("again/code/", "again/passkey/"):
            yield View(name, "returning", f"/{name}")

    def _come(self, name: str, user: User) -> Client:
        client = Client(headers={"host": self.desk.host})
        client.post("/login/", {"username": user.username, "password": "a long password"})
        self.desk.clients[name] = client
        return client

    def after_sending(self) -> Iterator[View]:
        """What stands on a page only after something was sent or has gone wrong."""
        draft = self.stories["draft"]
        change = f"/articles/article/{draft.pk}/change/"
        ask = partial(self._drawn, "editor")
        yield ask("story with mistakes", change, form_data(draft, slug="Bukan alamat!", section=""))
        yield ask("story saved meanwhile", change, form_data(draft, version=draft.version + 7))
        chosen = [f"{self.stories[state].pk}.0" for state in ("live", "in_review", "spiked")]
        bulk = {"verb": "spike", "story": chosen, "back": ""}
        yield ask("bulk, asking", "/articles/article/bulk/", bulk)
        yield ask("bulk, refused", "/articles/article/bulk/", bulk | {"reason": "Sebab."})
        verb = f"/articles/article/{self.stories['in_review'].pk}/verb/send_back/"
        yield ask("verb with mistakes", verb, {"reason": ""})
        yield self._drawn("administrator", "person with mistakes", "/bureaus/user/add/", {})
        yield self._drawn("administrator", "bureau with mistakes", "/bureaus/bureau/add/", {})
        yield self._drawn("writer", "picture with mistakes", "/articles/picture/add/", {})
        picture = self.desk.things["own"]["articles/picture"].pk
        rights = "/articles/picture/rights/"
        yield ask("rights with mistakes", rights, {"picture": picture, "usable_until": "x"})
        yield ask("rights, refused", rights, {"picture": picture, "credit": "Danu"})
        yield self._drawn("writer", "password with mistakes", "/password_change/", {})
        yield self._drawn("nobody", "signing in with mistakes", "/login/", {"username": "x"})
        yield ask("not found", "/no-such-page/")
        yield ask("not allowed", "/bureaus/user/")
        yield ask("bad request", "/articles/article/?e=1&p=x%00")
        strict = Client(headers={"host": f"desk.{settings.DOMAIN}"}, enforce_csrf_checks=True)
        yield View("bad token", "nobody", "/login/", self._html(strict.post("/logout/")))
        yield View("unsent", "nobody", "/login/", self._html(strict.post(change, form_data(draft))))
        invited = make_user("diundang", ("reporter", self.desk.bureaus["own"]))
        invited.set_unusable_password()
        invited.save()
        invitations.invite(invited)
        base = f"http://desk.{settings.DOMAIN}"
        for name, link in (
            ("invitation", links.invitation_url(invited)),
            ("new password", links.password_reset_url(self.desk.people["colleague"])),
        ):
            yield View(name, "nobody", link.removeprefix(base))
        for _time in range(40):
            answer = self.client("nobody").post("/login/password/", {"email": "x@example.org"})
            if answer.status_code == 429:
                yield View("too many", "nobody", "/login/", self._html(answer))
                break
        cache.clear()

    def _drawn(self, person: str, name: str, path: str, data: dict | None = None) -> View:
        client = self.client(person)
        answer = client.get(path) if data is None else client.post(path, data)
        while answer.status_code == 302:
            path = answer["Location"]
            answer = client.get(path)
        return View(name, person, path, self._html(answer))

    @staticmethod
    def _html(answer) -> str:
        return answer.getvalue().decode()


def show(page: Page, view: View, base: str) -> None:
    """Open the page; one drawn beforehand stands at its address, with all that it asks for."""
    if view.html is not None:
        page.route(
            base + view.path,
            lambda route: route.fulfill(body=view.html, content_type="text/html; charset=utf-8"),
            times=1,
        )
    page.goto(base + view.path)
    if page.locator(".django-ckeditor-widget").count():
        page.locator(".cke_wysiwyg_frame").first.wait_for()
    page.evaluate("document.fonts.ready")


def first_who_open(views: list[View]) -> list[View]:
    """Each page once."""
    chosen: dict[str, View] = {}
    for view in views:
        chosen.setdefault(view.name, view)
    return list(chosen.values())
