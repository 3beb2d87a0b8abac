"""The demo's pictures: a file is cleaned and copied in all its sizes once, whoever shows it."""

from copy import copy
from pathlib import Path

from django.core.files import File

from articles.models import Picture
from bureaus.models import Bureau

FOLDER = Path(__file__).parent / "pictures"


class Pictures:
    """``shown`` says by the stem of a file's name what there is to see."""

    def __init__(self, shown: dict[str, str]):
        self.shown = shown
        self.made: dict[tuple[str, str, str], Picture] = {}
        self.files: dict[str, Picture] = {}

    def of(self, bureau: Bureau, entry: dict[str, str] | None) -> tuple[Picture | None, str]:
        """The bureau's picture, and the story's own caption if it is not the picture's."""
        if not entry:
            return None, ""
        key = (bureau.slug, entry["file"], entry["credit"])
        if key not in self.made:
            self.made[key] = self._make(bureau, entry)
        picture = self.made[key]
        return picture, "" if picture.caption == entry["caption"] else entry["caption"]

    def _make(self, bureau: Bureau, entry: dict[str, str]) -> Picture:
        name = entry["file"]
        picture = Picture()
        if name in self.files:
            # Another row for the same files.
            picture = copy(self.files[name])
            picture.pk, picture._state.adding = None, True
        picture.bureau = bureau
        picture.caption = entry["caption"]
        picture.credit = entry["credit"]
        picture.alt_text = entry.get("alt") or self.shown[Path(name).stem]
        if name in self.files:
            picture.save()
            return picture
        with (FOLDER / name).open("rb") as file:
            picture.file = File(file, name=name)
            picture.save()
        self.files[name] = picture
        return picture
