"""Whatever changes at the desk, no reader gets a page from memory that was true before it.

Pages of readers are kept in memory, something is changed through the desk, and then each of them
must be what Django renders now. Side lists, which may age for a minute, are left out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import timezone

from articles import cards
from articles.models import Article, Edition, Page, Section, Tag
from bureaus.hosts import URLCONFS
from bureaus.models import Bureau, Network, UsedHost, User
from tests.articles.permission_desk import values_of
from tests.desk import verb_url
from tests.factories import (
    approve_story,
    make_author,
    make_bureau,
    make_picture,
    make_section,
    make_story,
    publish_correction,
    publish_story,
    rewrite,
)
from tests.web import Answer, Web

pytestmark = pytest.mark.django_db(transaction=True)
NETWORK, CILACAP, MAKASSAR = "bentara.test", "cilacap.bentara.test", "makassar.bentara.test"
MOVED, CLOSED = "cilacap-lama.bentara.test", "tutup.bentara.test"
# What readers' hosts have that no change at the desk can touch, or that is no page.
UNKEPT = {"media"}
EACH = 24  # of so many pages, one is asked after a change besides those on which it is seen

Place = tuple[str, str]  # a host and a path


@dataclass
class World:
    web: Web
    sign_in: Callable[[User | None], Client]
    people: dict[str, User]
    bureaus: dict[str, Bureau]
    live: Edition
    other: Edition
    waiting: Article
    draft: Article
    card: str

    def desk(self, who: str) -> Client:
        return self.sign_in(self.people[who])

    def change(self, who: str, url: str, **more) -> None:
        """Fill in a form of the desk and save it."""
        client = self.desk(who)
        data = values_of(client.get(url)) | more
        response = client.post(url, {name: value for name, value in data.items() if value != ""})
        assert response.status_code == 302, response.context["adminform"].form.errors

    def press(self, who: str, url: str, **data) -> None:
        assert self.desk(who).post(url, data).status_code == 302

    def verb(self, who: str, verb: str, story: Article, **data) -> None:
        version = Article.objects.get(pk=story.pk).version
        self.press(who, verb_url(story, verb), version=version, **data)

    def approved(self, story: Article, **fields) -> None:
        """Other words for a live story, approved for its next edition."""
        rewrite(story, by=self.people["reporter"], **fields)
        approve_story(story, by=self.people["reporter"], editor=self.people["editor"])

    def urls(self) -> Iterator[Place]:
        live, other = self.live.address.path, self.other.address.path
        author = self.people["reporter"].author.slug
        lists = [
            "/", "/terkini", "/rubrik/hukum", "/rubrik/olahraga", "/topik/nelayan",
            f"/penulis/{author}", "/indeks", f"/indeks/{timezone.localdate():%Y/%m/%d}", "/koreksi",
            "/redaksi", "/pedoman", "/tentang", "/kontak", "/privasi",
        ]  # fmt: skip
        files = [
            "/favicon.ico", "/icon.svg", "/icon-192.png", "/icon-maskable.png", "/robots.txt",
            "/manifest.webmanifest", "/rss", "/sitemap.xml", "/sitemap-pages.xml",
        ]  # fmt: skip
        for path in [*lists, *files, "/biro", "/en/", "/teks/", f"/dari/cilacap{live}"]:
            yield NETWORK, path
        yield NETWORK, f"/dari/cilacap{live}/perubahan"
        yield NETWORK, self.card
        month = f"{timezone.now():%Y-%m}"
        yield NETWORK, f"/sitemap-tutup-{month}.xml"
        yield CILACAP, f"/sitemap-{month}.xml"
        yield CILACAP, "/sitemap-news.xml"
        for path in [*lists, *files, "/en/", "/teks/rubrik/hukum", live, other, f"/en{live}"]:
            yield CILACAP, path
        yield CILACAP, f"{live}/perubahan"
        yield CILACAP, self.card
        yield CILACAP, f"/dari/cilacap{live}"
        for path in ["/", "/terkini", "/rubrik/hukum", "/koreksi", "/redaksi", "/topik/nelayan"]:
            yield MAKASSAR, path
        yield MAKASSAR, f"/dari/cilacap{live}"
        yield MAKASSAR, f"/dari/cilacap{other}"
        yield MOVED, live
        yield CLOSED, "/"

    def read(self, pages: Iterable[Place]) -> dict[Place, Answer]:
        return {(host, path): self.web.get(path, host) for host, path in pages}

    def now(self, pages: Iterable[Place]) -> dict[Place, Answer]:
        return {(host, path): self.web.get_anew(path, host) for host, path in pages}


@pytest.fixture
def world(settings, monkeypatch, cilacap, makassar, correspondent, editor,
          network_editor, photo_editor, administrator, desk_client):  # fmt: skip
    monkeypatch.setattr("articles.reader_page.side_list", lambda *_: [])
    monkeypatch.setattr("articles.views.story.side_list", lambda *_: [])
    monkeypatch.setattr("articles.views.lists.side_list", lambda *_: [])
    monkeypatch.setattr("articles.related.choose", lambda *_: [])
    # Nothing goes by itself while the test takes its time.
    monkeypatch.setattr("articles.reader_page.SIDE_LIST", timedelta(hours=1))
    monkeypatch.setattr("articles.fronts.from_elsewhere", lambda *_: [])
    Network.objects.update(
        name="Bentara", publisher="PT Bentara", address="Jalan Perintis 18", email="a@bentara.test",
        person_responsible="Retno",
    )  # fmt: skip
    make_section("olahraga", "Olahraga")
    for kind in ("guidelines", "about", "privacy"):
        Page.objects.create(kind=kind, body=f"<p>Teks {kind}.</p>")
    closed = make_bureau("tutup", name="Tutup")
    closed.is_open = False
    closed.save()
    UsedHost.objects.create(bureau=cilacap, host="cilacap-lama")
    make_author("Retno Wijayanti", user=network_editor)
    live = publish_story(
        correspondent, editor, cilacap, picture=make_picture(cilacap, is_for_all=True)
    )
    other = publish_story(correspondent, editor, cilacap)
    publish_correction(other)
    waiting = make_story(correspondent, cilacap, tags=["nelayan", "banjir"])
    approve_story(waiting, by=correspondent, editor=editor)
    draft = make_story(correspondent, cilacap)
    people = {
        "reporter": correspondent, "editor": editor, "network editor": network_editor,
        "photo editor": photo_editor, "admin": administrator,
    }  # fmt: skip
    with Web() as web:
        bureaus = {"cilacap": cilacap, "makassar": makassar, "tutup": closed}
        card = urlsplit(cards.card_of(live).url).path
        yield World(web, desk_client, people, bureaus, live, other, waiting, draft, card)


# Each change, in this order in one newsroom, with pages that it must be seen on. "live" stands for
# the story's page.

Change = tuple[str, Callable[[World], object], list[Place]]


def _number(row) -> str:
    return f"/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def _pin(world: World, url: str, *stories: int) -> None:
    page = world.desk("network editor").get(url)
    data = {"save": "1", "version": page.context["arrangement"].version, "story": stories}
    world.press("network editor", url, **data, **{f"{pk}-until": "1d" for pk in stories})


def _correct(world: World) -> None:
    world.approved(world.live.article, headline="Yang benar 408 kapal")
    world.verb("editor", "correct", world.live.article, notice="Semula tertulis 480 kapal.")


def _give_role(world: World) -> None:
    person = world.people["reporter"]
    count = person.memberships.count()
    row = {"id": "", "role": "network_editor", "bureau": ""}
    more = {f"memberships-{count}-{name}": value for name, value in row.items()}
    url = _number(person)
    client = world.desk("admin")
    data = values_of(client.get(url)) | more | {"memberships-TOTAL_FORMS": count + 1}
    assert client.post(url, data).status_code == 302


def _take_role(world: World) -> None:
    person = world.people["reporter"]
    url = _number(person)
    client = world.desk("admin")
    data = values_of(client.get(url))
    data["memberships-TOTAL_FORMS"] = data["memberships-INITIAL_FORMS"]
    number = next(
        name.removesuffix("-role") for name, value in data.items() if value == "network_editor"
    )
    assert client.post(url, data | {f"{number}-DELETE": "on"}).status_code == 302


def _schedule(world: World) -> None:
    at = timezone.localtime() + timedelta(days=1)
    world.approved(world.draft, headline="Besok")
    told = {"at_date": f"{at:%Y-%m-%d}", "at_time": "10:15"}
    world.verb("editor", "schedule", world.draft, **told)


def _backdate(world: World) -> None:
    told = {"printed_at_date": "2024-05-22", "printed_at_time": "10:15", "reason": "Arsip."}
    world.verb("network editor", "backdate", world.waiting, **told)


def _retract(world: World) -> None:
    told = {"ground": "factual", "reason": "Angkanya keliru."}
    world.verb("editor", "retract", world.other.article, **told)
    world.verb("network editor", "confirm_retraction", world.other.article)


def _profile(world: World) -> None:
    data = {"first_name": "Ratih", "last_name": "Purwandari", "language": "id"}
    world.press("reporter", "/profile/", **data, biography="Meliput laut sejak 2009.")


def _page(kind: str, bureau: str = "") -> Callable[[World], str]:
    def url(world: World) -> str:
        found = Page.objects.get(kind=kind, bureau=world.bureaus.get(bureau))
        return f"/articles/page/{found.pk}/"

    return url


def _bureau(name: str) -> Callable[[World], str]:
    return lambda world: _number(world.bureaus[name])


LIVE = ("live", "")
CHANGES: list[Change] = [
    ("publish", lambda w: w.verb("editor", "publish", w.waiting),
     [(NETWORK, "/"), (CILACAP, "/"), (CILACAP, "/terkini"), (NETWORK, "/rubrik/hukum"),
      (MAKASSAR, "/topik/nelayan"), (NETWORK, "/biro"), (CILACAP, "/indeks")]),
    ("backdate", _backdate, [(CILACAP, "/indeks"), (NETWORK, "/terkini")]),
    ("schedule", _schedule, []),
    ("unschedule", lambda w: w.verb("editor", "unschedule", w.draft), []),
    ("place", lambda w: w.verb("network editor", "place", w.live.article,
                               bureau=w.bureaus["makassar"].pk, local_headline="Juga di sini"),
     [(MAKASSAR, "/"), (MAKASSAR, "/rubrik/hukum"), (MAKASSAR, "dari live")]),
    ("correct", _correct,
     [LIVE, (CILACAP, "/koreksi"), (NETWORK, "/koreksi"), (MAKASSAR, "/koreksi"),
      (MAKASSAR, "dari live"), (NETWORK, "/")]),
    ("pin on the network", lambda w: _pin(w, "/articles/pin/network/", w.live.article_id),
     [(NETWORK, "/")]),
    ("pin at a bureau",
     lambda w: _pin(w, f"/articles/pin/{w.bureaus['cilacap'].pk}/", w.live.article_id),
     [(CILACAP, "/")]),
    ("retract", _retract, [(CILACAP, "/"), (NETWORK, "/"), (CILACAP, "/koreksi")]),
    ("unplace", lambda w: w.verb("network editor", "unplace", w.live.article,
                                 bureau=w.bureaus["makassar"].pk),
     [(MAKASSAR, "/"), (MAKASSAR, "dari live")]),
    ("the words of a picture", lambda w: w.change(
        "photo editor", _number(w.live.picture), caption="Perahu di muara", alt_text="Perahu"),
     [LIVE, (CILACAP, "/")]),
    ("the network", lambda w: w.change("admin", "/bureaus/network/1/change/", tagline="Baru."),
     [(NETWORK, "/")]),
    ("a bureau's name", lambda w: w.change("admin", _bureau("cilacap")(w), name="Cilacap Raya"),
     [(CILACAP, "/"), (NETWORK, "/"), (MAKASSAR, "/"), LIVE]),
    ("a bureau's colour", lambda w: w.change("admin", _bureau("cilacap")(w), accent="batu"),
     [(CILACAP, "/icon.svg"), (CILACAP, "/manifest.webmanifest")]),
    ("a bureau's menu", lambda w: w.change(
        "admin", _bureau("cilacap")(w), sections=[Section.objects.get(slug="olahraga").pk]),
     [(CILACAP, "/")]),
    ("a section's name", lambda w: w.change(
        "admin", _number(Section.objects.get(slug="hukum")), name="Hukum & Keadilan"),
     [(NETWORK, "/rubrik/hukum"), LIVE, (NETWORK, "/")]),
    ("a new section", lambda w: w.change(
        "admin", "/articles/section/add/", name="Laut", slug="laut", position=9),
     [(NETWORK, "/")]),
    ("a topic's introduction", lambda w: w.change(
        "network editor", _number(Tag.objects.get(name="nelayan")), introduction="Laut."),
     [(NETWORK, "/topik/nelayan"), (MAKASSAR, "/topik/nelayan")]),
    ("what an author is", lambda w: w.change(
        "admin", _number(w.people["reporter"].author), kind="agency"),
     [(NETWORK, "author"), LIVE, (CILACAP, "/redaksi")]),
    ("an author's position", lambda w: w.change(
        "editor", _number(w.people["reporter"].author), kind="staff", position="Kepala biro"),
     [(CILACAP, "/redaksi"), (NETWORK, "/redaksi")]),
    ("one's own profile", _profile, [(NETWORK, "author")]),
    ("a role", _give_role, [(NETWORK, "/redaksi")]),
    ("a role taken", _take_role, [(NETWORK, "/redaksi")]),
    ("somebody leaves", lambda w: w.press(
        "admin", f"/bureaus/user/{w.people['reporter'].pk}/leave/"),
     [(CILACAP, "/redaksi"), (NETWORK, "author")]),
    ("and comes back", lambda w: w.press(
        "admin", f"/bureaus/user/{w.people['reporter'].pk}/return/"),
     [(CILACAP, "/redaksi")]),
    ("a new author", lambda w: w.change(
        "editor", "/bureaus/author/add/", name="Sari", slug="sari", kind="staff",
        bureau=w.bureaus["cilacap"].pk),
     [(CILACAP, "/redaksi")]),
    ("a standing text", lambda w: w.change(
        "network editor", f"{_page('guidelines')(w)}change/", body="<p>Pedoman baru.</p>"),
     [(NETWORK, "/pedoman"), (CILACAP, "/pedoman")]),
    ("a bureau's own text", lambda w: w.change(
        "editor", f"/articles/page/add/?kind=about&bureau={w.bureaus['cilacap'].pk}",
        body="<p>Tentang Cilacap.</p>"),
     [(CILACAP, "/tentang")]),
    ("a text taken away", lambda w: w.press(
        "editor", f"{_page('about', 'cilacap')(w)}delete/", post="yes"),
     [(CILACAP, "/tentang")]),
    ("the only text of its kind taken away", lambda w: w.press(
        "network editor", f"{_page('about')(w)}delete/", post="yes"),
     [(CILACAP, "/tentang"), (NETWORK, "/"), (MAKASSAR, "/")]),
    ("the first text of its kind", lambda w: w.change(
        "network editor", "/articles/page/add/?kind=about", body="<p>Kami.</p>"),
     [(CILACAP, "/tentang"), (NETWORK, "/")]),
    ("a bureau closes", lambda w: w.press(
        "admin", f"/bureaus/bureau/{w.bureaus['makassar'].pk}/close/"),
     [(MAKASSAR, "/"), (NETWORK, "/"), (NETWORK, "/biro")]),
    ("a bureau opens", lambda w: w.change(
        "admin", _bureau("makassar")(w), is_open="on", is_confirmed="on"),
     [(MAKASSAR, "/"), (NETWORK, "/biro")]),
    ("a closed bureau opens again", lambda w: w.change(
        "admin", _bureau("tutup")(w), is_open="on", is_confirmed="on"),
     [(CLOSED, "/"), (NETWORK, "/")]),
    ("a bureau moves", lambda w: w.change("admin", _bureau("cilacap")(w), slug="cilacap-raya"),
     [(CILACAP, "/"), (MOVED, "moved"), (NETWORK, "/")]),
]  # fmt: skip


def test_no_page_is_served_that_was_true_before_a_change(world):
    """After each change those on which it is seen and a few others in turn; at last all."""
    pages = list(world.urls())
    asked = [set(pages[turn % EACH :: EACH]) for turn in range(len(CHANGES))]
    assert set().union(*asked) == set(pages)
    assert stale_or_unseen(world, asked) == []


@pytest.mark.soak
def test_no_page_is_served_that_was_true_before_a_change_whichever_page_and_change(world):
    assert stale_or_unseen(world, [set(world.urls())] * len(CHANGES)) == []


def stale_or_unseen(world: World, asked: list[set[Place]]) -> list[str]:
    """Make every change while all pages are in memory; ask some of them after each, all at last."""
    before = world.read(world.urls())
    rendered = len(world.web.renders)
    assert {at: meaning(answer) for at, answer in world.read(world.urls()).items()} == {
        at: meaning(answer) for at, answer in before.items()
    }
    assert len(world.web.renders) - rendered < 8, "all that is there is read from memory"
    found = []
    address = world.live.address.path
    places = {
        "dari live": f"/dari/cilacap{address}",
        "author": f"/penulis/{world.people['reporter'].author.slug}",
        "moved": address,
    }
    for (name, change, told), some in zip(CHANGES, asked, strict=True):
        seen_on = {
            (CILACAP, address) if host == "live" else (host, places.get(path, path))
            for host, path in told
        }
        before = world.read(seen_on)
        change(world)
        world.web.settle()
        pages = sorted(some | seen_on)
        after, now = world.read(pages), world.now(pages)
        found += [
            f"{name}: not seen on {at}"
            for at in sorted(seen_on)
            if meaning(now[at]) == meaning(before[at])
        ]
        found += stale(name, after, now)
    return found + stale("all changes", world.read(world.urls()), world.now(world.urls()))


def stale(name: str, after: dict[Place, Answer], now: dict[Place, Answer]) -> list[str]:
    return [f"{name}: {at} is stale" for at in now if meaning(after[at]) != meaning(now[at])]


def meaning(answer: Answer) -> tuple:
    return answer.status, answer.headers.get("Location"), answer.content


def test_every_route_of_readers_is_among_the_pages(world):
    for kind, host in (("network", NETWORK), ("bureau", CILACAP)):
        names = get_resolver(URLCONFS[kind]).reverse_dict
        known = {name for name in names if isinstance(name, str)}
        read = {
            resolve(path, URLCONFS[kind]).url_name
            for at, path in world.urls()
            if at == host and not path.startswith(("/teks/", "/en/"))
        }
        assert known - read == UNKEPT, kind
