"""``manage.py with_database <command>``: any command, on an embedded database started for it."""

import argparse
import contextlib
import os
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser, execute_from_command_line

from newsroom.database import DatabaseBusyError, EmbeddedServer


class Command(BaseCommand):
    help = "Run another command; the embedded database is started for it unless it runs already."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("arguments", nargs=argparse.REMAINDER, metavar="command")

    def handle(self, *args: Any, arguments: list[str], **options: Any) -> None:
        with contextlib.ExitStack() as stack:
            if not os.environ.get("DATABASE_URL"):
                # Busy: `manage.py run` serves these data, and its server answers this command too.
                with contextlib.suppress(DatabaseBusyError):
                    stack.enter_context(EmbeddedServer(settings.DATA_DIR))
            execute_from_command_line(["manage.py", *arguments])
