"""Two people who open, type, send and press in any order, and what each press must come to."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpResponseNotFound
from django.test import Client, RequestFactory
from django.urls import set_urlconf

from articles import desk, workflow
from articles.models import Article, Autosave
from articles.publication import as_of
from articles.typed import opened_with
from articles.verbs import VERBS
from bureaus.models import Bureau, User
from tests.articles.interleavings import (
    Found,
    check,
    check_end,
    demand,
    demand_kept,
    demand_read,
    plain,
)
from tests.desk import change_url, form_data

# Pressed in the form itself; the others have a page of their own.
BUTTONS = [verb for verb in VERBS if not desk.needs_page(verb)]
TYPED = ("headline", "summary", "body")
# How often the mark of breaking news is set or taken away, and how often of these with no word.
MARKS, MARKS_ALONE = 0.25, 0.6
LOGGED = {"approve_and_publish": "publish", "approve_and_schedule": "schedule"}
STEPS = {
    "open_form": 16, "save": 22, "send_again": 8, "press_button": 14, "do_verb": 34, "choose": 12,
    "let_time_pass": 6,
}  # fmt: skip


class Told:
    """Where the desk's messages go when no page is drawn."""

    def add(self, *_message):
        pass


@dataclass
class Person:
    user: User
    client: Client | None = None  # a browser; without one, the views are called
    form: dict | None = None
    typed: dict = field(default_factory=dict)
    sent: dict | None = None
    #: what had come of the form that was sent last: its text saved, all that was pressed done
    was_saved: bool = False
    was_done: bool = False
    choice: dict | None = None

    @property
    def read(self) -> int | None:
        return self.form and self.form["version"]


