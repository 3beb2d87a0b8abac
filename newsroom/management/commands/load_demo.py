"""``manage.py load_demo``: the demo newsroom, once."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from bureaus.models import Bureau
from newsroom.demo import loader


class Command(BaseCommand):
    help = "Load the demo newsroom unless it is there already, and print its logins."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError(
                f"The demo newsroom is not for a real domain ({settings.DOMAIN}). "
                "Set NEWSROOM_DEMO=0."
            )
        if not loader.is_loaded():
            if Bureau.objects.exists():
                self.stdout.write("Demo not loaded: this newsroom has bureaus of its own.")
                return
            loader.load(demo_password(settings.DATA_DIR))
        self.stdout.write("Demo logins (one password): " + ", ".join(loader.LOGINS))
        self.stdout.write(f"Password: {demo_password(settings.DATA_DIR)}")


def demo_password(data_dir: Path) -> str:
    """The password of the demo's logins; made at the first call and kept for the next."""
    path = data_dir / "demo_password"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(9))
    return path.read_text().strip()
