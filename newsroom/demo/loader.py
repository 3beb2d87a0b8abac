"""Fill an empty newsroom with the demo's cast and walk its stories through the workflow."""

import tomllib
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone

from articles import publication, workflow
from articles.models import Article, Byline, Picture, Section
from bureaus.models import Author, Bureau, Membership, Network, Role, User
from newsroom.demo.stories import moment, read_stories, to_html

FOLDER = Path(__file__).parent


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
        stories = read_stories()
        self.today = self.latest_day(stories)
        with connection.cursor() as cursor:
            # The demo brings its own past, which the guard would not let anybody write.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE articles_edition DISABLE TRIGGER articles_edition_guard")
            for story in stories:
                self.make_story(story)
            cursor.execute("ALTER TABLE articles_edition ENABLE TRIGGER articles_edition_guard")
            # Its history is news to nobody: take back the mails that it would cause.
            cursor.execute("DELETE FROM procrastinate_jobs WHERE queue_name = 'mail'")

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
        for bureau in self.cast["bureaus"]:
            self.bureaus[bureau["slug"]] = Bureau.objects.create(network=network, **bureau)
        self.sections = {section.slug: section for section in Section.objects.all()}
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
        walk = Walk(self, filer, story, bureau)
        with publication.as_of(walk.begun):
            walk.article = self.make_draft(story, bureau, filer, walk.begun)
        walk.go()

    def make_draft(
        self, story: dict[str, Any], bureau: Bureau, filer: User, begun: datetime
    ) -> Article:
        article = Article.objects.create(
            created_at=begun,
            stage_since=begun,
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
            unverified=story.get("unverified", False),
            embargo_until=(
                moment(story["embargo"], bureau.zone, self.now) if "embargo" in story else None
            ),
            picture=self.make_picture(bureau, story.get("picture")),
            created_by=filer,
        )
        article.tags.set(story["tags"])
        for position, (role, slug) in enumerate(story["credits"]):
            Byline.objects.create(
                article=article, author=self.authors[slug], role=role, position=position
            )
        workflow.save_revision(article, by=filer)
        return article

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
# How long a story has been on its way when the time in its file comes.
BEGUN, SUBMITTED, CLAIMED, APPROVED = (timedelta(minutes=minutes) for minutes in (170, 65, 40, 4))
MARGIN = timedelta(minutes=50)  # what follows the last time of a file


class Walk:
    """One story's way through the workflow, as far and at the times that its file says."""

    article: Article

    def __init__(self, loader: Loader, filer: User, story: dict[str, Any], bureau: Bureau):
        self.loader = loader
        self.filer = filer
        self.story = story
        self.bureau = bureau
        self.step = story.get("steps", [{}])[0]
        ahead = story["at"].startswith("+")
        #: when it is, or will be, published; for what is not, when it was submitted
        self.time = moment(story["at"], bureau.zone, loader.now if ahead else loader.today)
        #: the same, but never ahead
        self.acted = loader.now - MARGIN if ahead else self.time
        self.begun = self.acted - BEGUN
        self.step_time = self.acted + timedelta(minutes=40)
        if "at" in self.step:
            self.step_time = moment(self.step["at"], bureau.zone, loader.today)

    @cached_property
    def editor(self) -> User:
        return self.loader.editor_of(self.bureau, but=self.article)

    def go(self) -> None:
        getattr(self, self.story["state"])()

    def at(self, moment: datetime, verb, **told: Any) -> None:
        with publication.as_of(moment):
            verb(self.article, **told)

    def draft(self) -> None:
        pass

    def submitted(self, until: datetime | None = None) -> None:
        self.at((until or self.acted) - SUBMITTED, workflow.submit, by=self.filer)

    def in_review(self, until: datetime | None = None) -> None:
        self.submitted(until)
        self.at((until or self.acted) - CLAIMED, workflow.claim, by=self.editor)

    def sent_back(self) -> None:
        self.in_review()
        self.at(self.step_time, workflow.send_back, by=self.editor, reason=self.step["reason"])

    def approved(self, until: datetime | None = None) -> None:
        self.in_review(until)
        self.at((until or self.acted) - APPROVED, workflow.approve, by=self.editor)

    def scheduled(self) -> None:
        self.approved()
        self.at(self.acted, workflow.schedule, by=self.editor, at=self.time)

    def live(self) -> None:
        self.approved()
        self.at(self.acted, workflow.publish, by=self.editor)
        for placement in self.story.get("placements", []):
            self.at(
                self.acted + timedelta(minutes=10),
                workflow.place,
                by=self.loader.network_editor,
                bureau=self.loader.bureaus[placement["bureau"]],
                local_headline=placement.get("headline", ""),
                local_note=placement.get("note", ""),
            )

    def updated(self) -> None:
        self.live()
        self.rewrite()
        self.at(self.step_time, workflow.update, by=self.editor, note=self.step["note"])

    def corrected(self) -> None:
        self.live()
        self.rewrite()
        self.at(self.step_time, workflow.correct, by=self.editor, notice=self.step["notice"])

    def retracted(self) -> None:
        self.live()
        self.at(
            self.step_time - APPROVED,
            workflow.retract,
            by=self.editor,
            ground=self.step["ground"],
            reason=self.step["reason"],
        )
        second = self.loader.network_editor
        if second == self.editor:
            second = self.loader.editor_of(self.bureau, but=None)
        self.at(self.step_time, workflow.confirm_retraction, by=second)

    def live_in_rewrite(self) -> None:
        self.live()
        self.edit(self.step_time)

    def spiked(self) -> None:
        self.at(self.step_time, workflow.spike, by=self.editor, reason=self.step["reason"])

    def edit(self, moment: datetime) -> None:
        with publication.as_of(moment):
            article = workflow.lock_for_editing(self.article, by=self.filer)
            if "find" in self.step:
                article.body = article.body.replace(self.step["find"], self.step["replace"])
            if "append" in self.step:
                article.body += to_html(self.step["append"])
            article.save()
            workflow.save_revision(article, by=self.filer)

    def rewrite(self) -> None:
        """A change by the reporter, approved once more."""
        self.edit(self.step_time - SUBMITTED - timedelta(minutes=2))
        self.approved(until=self.step_time)
