"""Fill an empty newsroom with the demo's cast, its pages and its stories."""

import tomllib
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles import curation, publication, workflow
from articles.models import Article, Byline, Page, Section, Tag, TaggedArticle
from bureaus.models import Author, Bureau, Membership, Network, Role, User
from newsroom.demo.credits import Credits
from newsroom.demo.markup import with_ids
from newsroom.demo.pages import read_pages
from newsroom.demo.pictures import Pictures
from newsroom.demo.reports import dated_reports
from newsroom.demo.stories import drawings_of, moment, read_stories
from newsroom.demo.walk import MARGIN, Walk

FOLDER = Path(__file__).parent
LOGINS = ("reporter", "redaktur", "redpel", "admin")


def is_loaded() -> bool:
    return User.objects.filter(username="redpel").exists()


def read_cast() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "cast.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load(password: str) -> None:
    """Load the whole demo, or nothing of it."""
    Loader(password).run()


class Loader:
    def __init__(self, password: str):
        self.password = password
        self.cast = read_cast()
        self.now = timezone.now()
        self.bureaus: dict[str, Bureau] = {}
        self.sections: dict[str, Section] = {}
        self.authors: dict[str, Author] = {}
        self.topics: dict[str, Tag] = {}
        #: the written stories by the number of their files, and the reports that have a key
        self.articles: dict[str, Article] = {}
        self.pictures = Pictures(self.cast["pictures"])
        self.credits = Credits(self.cast["authors"])

    def run(self) -> None:
        self.make_cast()
        self.make_pages()
        stories = read_stories()
        self.today = self.latest_day(stories)
        zones = {slug: bureau.zone for slug, bureau in self.bureaus.items()}
        reports = dated_reports(self.now, zones, MARGIN, drawings_of(stories))
        self.make_topics([*reports, *stories])
        with connection.cursor() as cursor:
            # The demo brings its own past, which the guard would not let anybody write.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE articles_edition DISABLE TRIGGER articles_edition_guard")
            for report in reports:
                made = self.make_story(report | self.credits.of(report))
                if key := report.get("key"):
                    self.articles[key] = made
            for story in stories:
                self.articles[story["file"][:2]] = self.make_story(story)
            cursor.execute("ALTER TABLE articles_edition ENABLE TRIGGER articles_edition_guard")
            # Its history is news to nobody: take back the mails that it would cause. Cards are
            # drawn when they are first asked for; all at once they would hold up the first page.
            cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name IN ('mail', 'cards')")
        self.pin_stories()

    def latest_day(self, stories: list[dict[str, Any]]) -> datetime:
        """A moment on the latest day on which all that happens "today" has happened."""
        times = [
            (words, self.bureaus[story["bureau"]].zone)
            for story in stories
            for words in (story["at"], *(step.get("at", "") for step in story.get("steps", [])))
            if words.startswith("today")
        ]
        day = self.now
        while any(moment(words, zone, day) > self.now - MARGIN for words, zone in times):
            day -= timedelta(days=1)
        return day

    def make_cast(self) -> None:
        network, _created = Network.objects.update_or_create(pk=1, defaults=self.cast["network"])
        self.sections = {section.slug: section for section in Section.objects.all()}
        for entry in self.cast["bureaus"]:
            self.make_bureau(network, **entry)
        for author in self.cast["authors"]:
            self.make_author(author)
        admin = self.make_user("admin", "Administrator Bentara")
        admin.is_superuser = True
        admin.save()
        Membership.objects.create(user=admin, role=Role.ADMINISTRATOR)

    def make_bureau(
        self, network: Network, sections: list[str], days_open: int, **fields: str
    ) -> None:
        bureau = Bureau.objects.create(
            network=network,
            is_open=True,
            opened_at=self.now - timedelta(days=days_open),
            **fields,
        )
        bureau.sections.set(self.sections[slug] for slug in sections)
        self.bureaus[bureau.slug] = bureau

    def make_author(self, entry: dict[str, str]) -> None:
        bureau = self.bureaus.get(entry.get("bureau", ""))
        user = None
        if login := entry.get("login"):
            user = self.make_user(login, entry["name"])
            everywhere = entry["role"] == Role.NETWORK_EDITOR
            Membership.objects.create(
                user=user, role=entry["role"], bureau=None if everywhere else bureau
            )
        self.authors[entry["slug"]] = Author.objects.create(
            slug=entry["slug"],
            name=entry["name"],
            kind=entry["kind"],
            position=entry.get("position", ""),
            position_en=entry.get("position_en", ""),
            place=entry.get("place", ""),
            biography=entry.get("biography", ""),
            bureau=bureau,
            user=user,
        )

    def make_user(self, username: str, name: str) -> User:
        first, _space, last = name.partition(" ")
        user = User(
            username=username,
            first_name=first,
            last_name=last,
            email=f"{username}@bentara.example",
            is_staff=True,
        )
        # Only the four that are printed at the start can sign in: nobody knows the others' secret.
        user.password = self.hashed_password if username in LOGINS else self.unknown_password
        user.save()
        return user

    @cached_property
    def hashed_password(self) -> str:
        """Hashed once: that is slow on purpose."""
        return make_password(self.password)

    @cached_property
    def unknown_password(self) -> str:
        return make_password(get_random_string(40))

    @cached_property
    def network_editor(self) -> User:
        return User.objects.get(username="redpel")

    @cached_property
    def editors(self) -> dict[int, list[User]]:
        """The editors of each bureau, by its id."""
        editors: dict[int, list[User]] = {bureau.pk: [] for bureau in self.bureaus.values()}
        held = Membership.objects.filter(role=Role.BUREAU_EDITOR).select_related("user")
        for membership in held.order_by("user"):
            editors[membership.bureau_id].append(membership.user)
        return editors

    def editor_of(self, bureau: Bureau, but: Article | None) -> User:
        """An editor of the bureau who did not write the story; else the network's."""
        for editor in self.editors[bureau.pk]:
            if but is None or not but.is_written_by(editor):
                return editor
        return self.network_editor

    def make_pages(self) -> None:
        for slug, kind, body in read_pages():
            Page.objects.create(
                bureau=self.bureaus[slug] if slug else None,
                kind=kind,
                body=body,
                changed_by=self.network_editor,
            )

    def make_topics(self, stories: list[dict[str, Any]]) -> None:
        introductions = self.cast["topics"]
        names = {name for story in stories for name in story["tags"]}
        topics = [
            Tag(name=name, slug=Tag().slugify(name), introduction=introductions.get(name, ""))
            for name in sorted(names | introductions.keys())
        ]
        self.topics = {topic.name: topic for topic in Tag.objects.bulk_create(topics)}

    def make_story(self, story: dict[str, Any]) -> Article:
        bureau = self.bureaus[story["bureau"]]
        writer = self.authors[story["credits"][0][1]]
        filer = writer.user or self.editor_of(bureau, but=None)
        if story.get("filed_by"):
            filer = User.objects.get(username=story["filed_by"])
        walk = Walk(self, filer, story, bureau)
        with publication.as_of(walk.begun):
            walk.article = self.make_draft(story, bureau, filer, walk.begun)
        walk.go()
        return walk.article

    def make_draft(
        self, story: dict[str, Any], bureau: Bureau, filer: User, begun: datetime
    ) -> Article:
        picture, caption = self.pictures.of(bureau, story.get("picture"))
        article = Article.objects.create(
            created_at=begun,
            stage_since=begun,
            bureau=bureau,
            section=self.sections[story["section"]],
            kicker=story.get("kicker", ""),
            headline=story["headline"],
            summary=story.get("summary", ""),
            dateline=story.get("dateline", ""),
            body=self.body_of(story, bureau),
            source=story.get("source", "own"),
            source_name=story.get("source_name", ""),
            paid=story.get("paid", False),
            unverified=story.get("unverified", False),
            embargo_until=(
                moment(story["embargo"], bureau.zone, self.now) if "embargo" in story else None
            ),
            picture=picture,
            picture_caption=caption,
            created_by=filer,
        )
        TaggedArticle.objects.bulk_create(
            TaggedArticle(content_object=article, tag=self.topics[name]) for name in story["tags"]
        )
        Byline.objects.bulk_create(
            Byline(article=article, author=self.authors[slug], role=role, position=position)
            for position, (role, slug) in enumerate(story["credits"])
        )
        workflow.save_revision(article, by=filer)
        return article

    def body_of(self, story: dict[str, Any], bureau: Bureau) -> str:
        """The text with what it shows: pictures of the bureau's, stories made before this one."""

        def picture(name: str) -> int:
            found, _caption = self.pictures.of(bureau, {"file": f"{name}.jpg"})
            return found.pk

        return with_ids(story["body"], picture=picture, story=lambda key: self.articles[key].pk)

    def pin_stories(self) -> None:
        for front in self.cast["pins"]:
            holds = [
                curation.Hold(self.articles[number].pk, self.now + timedelta(hours=hours))
                for number, hours in front["stories"]
            ]
            bureau = self.bureaus.get(front.get("bureau", ""))
            by = self.editor_of(bureau, but=None) if bureau else self.network_editor
            curation.arrange(bureau, holds, by=by, version=curation.version_of([]))
