"""The demo's pictures: a file is cleaned and copied in all its sizes once, whoever shows it."""

from pathlib import Path

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
        picture = Picture(
            bureau=bureau,
            caption=entry["caption"],
            credit=entry["credit"],
            alt_text=entry.get("alt") or self.shown[Path(name).stem],
        )
        twin = self.files.get(name)
        if twin is None:
            with (FOLDER / name).open("rb") as file:
                picture.receive(file)
            picture.save()
            self.files[name] = picture
            return picture
        # Another row for the same files, past save(), which would draw them anew with its credit.
        for field in ("original", "width", "height", "tone", "key", "made"):
            setattr(picture, field, getattr(twin, field))
        return Picture.objects.bulk_create([picture])[0]
