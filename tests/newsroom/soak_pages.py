"""Two web servers with two workers each on one database, read and written to at random.

    python -m tests.newsroom.soak_pages SECONDS

Every answer is checked against the record. Then the same again while listeners are cut off and the
database is restarted at random. Prints its figures; ends with 1 when a stale page was served.
"""

import contextlib
import os
import random
import shutil
import socket
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ["NEWSROOM_DATA"] = tempfile.mkdtemp(prefix="newsroom-soak-")
os.environ.update(
    DJANGO_SETTINGS_MODULE="newsroom.settings", NEWSROOM_DOMAIN="bentara.test",
    NEWSROOM_SCHEME="http", EMAIL_URL="dummymail://",
)  # fmt: skip
os.environ.pop("DATABASE_URL", None)

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, InterfaceError, OperationalError, connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import workflow  # noqa: E402
from articles.models import Article  # noqa: E402
from newsroom.database import EmbeddedServer  # noqa: E402
from tests.factories import (  # noqa: E402
    approve_story,
    make_author,
    make_bureau,
    make_section,
    make_story,
    make_user,
    rewrite,
)  # fmt: skip
from tests.newsroom.served import Server, cut, environment, listeners  # noqa: E402
from tests.newsroom.soak_record import Record, Story, token  # noqa: E402

READERS, WRITERS = 6, 2
HOST, OTHER = "cilacap.bentara.test", "makassar.bentara.test"
MOST_LIVE = 30
# Seconds: how long a page that was stale is asked for again.
LATEST, IS_TRUE_AGAIN = 20, 0.5
AWAY = (OperationalError, InterfaceError, DatabaseError)