class World:
    """One interleaving; the seed decides all of it, its times included."""

    def __init__(self, seed: int, story: Article, people: list[Person], now, elsewhere: Bureau):
        self.random = Random(seed)
        self.story = story
        self.people = people
        self.now = now
        self.elsewhere = elsewhere
        self.done: list[str] = []
        self.counts = dict.fromkeys(("saved", "refused", "verbs", "chosen", "again"), 0)
        self.after = Found.of(story)

    def run(self) -> None:
        for person in self.people:
            self._open(person)
        for _ in range(self.random.randint(6, 12)):
            self.now += timedelta(seconds=self.random.randint(1, 90))
            self.before = self.after
            person = self.random.choice(self.people)
            (step,) = self.random.choices(list(STEPS), list(STEPS.values()))
            self.done.append(f"{person.user}: {step}")
            with as_of(self.now):
                getattr(self, step)(person)
            demand_kept(self.before, self.after)
            is_new_text = self.after.revisions != self.before.revisions
            check(self.story, self.after, self.now, is_new_text=is_new_text)
        check_end(self.story, self.after)

    def note(self, text: object) -> None:
        self.done[-1] += f" {text}"

    def look(self) -> None:
        self.after = Found.of(self.story)

    # Steps

    def let_time_pass(self, person: Person) -> None:
        """Long enough for what is scheduled to go live."""
        self.now += timedelta(hours=3)

    def open_form(self, person: Person) -> None:
        self._open(person)

    def save(self, person: Person) -> None:
        self._type(person)
        self._send(person)

    def press_button(self, person: Person) -> None:
        if self.random.random() < 0.4:
            self._type(person)
        self._send(person, verb=self._verb_for(person, BUTTONS))

    def send_again(self, person: Person) -> None:
        """The first answer never arrived."""
        if person.sent is None:
            return
        read = self._read_with(person, person.sent)
        before = self.before
        self._post(person, person.sent)
        self.look()
        self.note(f"of version {read}")
        if person.was_saved or person.was_done:
            demand(self.after.revisions == before.revisions, "a form sent twice was saved twice")
            self.counts["again"] += 1
        if person.was_done:
            demand(self.after.events == before.events, "a form sent twice was done twice")
        demand_read(before, self.after, person.user.pk, read)
        self._demand_mark_as_typed(before, person.sent)

    def do_verb(self, person: Person) -> None:
        """On the page of the verb, or from a list, with the version that the person saw."""
        verb = self._verb_for(person, list(VERBS))
        self.note(f"{verb} of version {person.read}")
        try:
            desk.perform(verb, self.story, by=person.user, version=person.read, **self._told(verb))
        except workflow.WorkflowError as refusal:
            self.look()
            self.note(f"→ {type(refusal).__name__}")
            demand(self.after == self.before, f"{verb} was refused and changed something")
            self.counts["refused"] += 1
            return
        self.look()
        demand(self.after.revisions == self.before.revisions, f"{verb} changed the text")
        demand(len(self.after.events) > len(self.before.events), f"{verb} is not in the log")
        demand_read(self.before, self.after, person.user.pk, person.read)
        self.counts["verbs"] += 1

    def choose(self, person: Person) -> None:
        """Choose on the page that shows both texts; it may have been open for a while."""
        page = person.choice
        if page is None:
            return
        sides = {name: self.random.choice(["mine", "theirs"]) for name in page["parts"]}
        body = self.random.choice(["mine", "theirs"])
        sides |= {name: body for name in sides if name.startswith("body")}
        self.note(f"{sides} at version {page['version']}")
        key = page["key"]
        before = self.before
        self._post(person, {"stamp": page["stamp"], **sides}, key=key)
        self.look()
        demand_read(before, self.after, person.user.pk, page["version"])
        if "breaking" not in page["parts"]:
            demand(self.after.row["breaking"] == before.row["breaking"], "marked by nobody")
        if len(self.after.revisions) > len(before.revisions):
            expected = dict(before.content(before.version))
            mine = {name: page["mine"][name] for name in TYPED}
            for name in TYPED:
                if sides.get(name, body if name == "body" else "theirs") == "mine":
                    expected[name] = mine[name]
            saved = self.after.content(self.after.version)
            demand(plain(saved) == plain(expected), "another text was saved than was chosen")
            self.counts["chosen"] += 1
            person.choice = None

    # What steps have in common

    def _open(self, person: Person) -> None:
        story = Article.objects.get(pk=self.story.pk)
        key = UUID(int=self.random.getrandbits(128), version=4)
        more = {"key": str(key), "writer": person.user.pk, "opened": opened_with(story)}
        if story.breaking:
            more["breaking"] = "on"
        person.form = form_data(story, **more)
        person.typed = {}

    def _type(self, person: Person) -> None:
        if self.random.random() < MARKS:
            # As a box that is ticked or not; no revision holds it, so it may be all that is new.
            person.typed["breaking"] = self.random.choice(["on", ""])
            if self.random.random() < MARKS_ALONE:
                return
        word = f"{len(self.done)} {person.user.pk} {self.random.getrandbits(24):x}"
        names = self.random.sample(TYPED, self.random.randint(1, 3))
        for name in names:
            text = f"{name.title()} {word}"
            person.typed[name] = f"<p>Warga.</p><p>{text}.</p>" if name == "body" else text

    def _read_with(self, person: Person, form: dict) -> int:
        """The version that the person has in this form: its own save is nobody else's text."""
        own = self.story.revisions.filter(key=form["key"], saved_by=person.user).first()
        return own.number if own and own.number == self.before.version else form["version"]

    def _send(self, person: Person, verb: str = "") -> None:
        data = {**person.form, **person.typed, **({"_verb": verb} if verb else {})}
        before = self.before
        read = self._read_with(person, data)
        opened = before.content(person.form["version"])
        text = {name: person.typed[name] for name in TYPED if name in person.typed}
        expected = plain({**opened, **text})
        is_open = self._may_edit(person)
        answer = self._post(person, data)
        self.look()
        saved = self.after.revisions[len(before.revisions) :]
        location = answer.get("Location", "")
        self.note(f"{verb} of version {read}: {answer.status_code} {location}")
        demand_read(before, self.after, person.user.pk, read)
        self._demand_mark_as_typed(before, data)
        is_changed = bool(text) and expected != plain(before.content(before.version))
        if is_changed and is_open and read == before.version:
            demand(saved, "what was typed into the text as it stands was not saved")
        if saved:
            demand(plain(saved[0]["content"]) == expected, "saved otherwise than typed")
            demand(is_open, "saved by somebody who may not change it")
            demand(answer.status_code == 302, "saved, and not said so")
            self.counts["saved"] += 1
        elif is_changed and not self._was_saved(data, expected):
            demand(self.after == before, "a refused text changed something")
            self._demand_kept_for(person, data)
            self.counts["refused"] += 1
        person.sent = data
        logged = [event["verb"] for event in self.after.events[len(before.events) :]]
        person.was_saved = bool(saved)
        # A refused verb may become possible, and is then done by the form that comes again.
        person.was_done = LOGGED.get(verb, verb) in logged if verb else bool(saved or logged)
        if "/conflict/" in location:
            self._meet_conflict(person, data)
        elif saved and self.random.random() < 0.6:
            self._open(person)

    def _demand_mark_as_typed(self, before: Found, sent: dict) -> None:
        """The mark of breaking news changes to what was typed, where something was."""
        now = self.after.row["breaking"]
        if now != before.row["breaking"]:
            typed = sent.get("breaking", "") == "on"
            demand(
                now == typed != self._known_mark(before, sent),
                "a form that never touched the mark has changed it",
            )

    @staticmethod
    def _known_mark(before: Found, sent: dict) -> bool:
        """As the form was opened, or as it has set it before."""
        known = json.loads(sent["opened"])["breaking"] == "on"
        for event in before.events:
            if event["verb"] == "set" and event["details"].get("key") == sent["key"]:
                known = event["details"].get("breaking", known)
        return known

    def _was_saved(self, data: dict, expected: dict) -> bool:
        """Whether the form's own revision, an earlier one, says what it says now."""
        own = self.story.revisions.filter(key=data["key"]).first()
        return own is not None and plain(own.content) == expected

    def _demand_kept_for(self, person: Person, data: dict) -> None:
        if self.before.row["discarded_at"]:
            return  # nobody can open it, nor anything in it
        kept = Autosave.objects.filter(user=person.user, key=data["key"]).first()
        fields = plain({"body": "", **(dict(kept.fields) if kept else {})})
        for name, text in person.typed.items():
            if name in TYPED or (text == "on") != self._known_mark(self.before, data):
                demand(fields.get(name, "") == text, f"the refused {name} is lost")

    def _may_edit(self, person: Person) -> bool:
        row = self.before.row
        if row["spiked_at"] or row["discarded_at"] or self.before.is_retracted:
            return False
        is_reporter = not person.user.is_editor_of(row["bureau_id"])
        return not is_reporter or row["stage"] in ("draft", "approved")

    def _meet_conflict(self, person: Person, data: dict) -> None:
        page = self._post(person, None, key=data["key"])
        if page.status_code != 200:
            return
        shown = page.context_data
        rows = [*shown["to_choose"], *shown["settled"]]
        person.choice = {
            "key": data["key"],
            "stamp": shown["stamp"],
            "parts": [row["part"].name for row in rows],
            "version": self.after.version,
            "mine": {name: data[name] for name in TYPED},
        }

    def _verb_for(self, person: Person, verbs: list[str]) -> str:
        """Mostly one that is offered; now and then any."""
        offered = []
        if self.random.random() < 0.65:
            story = Article.objects.select_related("retraction_request").get(pk=self.story.pk)
            offered = [name for name in workflow.available(story, person.user) if name in verbs]
            if len(offered) > 1 and self.random.random() < 0.7:
                offered = [name for name in offered if name not in ("discard", "place")]
        return self.random.choice(offered or verbs)

    def _told(self, verb: str) -> dict:
        soon = self.now + timedelta(hours=2)
        needs_time = verb in ("schedule", "approve_and_schedule")
        told = {
            "reason": "Belum ada suara dinas.",
            "ground": "factual",
            "notice": "Yang benar 408 kapal.",
            "note": "",
            "bureau": self.elsewhere,
            "printed_at": self.now - timedelta(days=900),
            "at": soon if needs_time or self.random.random() < 0.3 else None,
        }
        return {name: told[name] for name in VERBS[verb].asks if name in told}

    def _post(self, person: Person, data: dict | None, key: str = ""):
        """Send the story form or, with a key, the page of both texts; without data, open it."""
        number = self.story.pk
        url = f"/articles/article/{number}/conflict/{key}/" if key else change_url(self.story)
        if person.client:
            return person.client.get(url) if data is None else person.client.post(url, data)
        factory = RequestFactory(headers={"host": "desk.bentara.test"})
        request = factory.get(url) if data is None else factory.post(url, data)
        request.user = person.user
        request._messages = Told()
        request._dont_enforce_csrf_checks = True
        view = admin.site.get_model_admin(Article)
        set_urlconf("newsroom.urls.desk")
        try:
            if key:
                return view.conflict_view(request, number, UUID(key))
            return view.change_view(request, str(number))
        except Http404:
            return HttpResponseNotFound()
        finally:
            set_urlconf(None)
