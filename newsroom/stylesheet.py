"""Readers' one style sheet, joined from the files in static/css. Knows files, no model.

The sources stay one file a component; a reader on a slow line asks for a single small file.
"""

import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseStorageFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
SOURCES = settings.BASE_DIR / "static" / "css"

# The cascade. Components that others adapt come before the rest, which follow by name: a new file
# joins by itself. Paper has the last word.
FIRST = ("tokens.css", "base.css", "layout.css")
ADAPTED = ("kicker.css", "label.css", "teaser.css", "prose.css")
LAST = ("print.css",)

_STRING = r'"(?:\\.|[^"\\])*"' + r"|'(?:\\.|[^'\\])*'"
_COMMENT = re.compile(rf"({_STRING})|/\*.*?\*/", re.DOTALL)
# Space around a combinator or a sign may be meant, and before a colon it is a descendant.
_SPACE = re.compile(rf"({_STRING})|[;\s]*(}})\s*|\s*([{{;,])\s*|(:)\s+|\s+")


def sources() -> list[Path]:
    """Every file of the sheet, in the order of the cascade."""
    components = SOURCES / "components"
    adapted = [components / name for name in ADAPTED]
    others = sorted(path for path in components.glob("*.css") if path not in adapted)
    return [
        *(SOURCES / name for name in FIRST),
        *adapted,
        *others,
        *(SOURCES / name for name in LAST),
    ]


def joined() -> str:
    """The text of the whole sheet without comments and spare white space."""
    return "".join(compact(path.read_text(encoding="utf-8")) for path in sources())


def compact(css: str) -> str:
    """The same rules in fewer bytes. Strings are left as they are."""
    css = _COMMENT.sub(lambda found: found[1] or "", css)
    return _SPACE.sub(lambda found: found[found.lastindex] if found.lastindex else " ", css).strip()


class JoinedSheetFinder(BaseStorageFinder):
    """Gives the staticfiles app the joined sheet; it is written again when a source has changed."""

    storage = FileSystemStorage(location=settings.DATA_DIR / "joined")

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        self.write()
        return super().find(path, *args, **kwargs)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        self.write()
        return super().list(ignore_patterns)

    def write(self) -> None:
        path = Path(self.storage.path(NAME))
        css = joined().encode()
        # An unchanged file keeps its date, by which the next start knows that nothing is new.
        if not path.exists() or path.read_bytes() != css:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Another process may read it at this moment: it gets the old one or the new one.
            with tempfile.NamedTemporaryFile(dir=settings.DATA_DIR, delete=False) as file:
                file.write(css)
            os.replace(file.name, path)