class Soak:
    def __init__(self, database: EmbeddedServer, servers: list[Server]):
        self.database, self.servers = database, servers
        self.record = Record()
        self.done: dict[str, int] = {}
        self.over = threading.Event()
        self.cilacap = make_bureau("cilacap", name="Cilacap")
        self.makassar = make_bureau("makassar", "Asia/Makassar", name="Makassar")
        make_section()
        self.reporter = make_user("ratih", ("reporter", self.cilacap))
        make_author("Ratih", bureau=self.cilacap, user=self.reporter)
        self.editor = make_user("wening", ("bureau_editor", self.cilacap))
        self.network = make_user("retno", ("network_editor", None))

    # Writing

    def write(self, rng: random.Random, own: list[Story]) -> None:
        while not self.over.is_set():
            live = [story for story in own if story.states[-1].edition is not None]
            kinds = ["publish", "schedule"] if len(live) < MOST_LIVE // WRITERS else ["retract"]
            if live:
                kinds += ["correct", "correct", "update", "place", "unplace", "correct"]
            kind, story = rng.choice(kinds), rng.choice(live) if live else None
            try:
                if kind in ("publish", "schedule"):
                    self._publish(kind, rng, own)
                elif kind in ("place", "unplace"):
                    self._place(kind, story)
                elif story.states[-1].acked < time.time():
                    self._change(kind, story)
                self.done[kind] = self.done.get(kind, 0) + 1
            except workflow.WorkflowError:
                pass  # not possible as the story stands
            except AWAY:
                self._find_out(story)
            time.sleep(rng.uniform(0.0, 0.3))
        connection.close()

    def _publish(self, kind: str, rng: random.Random, own: list[Story]) -> None:
        article = make_story(self.reporter, self.cilacap, headline="Q0E0Z")
        rewrite(article, by=self.reporter, headline=token(article.pk, 1))
        article = approve_story(article, by=self.reporter, editor=self.editor)
        story = Story(article.pk)
        with self.record.lock:
            self.record.stories[article.pk] = story
        if kind == "schedule":
            start = time.time() + rng.uniform(1.5, 4)
            state = self.record.begin(story, 1, at=start)
            at = datetime.fromtimestamp(start, UTC)
            edition = workflow.schedule(article, by=self.editor, at=at)
        else:
            state = self.record.begin(story, 1)
            edition = workflow.publish(article, by=self.editor)
            state.acked = time.time()
        story.path = edition.address.path
        story.published = edition.first_published.timestamp()
        own.append(story)

    def _change(self, kind: str, story: Story) -> None:
        article = Article.objects.get(pk=story.number)
        if kind == "retract":
            workflow.retract(article, by=self.editor, ground="factual", reason="Keliru.")
            state = self.record.begin(story, None)
            workflow.confirm_retraction(article, by=self.network)
            state.acked = time.time()
            return
        if article.stage not in {"draft", "approved"}:
            return
        number = max(state.edition or 0 for state in story.states) + 1
        rewrite(article, by=self.reporter, headline=token(story.number, number))
        approve_story(article, by=self.reporter, editor=self.editor)
        state = self.record.begin(story, number)
        if kind == "correct":
            workflow.correct(article, by=self.editor, notice="Yang benar lain.")
        else:
            workflow.update(article, by=self.editor)
        state.acked = time.time()

    def _place(self, kind: str, story: Story) -> None:
        article = Article.objects.get(pk=story.number)
        do = workflow.place if kind == "place" else workflow.unplace
        do(article, by=self.network, bureau=self.makassar)

    def _find_out(self, story: Story | None) -> None:
        """What came of a change whose acknowledgement was lost."""
        while not self.over.is_set():
            connection.close()
            try:
                pending = [
                    (each, state)
                    for each in list(self.record.stories.values())
                    for state in each.states
                    if state.acked == float("inf") and (story is None or each is story)
                ]
                for each, state in pending:
                    edition = (
                        Article.objects.get(pk=each.number)
                        .editions.filter(live__contains=timezone.now())
                        .first()
                    )
                    seen = edition and int(edition.headline.partition("E")[2][:-1])
                    if seen == state.edition:
                        state.acked = time.time()
                        if edition and not each.path:
                            with self.record.lock:
                                self.record.stories.pop(each.number)
                    else:
                        with self.record.lock:
                            each.states.remove(state)
                            if not each.path:
                                self.record.stories.pop(each.number, None)
                if story is not None:
                    self._settle(story)
                return
            except AWAY:
                time.sleep(0.2)

    def _settle(self, story: Story) -> None:
        """Bring a story whose change was cut off back to where it may be changed again."""
        article = Article.objects.get(pk=story.number)
        with contextlib.suppress(workflow.WorkflowError):
            if article.stage == "submitted":
                workflow.withdraw(article, by=self.reporter)
            elif article.stage == "in_review":
                workflow.send_back(article, by=self.editor, reason="Diulang.")

    # Reading

    def read(self, rng: random.Random) -> None:
        while not self.over.is_set():
            server = rng.choice(self.servers)
            with self.record.lock:
                stories = [story for story in self.record.stories.values() if story.path]
            story = rng.choice(stories) if stories and rng.random() < 0.6 else None
            path = (
                story.path
                if story
                else rng.choice(["/terkini", "/rubrik/hukum", "/terkini?utm_source=x"])
            )
            asked = time.time()
            if problems := self._problems(server, path, story):
                lasted = self._lasted(server, path, story, asked)
                self.record.wrong += [
                    f"{asked:.3f} {server.port}{path}: {problem}; stale until {lasted:.0f} ms later"
                    for problem in problems
                ]

    def _problems(self, server: Server, path: str, story: Story | None) -> list[str]:
        asked = time.time()
        try:
            answer = server.get(path, HOST, **{"Accept-Encoding": "br"})
        except OSError:
            return []
        if answer.status == 503:
            self.record.refused += 1
        elif answer.headers.get("X-Cache") == "stale":
            self.record.marked += 1
        elif answer.status >= 500:
            return [f"answers {answer.status}"]
        else:
            return self.record.problems(answer.text, asked, story=story, status=answer.status)
        return []

    def _lasted(self, server: Server, path: str, story: Story | None, since: float) -> float:
        """Milliseconds after which a stale page was seen for the last time: late, or there to stay.

        It is asked for until it has been true for a while.
        """
        last = since
        while last - since < LATEST and time.time() - last < IS_TRUE_AGAIN:
            asked = time.time()
            if self._problems(server, path, story):
                last = asked
        return (last - since) * 1000

    # Trouble

    def trouble(self, rng: random.Random) -> None:
        while not self.over.wait(rng.uniform(2, 6)):
            if rng.random() < 0.25:
                self.database.stop()
                time.sleep(rng.uniform(0, 2))
                self.database.start()
                self.done["database restarts"] = self.done.get("database restarts", 0) + 1
                continue
            with contextlib.suppress(*AWAY):
                connection.close()
                pids = listeners()
                cut(rng.sample(pids, rng.randint(0, len(pids))))
                self.done["listeners cut off"] = self.done.get("listeners cut off", 0) + 1
        connection.close()

    def run(self, seconds: float, *, is_troubled: bool, seed: int) -> bool:
        self.over.clear()
        self.record = Record()
        self.done.clear()
        Article.objects.filter(stage="submitted").update(stage="draft")
        rng = random.Random(seed)
        jobs = [(self.write, (random.Random(rng.random()), [])) for _ in range(WRITERS)]
        jobs += [(self.read, (random.Random(rng.random()),)) for _ in range(READERS)]
        jobs += [(self.trouble, (random.Random(rng.random()),))] * is_troubled
        threads = [threading.Thread(target=job, args=arguments) for job, arguments in jobs]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.over.set()
        for thread in threads:
            thread.join()
        record = self.record
        print(
            f"{'Troubled' if is_troubled else 'Undisturbed'}, {seconds:.0f} s, seed {seed}: "
            f"{record.checked} answers checked, {len(record.wrong)} stale; {record.marked} marked "
            f"stale, {record.refused} times 503; an old edition was last asked for "
            f"{record.oldest * 1000:.0f} ms after its successor's commit; {self.done}",
            *record.wrong[:20],
            sep="\n  ",
            flush=True,
        )
        return not record.wrong and record.checked > 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(seconds: float) -> int:
    data = Path(os.environ["NEWSROOM_DATA"])
    (data / "static").mkdir()
    seed = random.randrange(10**6)
    try:
        with EmbeddedServer(data) as database:
            call_command("migrate", interactive=False, verbosity=0)
            log = data / "servers.log"
            given = environment()
            with (
                Server(free_port(), workers=2, log=log, **given) as first,
                Server(free_port(), workers=2, log=log, **given) as second,
            ):
                soak = Soak(database, [first, second])
                is_well = [
                    soak.run(seconds, is_troubled=is_troubled, seed=seed)
                    for is_troubled in (False, True)
                ]
        return 0 if all(is_well) else 1
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 600))
