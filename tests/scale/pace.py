"""The same pages of a small archive and of a large one, by turns: how long, how many queries.

Both databases are on one server and both are read by one process, so what else the machine does
slows both alike.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from urllib.parse import quote

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Max
from django.db.utils import load_backend
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Picture
from bureaus.models import User
from tests.scale.archive import Cast, fill

HOST = "desk.bentara.test"


@dataclass
class Archive:
    """One database, and browsers that are signed in to it."""

    connection: BaseDatabaseWrapper
    cast: Cast
    clients: dict[int, Client] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, str]:
        """What stands in addresses: a live story, one in review, a place deep in the archive."""
        stories = Article.objects.filter(bureau=self.cast.reporter.author.bureau)
        # As much to show in both: credits, picture, revisions.
        stories = stories.exclude(bylines__position=1)
        stories = stories.filter(version=1, picture__isnull=False, placements=None, source="own")
        live = stories.filter(created_by=self.cast.reporter, edition_version=F("version"))
        live = live.filter(retracted_at=None, public_from__lte=timezone.now())
        middle = Article.objects.get(pk=Article.objects.aggregate(last=Max("pk"))["last"] // 3)
        return {
            "live": str(live.latest("changed_at").pk),
            "waiting": str(stories.filter(stage="submitted").latest("changed_at").pk),
            "draft": str(
                stories.filter(
                    created_by=self.cast.reporter,
                    stage="draft",
                    sent_back=False,
                    spiked_at=None,
                    edition_version=None,
                )
                .latest("changed_at")
                .pk
            ),
            "lead": str(live.latest("changed_at").picture_id),
            "placed": str(self.cast.placed.pk),
            "deep_picture": self._deep_picture(),
            "writer": quote(self.cast.reporter.author.name),
            "deep": f"{int(middle.changed_at.timestamp() * 1_000_000)}-{middle.pk}",
        }

    def _deep_picture(self) -> str:
        pictures = Picture.objects.order_by("pk")
        picture = pictures.filter(pk__gt=pictures.last().pk // 3).first()
        return f"{int(picture.uploaded_at.timestamp() * 1_000_000)}-{picture.pk}"

    @contextmanager
    def chosen(self) -> Iterator[None]:
        """Make it the default database of this thread."""
        before = connections["default"]
        connections["default"] = self.connection
        try:
            yield
        finally:
            connections["default"] = before

    def client(self, user: User) -> Client:
        if user.pk not in self.clients:
            client = Client(headers={"host": HOST})
            client.force_login(user)
            self.clients[user.pk] = client
        return self.clients[user.pk]


def make_archive(name: str, stories: int, library: int) -> Archive:
    """A copy of the database that the tests have migrated, filled."""
    template = connections["default"]
    source = template.settings_dict["NAME"]
    template.close()
    with template._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    connection = connect(template, name)
    archive = Archive(connection, cast=None)  # type: ignore[arg-type]
    with archive.chosen():
        archive.cast = fill(stories, library)
    return archive


def drop_archive(archive: Archive) -> None:
    name = archive.connection.settings_dict["NAME"]
    archive.connection.close()
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def connect(template: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    settings = {**template.settings_dict, "NAME": name}
    return load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")


@dataclass(frozen=True)
class Page:
    """``who`` is one of the cast; ``url`` is filled in by ``places_of``."""

    name: str
    who: str
    url: str


@dataclass
class Pace:
    """Milliseconds, queries and lines of one page, in the small archive and in the large one."""

    page: Page
    times: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    queries: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    @property
    def medians(self) -> tuple[float, float]:
        return median(self.times[0]), median(self.times[1])

    @property
    def is_fair(self) -> bool:
        """Whether both pages are equally long: each line is drawn, too."""
        return self.rows[0] == self.rows[1]

    @property
    def ratio(self) -> float:
        small, large = self.medians
        return large / small

    def __str__(self):
        small, large = self.medians
        return (
            f"{self.page.name:42} {self.page.who:15} {self.queries[0]:3} {self.queries[1]:3}"
            f" {self.rows[0]:4} {self.rows[1]:3} {small:8.1f} {large:8.1f} {self.ratio:6.2f}"
        )


HEAD = f"{'page':42} {'who':15} {'queries':>7} {'rows':>8} {'small':>8} {'large':>8}  ratio"


def measure(pages: list[Page], archives: tuple[Archive, Archive], rounds: int) -> list[Pace]:
    """Ask each archive for each page by turns, ``rounds`` times after one that is not counted."""
    paces = [Pace(page) for page in pages]
    for pace in paces:
        for archive in archives:
            with archive.chosen():
                get(archive, pace.page)
            with archive.chosen(), CaptureQueriesContext(archive.connection) as captured:
                response = get(archive, pace.page)
            pace.queries.append(len(captured))
            pace.rows.append(lines_of(response))
    for _ in range(rounds):
        for pace in paces:
            for archive, times in zip(archives, pace.times, strict=True):
                with archive.chosen(), without_collecting():
                    start = time.perf_counter()
                    get(archive, pace.page)
                    times.append((time.perf_counter() - start) * 1000)
    return paces


@contextmanager
def without_collecting() -> Iterator[None]:
    """As timeit does: where requests come in the same order again and again, the collector falls
    on the same one each time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def get(archive: Archive, page: Page):
    client = archive.client(getattr(archive.cast, page.who))
    response = client.get(page.url.format(**archive.places))
    assert response.status_code == 200, (page, response.status_code, response.headers)
    return response


def lines_of(response) -> int:
    """How many stories the list shows; 0 on other pages."""
    return len(response.context["cl"].result_list) if "cl" in response.context else 0
