"""The demo's pictures: a file is cleaned and copied in all its sizes once, whoever shows it."""

from pathlib import Path

from articles.models import Picture
from bureaus.models import Bureau

FOLDER = Path(__file__).parent / "pictures"
# Of a drawing that stands for many places: nobody took it.
ILLUSTRATION = "Ilustrasi Bentara"


class Pictures:
    """``drawings`` has, by the stem of a file's name, the caption and the alternative text of what
    illustrates more than one story; of any other file the story tells these itself."""

    def __init__(self, drawings: dict[str, dict[str, str]]):
        self.drawings = drawings
        self.made: dict[tuple[str, str, str], Picture] = {}
        self.files: dict[str, Picture] = {}

    def of(self, bureau: Bureau, entry: dict[str, str] | None) -> tuple[Picture | None, str]:
        """The bureau's picture, and the story's own caption if it is not the picture's."""
        if not entry:
            return None, ""
        drawing = self.drawings.get(Path(entry["file"]).stem, {})
        entry = {"credit": ILLUSTRATION} | drawing | entry
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
            alt_text=entry["alt"],
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
