"""What is not public appears nowhere: in no page, JSON, image address, preview card or header.

The routes come from the URLconfs of all kinds of hosts, so that a later one joins by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from PIL import Image

from articles import cards, workflow
from articles.models import Article, Edition, Picture, Pin, Tag
from bureaus.hosts import URLCONFS
from bureaus.models import Author, Bureau, UsedHost
from tests.factories import (
    approve_story,
    make_bureau,
    make_section,
    make_story,
    publish_next,
    publish_story,
    rewrite,
)
from tests.routes import paths, routes

WIB = ZoneInfo("Asia/Jakarta")
HOSTS = {
    "network": ["bentara.test"],
    "bureau": ["cilacap.bentara.test", "makassar.bentara.test"],
    "closed": ["tutup.bentara.test"],
    "moved": ["cilacap-lama.bentara.test"],
    "desk": ["desk.bentara.test"],
    "unknown": ["tidak-ada.bentara.test"],
}
PREFIXES = ("en/", "teks/", "teks/en/")
GONE = 410
TOLD = ("headline", "slug")
QUERIES = ("?sebelum=99999999999999999-1", "?sesudah=0-0", "?sebelum=99")


@dataclass
class Hidden:
    """A story with words of its own in every part that could give it away."""

    name: str
    words: dict[str, str] = field(default_factory=dict)  # by the part in which each stands

    @property
    def address(self) -> str:
        """Of the story that holds the words; no secret where readers may read its other words."""
        return f"xq{self.name}slug"

    def word(self, part: str) -> str:
        return self.words.setdefault(part, f"xq{self.name}{part}")

    def parts(self, bureau: Bureau) -> dict:
        tag = Tag.objects.create(name=self.word("topic"), slug=self.word("slug"))
        author = Author.objects.create(
            name=self.word("author"), slug=self.word("slug"), biography=self.word("biography")
        )
        return {
            "kicker": self.word("kicker"),
            "headline": self.word("headline"),
            "summary": self.word("summary"),
            "dateline": self.word("dateline"),
            "body": f"<p>{self.word('body')}</p>",
            "source": "press_release",
            "source_name": self.word("source"),
            "slug": self.word("slug"),
            "tags": [tag.name],
            "writers": [author],
            "picture": self.picture(bureau),
            "picture_caption": self.word("storycaption"),
        }

    def picture(self, bureau: Bureau) -> Picture:
        out, exif = BytesIO(), Image.Exif()
        exif[0x010E] = self.word("exif")
        Image.new("RGB", (32, 24), (30, 90, 120)).save(out, "JPEG", exif=exif)
        picture = Picture(
            bureau=bureau,
            caption=self.word("caption"),
            is_for_all=True,  # a placed story runs with it elsewhere
            credit=self.word("credit"),
            alt_text=self.word("alt"),
        )
        picture.receive(BytesIO(out.getvalue()))
        picture.save()
        self.words["file"] = picture.key
        return picture


@dataclass
class World:
    """A newsroom in which something is hidden in every way that there is."""

    shown: Hidden
    hidden: list[Hidden]
    samples: dict[str, list]

    def secrets(self) -> Iterator[tuple[str, str, str]]:
        for story in self.hidden:
            for part, word in story.words.items():
                yield story.name, part, word.casefold()


@pytest.fixture
def world(cilacap, makassar, correspondent, editor, other_editor, network_editor):
    closed = make_bureau("tutup", name="Tutup")
    closed.is_open = False
    closed.save()
    UsedHost.objects.create(bureau=cilacap, host="cilacap-lama")
    now = timezone.now()
    in_an_hour = now + timedelta(hours=1)
    hidden: dict[str, Hidden] = {}

    def hide(name: str, **more) -> Article:
        story = hidden[name] = Hidden(name)
        return make_story(correspondent, cilacap, **story.parts(cilacap), **more)

    def approved(name: str, **more) -> Article:
        return approve_story(hide(name, **more), by=correspondent, editor=editor)

    def live(name: str, **more) -> Edition:
        return workflow.publish(approved(name, **more), by=editor)

    def next_version(name: str, **more) -> Article:
        """The next words of a live story, which stays what it is."""
        story = hidden[name] = Hidden(name)
        edition = publish_story(correspondent, editor, cilacap, slug=story.address)
        parts = {
            part: story.word(part)
            for part in ("kicker", "headline", "summary", "dateline", "picture_caption")
        }
        fields = {
            **parts,
            "body": f"<p>{story.word('body')}</p>",
            "picture": story.picture(cilacap),
        }
        return rewrite(edition.article, by=correspondent, **fields, **more)

    def retracted(name: str, ground: str) -> Article:
        article = live(name).article
        story = hidden[name]
        workflow.place(
            article,
            by=other_editor,
            bureau=makassar,
            local_headline=story.word("localheadline"),
            local_note=story.word("localnote"),
        )
        publish_next(
            article, by=correspondent, editor=editor, body=f"<p>{story.word('second')}</p>"
        )
        workflow.retract(article, by=editor, ground=ground, reason="Sumber keliru.")
        workflow.confirm_retraction(article, by=network_editor)
        return article

    # Never published.
    hide("draft")
    workflow.submit(hide("submitted"), by=correspondent)
    approved("approved")
    approved("embargoed", embargo_until=in_an_hour)
    workflow.spike(hide("spiked"), by=editor, reason="Tidak jadi.")
    workflow.discard(hide("discarded"), by=correspondent)
    # Not yet.
    workflow.schedule(approved("scheduled"), by=editor, at=in_an_hour)
    workflow.unschedule(
        workflow.schedule(approved("cancelled"), by=editor, at=in_an_hour).article, by=editor
    )
    next_version("rewritten")
    article = approve_story(next_version("nextapproved"), by=correspondent, editor=editor)
    article = approve_story(next_version("nextscheduled"), by=correspondent, editor=editor)
    notice = hidden["nextscheduled"].word("notice")
    workflow.correct(article, by=editor, notice=notice, at=in_an_hour)
    # No more.
    retracted("retracted", "factual")
    retracted("indecent", "decency_children")
    former = hidden["protected"] = Hidden("protected")
    first = publish_story(
        correspondent,
        editor,
        cilacap,
        slug=former.address,
        body=f"<p>{former.word('body')}</p>",
        protected=True,
    )
    publish_next(first.article, by=correspondent, editor=editor, body="<p>Tanpa nama.</p>")
    # Elsewhere, but not yet or no more.
    for name, start in (("placed", None), ("toplace", in_an_hour)):
        note = hidden[name] = Hidden(name)
        elsewhere = publish_story(correspondent, editor, cilacap, slug=note.address)
        workflow.place(
            elsewhere.article,
            by=other_editor,
            bureau=makassar,
            local_headline=note.word("headline"),
            local_note=note.word("note"),
            at=start,
        )
        if start is None:
            workflow.unplace(elsewhere.article, by=other_editor, bureau=makassar)
    # What one may see, to know that the rest would be seen.
    shown = Hidden("shown")
    publish_story(correspondent, editor, cilacap, **shown.parts(cilacap))
    # Whoever works here may be named; these are credited for the hidden stories alone.
    Author.objects.filter(slug__startswith="xq").update(is_active=False)
    for position, story in enumerate(Article.objects.all()):
        for front in (None, cilacap, makassar):
            Pin.objects.create(
                bureau=front,
                article=story,
                position=position,
                until=now + timedelta(days=1),
                pinned_by=network_editor,
            )
    return World(shown, list(hidden.values()), samples_of([*hidden.values(), shown]))


def samples_of(stories: list[Hidden]) -> dict[str, list]:
    """What the parts of routes may be, by name: what leads to the hidden stories, and to others."""
    today = timezone.now().astimezone(WIB)
    hidden = Article.objects.get(headline__contains="draft")
    # The same for a story, its topic and its author: few addresses try them all.
    slugs = [story.address for story in stories]
    files = [story.words["file"] for story in stories if story.name in ("draft", "retracted")]
    return {
        "year": [f"{today.year:04}"],
        "month": [f"{today.month:02}"],
        "day": [f"{today.day:02}"],
        "slug": [*slugs, make_section().slug],
        "home": ["cilacap"],
        "name": [f"pictures/{file}{kind}.jpg" for file in files for kind in ("", "-16x9")],
        "size": [192],
        "rest": ["", "terkini", "rubrik/hukum"],
        # With the right mark, which nobody can know.
        "card": [
            cards.name_of(edition)
            for edition in Edition.objects.all()
            if edition.headline.startswith("xq")
        ],
        # The desk's.
        "app_label": ["articles", "bureaus"],
        "url": ["tidak-ada"],
        "object_id": [hidden.pk],
        "article_id": [hidden.pk],
        "author_id": [author.pk for author in Author.objects.all()],
        "number": [1],
        "content_type_id": [ContentType.objects.get_for_model(Article).pk],
        "picture_id": [hidden.picture_id],
        "bureau_id": [hidden.bureau_id],
        "user_id": [hidden.created_by_id],
        "verb": ["publish"],
        # Of signing in.
        "pk": [1],
        "uidb36": ["1"],
        "key": ["set-password"],
        "token": ["tidak-ada"],
    }


def is_meant(path: str, status: int, story: str, part: str) -> bool:
    """A retraction names its story, and the corrections lead there, unless it must not be known."""
    if story != "retracted":
        return False
    in_corrections = path.partition("?")[0].endswith("/koreksi")
    return (status == GONE and part == "headline") or (in_corrections and part in TOLD)


def test_what_is_hidden_appears_nowhere(world):
    # Every route, and every hidden story on it; in each language and text-only a part of them.
    _looked_at, seen = look_for_secrets(world, whole=False)
    assert {address for address in seen if "/teks/" not in address} >= where_a_story_stands(world)


@pytest.mark.soak
def test_what_is_hidden_appears_nowhere_in_any_language_with_or_without_pictures(world):
    looked_at, _seen = look_for_secrets(world, whole=True)
    print(f"{looked_at} addresses looked at, 0 secrets found")


def look_for_secrets(world: World, *, whole: bool) -> tuple[int, set[str]]:
    """How many addresses were looked at, and on which of them the story stands that may be seen."""
    assert set(HOSTS) == set(URLCONFS), "Give the new kind of host a name in HOSTS."
    found, seen = set(), set()
    asked = list(addresses(world.samples, whole=whole))
    for host, path in asked:
        response = Client(headers={"host": host}).get(path)
        text = text_of(response)
        found |= {
            f"{host}{path} ({response.status_code}): {part} of the {story} story"
            for story, part, word in world.secrets()
            if word in text
            and word not in path.casefold()
            and not is_meant(path, response.status_code, story, part)
        }
        if world.shown.word("headline") in text:
            seen.add(f"{host}{path}")
    assert not found, "\n".join(sorted(found))
    return len(asked), seen


def addresses(samples: dict[str, list], *, whole: bool) -> Iterator[tuple[str, str]]:
    for kind, urlconf in URLCONFS.items():
        for is_second, host in enumerate(HOSTS[kind]):
            for number, (route, is_translated) in enumerate(routes(urlconf).items()):
                if is_second and not whole and "<" in route and "<words:home>" not in route:
                    continue  # the second bureau is there for what was placed
                for row, path in enumerate(paths(route, samples)):
                    yield host, f"/{path}"
                    for column, prefix in enumerate(PREFIXES if is_translated else ()):
                        if whole or "<" not in route or (number + row + column) % 9 == 0:
                            yield host, f"/{prefix}{path}"
                if is_translated and "<" not in route and (whole or not is_second):
                    yield from ((host, f"/{route}{query}") for query in QUERIES)


def text_of(response) -> str:
    """Everything of a response in which a word may stand."""
    body = b"".join(response) if response.streaming else response.content
    text = f"{dict(response.headers)}\n{body.decode('utf-8', 'replace')}"
    return text.replace("\N{SOFT HYPHEN}", "").replace("&shy;", "").casefold()


def where_a_story_stands(world: World) -> set[str]:
    word, today = world.shown.word, timezone.now().astimezone(WIB)
    day = f"{today:%Y/%m/%d}"
    everywhere = [
        "/",
        "/en/",
        "/terkini",
        "/rubrik/hukum",
        f"/topik/{word('slug')}",
        f"/penulis/{word('slug')}",
        "/indeks",
        f"/indeks/{day}",
    ]
    edition = Edition.objects.get(headline=word("headline"))
    return {
        # A card says its headline in its bytes, too.
        f"cilacap.bentara.test/kartu/{cards.name_of(edition)}.jpg",
        *(f"bentara.test{path}" for path in everywhere),
        *(f"cilacap.bentara.test{path}" for path in everywhere),
        f"cilacap.bentara.test/{day}/{word('slug')}",
        f"cilacap.bentara.test/{day}/{word('slug')}/perubahan",
    }


def test_a_route_with_an_unknown_part_asks_for_a_sample():
    with pytest.raises(AssertionError, match=r"'kabar/<int:nomor>'.*: nomor\. Add it"):
        list(paths("kabar/<int:nomor>", {"slug": ["x"]}))
    assert list(paths("a/<words:slug>/<b>", {"slug": ["x", "y"], "b": [1]})) == ["a/x/1", "a/y/1"]
