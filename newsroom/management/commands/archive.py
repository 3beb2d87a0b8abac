"""``manage.py archive --stories N``: fill the database with an archive, to measure it."""

import os
import time
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import connection

from articles.models import Article
from newsroom.archive.filling import analyse, fill
from newsroom.archive.stories import Plan

AT_DESK = 1000
SHOWN_EVERY = 5  # seconds


class Command(BaseCommand):
    help = (
        "Fill the database with an archive of made-up stories, to measure what size does. "
        "Not for a newsroom that people read: it writes history without anybody's verbs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stories", type=_number, required=True, help="How many.")
        parser.add_argument("--seed", type=int, default=1, help="Another one: other stories.")
        parser.add_argument(
            "--years", type=float, default=10, help="Over how many years; 10 unless given."
        )
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            default=None,
            help="The day after the last story, as 2026-05-22; today unless given. The same "
            "number, seed, years and day give the same stories.",
        )
        parser.add_argument(
            "--add", action="store_true", help="Although the newsroom has stories already."
        )
        parser.add_argument(
            "--processes", type=_number, default=os.cpu_count() or 1, help="That write stories."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError(
                f"An archive is not for a real domain ({settings.DOMAIN}): its stories are made up."
            )
        if not options["add"] and Article.objects.exists():
            raise CommandError("This newsroom has stories. --add puts the archive beside them.")
        stories = options["stories"]
        plan = Plan(
            stories=stories,
            seed=options["seed"],
            years=options["years"],
            until=options["until"] or date.today(),
            at_desk=min(AT_DESK, stories // 4),
        )
        self.start = self.shown = time.monotonic()
        self.stories = stories
        fill(plan, processes=options["processes"], report=self.report)
        self.note("counting what is there for the planner …")
        analyse()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
        self.note(f"{stories:,} stories are in the database, which has {size / 1e9:.2f} GB.")

    def report(self, done: int) -> None:
        now = time.monotonic()
        if done < self.stories and now - self.shown < SHOWN_EVERY:
            return
        self.shown = now
        rate = done / (now - self.start)
        left = (self.stories - done) / rate
        self.note(f"{done:,} of {self.stories:,} stories, {rate:.0f} a second, {left:.0f} s left")
        if done == self.stories:
            self.note("making indexes and constraints …")

    def note(self, text: str) -> None:
        self.stdout.write(f"{time.monotonic() - self.start:6.0f} s  {text}")
        self.stdout.flush()


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("at least 1")
    return number
