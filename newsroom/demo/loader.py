"""Fill an empty newsroom with the demo's cast and walk its stories through the workflow."""

import tomllib
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, Picture, Section
from bureaus.models import Author, Bureau, Membership, Network, Role, User
from newsroom.demo.stories import moment, read_stories, to_html

FOLDER = Path(__file__).parent
ARCHIVE = "Berita arsip, dimuat ulang dengan tanggal semula."


def is_loaded() -> bool:
    return User.objects.filter(username="redpel").exists()


@transaction.atomic
def load(password: str) -> None:
    """Load the whole demo, or nothing of it."""
    Loader(password).run()


class Loader:
    def __init__(self, password: str):
        self.password = password
        self.cast = tomllib.loads((FOLDER / "cast.toml").read_text(encoding="utf-8"))
        self.now = timezone.now()
        self.bureaus: dict[str, Bureau] = {}
        self.sections: dict[str, Section] = {}
        self.authors: dict[str, Author] = {}
        self.pictures: dict[tuple[str, str], Picture] = {}

    def run(self) -> None:
        self.make_cast()
        for story in read_stories():
            self.make_story(story)
        # The demo's history is news to nobody: take back the mails that it would cause.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'mail'")

    def make_cast(self) -> None:
        network, _created = Network.objects.update_or_create(pk=1, defaults=self.cast["network"])
        for bureau in self.cast["bureaus"]:
            self.bureaus[bureau["slug"]] = Bureau.objects.create(network=network, **bureau)
        for position, (slug, names) in enumerate(self.cast["sections"].items(), 1):
            self.sections[slug] = Section.objects.create(
                slug=slug, name=names[0], name_en=names[1], position=position
            )
        for author in self.cast["authors"]:
            self.make_author(author)
        admin = self.make_user("admin", "Administrator Bentara")
        admin.is_superuser = True
        admin.save()
        Membership.objects.create(user=admin, role=Role.ADMINISTRATOR)

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
            place=entry.get("place", ""),
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
        # Only the four that are printed at the start can sign in.
        if username in LOGINS:
            user.set_password(self.password)
        else:
            user.set_unusable_password()
        user.save()
        return user

    @cached_property
    def network_editor(self) -> User:
        return User.objects.get(username="redpel")

    def make_story(self, story: dict[str, Any]) -> None:
        bureau = self.bureaus[story["bureau"]]
        writer = self.authors[story["credits"][0][1]]
        filer = writer.user or self.editor_of(bureau, but=None)
        if story.get("filed_by"):
            filer = User.objects.get(username=story["filed_by"])
        article = Article.objects.create(
            bureau=bureau,
            section=self.sections[story["section"]],
            kicker=story.get("kicker", ""),
            headline=story["headline"],
            summary=story.get("summary", ""),
            dateline=story.get("dateline", ""),
            body=story["body"],
            source=story.get("source", "own"),
            source_name=story.get("source_name", ""),
            paid=story.get("paid", False),
            picture=self.make_picture(bureau, story.get("picture")),
            created_by=filer,
        )
        article.tags.set(story["tags"])
        for position, (role, slug) in enumerate(story["credits"]):
            Byline.objects.create(
                article=article, author=self.authors[slug], role=role, position=position
            )
        workflow.save_revision(article, by=filer)
        Walk(self, article, filer, story).go()

    def make_picture(self, bureau: Bureau, entry: dict[str, str] | None) -> Picture | None:
        if not entry:
            return None
        key = (bureau.slug, entry["caption"])
        if key not in self.pictures:
            path = FOLDER / "pictures" / entry["file"]
            with path.open("rb") as file:
                picture = Picture(
                    bureau=bureau,
                    file=File(file, name=path.name),
                    caption=entry["caption"],
                    credit=entry["credit"],
                    alt_text=entry["alt"],
                )
                picture.save()
            self.pictures[key] = picture
        return self.pictures[key]

    def editor_of(self, bureau: Bureau, but: Article | None) -> User:
        """An editor of the bureau who did not write the story; else the network's."""
        editors = User.objects.filter(
            memberships__role=Role.BUREAU_EDITOR, memberships__bureau=bureau
        )
        for editor in editors:
            if but is None or not but.is_written_by(editor):
                return editor
        return self.network_editor


LOGINS = ("reporter", "redaktur", "redpel", "admin")


class Walk:
    """One story's way through the workflow, as far as its file says."""

    def __init__(self, loader: Loader, article: Article, filer: User, story: dict[str, Any]):
        self.loader = loader
        self.article = article
        self.filer = filer
        self.story = story
        self.editor = loader.editor_of(article.bureau, but=article)
        self.step = story.get("steps", [{}])[0]

    def go(self) -> None:
        getattr(self, self.story["state"])()

    def time(self) -> datetime:
        return moment(self.story["at"], self.article.bureau.zone, self.loader.now)

    def draft(self) -> None:
        pass

    def submitted(self) -> None:
        workflow.submit(self.article, by=self.filer)

    def in_review(self) -> None:
        self.submitted()
        workflow.claim(self.article, by=self.editor)

    def sent_back(self) -> None:
        self.in_review()
        workflow.send_back(self.article, by=self.editor, reason=self.step["reason"])

    def approved(self) -> None:
        self.in_review()
        workflow.approve(self.article, by=self.editor)

    def scheduled(self) -> None:
        self.approved()
        workflow.schedule(self.article, by=self.editor, at=self.time())

    def live(self) -> None:
        self.approved()
        workflow.publish(
            self.article,
            by=self.loader.network_editor,
            printed_at=min(self.time(), self.loader.now - timedelta(minutes=1)),
            reason=ARCHIVE,
        )

    def updated(self) -> None:
        self.live()
        self.rewrite()
        workflow.update(self.article, by=self.editor, note=self.step["note"])

    def corrected(self) -> None:
        self.live()
        self.rewrite()
        workflow.correct(self.article, by=self.editor, notice=self.step["notice"])

    def retracted(self) -> None:
        self.live()
        workflow.retract(
            self.article, by=self.editor, ground=self.step["ground"], reason=self.step["reason"]
        )
        second = self.loader.network_editor
        if second == self.editor:
            second = self.loader.editor_of(self.article.bureau, but=self.article)
        workflow.confirm_retraction(self.article, by=second)

    def live_in_rewrite(self) -> None:
        self.live()
        self.edit()

    def spiked(self) -> None:
        workflow.spike(self.article, by=self.editor, reason=self.step["reason"])

    def edit(self) -> None:
        article = workflow.lock_for_editing(self.article, by=self.filer)
        if "find" in self.step:
            article.body = article.body.replace(self.step["find"], self.step["replace"])
        if "append" in self.step:
            article.body += to_html(self.step["append"])
        article.save()
        workflow.save_revision(article, by=self.filer)

    def rewrite(self) -> None:
        """A change by the reporter, approved once more."""
        self.edit()
        self.approved()
