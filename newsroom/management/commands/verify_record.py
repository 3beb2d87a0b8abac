"""``manage.py verify_record``: is every story's chain of editions and notices whole?"""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from articles import record
from articles.models import Article


class Command(BaseCommand):
    help = "Recompute the hashes of every edition and notice and compare the chains."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--story", type=int, help="Only the story with this number.")

    def handle(self, *args: Any, story: int | None = None, **options: Any) -> None:
        stories = Article.objects.order_by("pk")
        if story is not None:
            stories = stories.filter(pk=story)
        checked = records = 0
        broken: list[str] = []
        for article in stories.iterator(chunk_size=500):
            checked += 1
            records += article.record_length
            broken += record.faults(article)
        if story is not None and not checked:
            raise CommandError(f"There is no story {story}.")
        if broken:
            raise CommandError("\n".join(["The record is broken:", *broken]))
        self.stdout.write(f"{checked} stories, {records} records: the record is whole.")
