"""What a photographer or an agency has written into a file. Runs in the bounded process alone.

Read from XMP, IPTC-IIM and EXIF, in this order of trust (IPTC Photo Metadata Standard 2023.2).
Whatever is broken is passed over: a photo with bad metadata is still a photo.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any
from xml.etree import ElementTree

from PIL import ImageFile, IptcImagePlugin

from newsroom.renditions.packet import SOURCE_TYPES

# Letters that the library keeps of each.
LONGEST = {
    "caption": 1000,
    "credit": 100,
    "creator": 100,
    "copyright": 200,
    "place": 120,
    "keywords": 300,
    "camera": 100,
    "holder": 100,
}
Words = dict[str, str]

_XMP_LIMIT = 1024 * 1024  # bytes; a packet of a camera has some thousand
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_PLACES = (f"{_CORE}Location", f"{_PHOTOSHOP}City", f"{_PHOTOSHOP}State", f"{_PHOTOSHOP}Country")
_AUX = "{http://ns.adobe.com/exif/1.0/aux/}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
# Around what a packet says; alone it says nothing. Some programs fill it up with nulls.
_FRAME = re.compile(r"<\?.*?\?>|</?x:xmpmeta\b[^>]*>|<rdf:RDF\b[^>]*/>|[\s\0\ufeff]", re.DOTALL)
_WORD = re.compile(r"\w+")
_DATE = re.compile(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)")
# What cameras write where a person would.
_CAMERAS = re.compile(r"(?i)^(olympus|samsung|sony|nikon|canon|default|dcim|digital camera|x?img_)")


def read_words(image: ImageFile.ImageFile) -> Words:
    """Caption, credit, creator, copyright, place, keywords (parted by commas), ``taken`` as an
    ISO date, ``ai`` ("made" or "altered"), ``camera`` (maker and model), ``unreadable`` (what
    there is and cannot be read) and ``cut`` (what was too long); only those that the file has.

    Whose the camera is took the picture where nobody else is said to have; without a credit of its
    own whoever made the picture is credited."""
    found: Words = {}
    readers: tuple[Callable[[ImageFile.ImageFile], Words], ...] = (_of_xmp, _of_iptc, _of_exif)
    for read in readers:
        with suppress(Exception):  # no reader may stop the photo, whatever its bytes do to it
            for name, value in read(image).items():
                tidy = _tidied(name, value)
                if tidy and name not in found:
                    found[name] = tidy
                    if name == "caption" and tidy != _spaced(value):
                        found["cut"] = name
    if holder := found.pop("holder", ""):
        found.setdefault("creator", holder)
    if "creator" in found:
        found.setdefault("credit", found["creator"])
    return found


def _tidied(name: str, value: str) -> str:
    if name in ("taken", "ai", "unreadable"):
        return value
    tidy, longest = _spaced(value), LONGEST[name]
    if len(tidy) <= longest:
        return tidy
    # Between two words, where there are any.
    kept = tidy[:longest]
    return f"{kept.rpartition(' ')[0] or kept[:-1]}…"


def _spaced(value: str) -> str:
    spaced = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in value)
    return " ".join(spaced.split())


def _decoded(raw: bytes) -> str:
    """UTF-8 where it is that; else what old programs in the West have written."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _as_date(words: str) -> str:
    parts = _DATE.match(words.strip())
    if not parts:
        return ""
    year, month, day = map(int, parts.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


# XMP


def _of_xmp(image: ImageFile.ImageFile) -> Words:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    text = packet if isinstance(packet, str) else _decoded(packet)
    if not _FRAME.sub("", text):
        return {}
    try:
        return _of_packet(text)
    except (ElementTree.ParseError, ValueError):
        # Nobody knows what it says of whose the photo is; that a machine made it is one word.
        words = [code.rpartition("/")[2] for code in SOURCE_TYPES.values()]
        said = dict(zip(words, SOURCE_TYPES, strict=True))
        ai = next((said[word] for word in _WORD.findall(text) if word in said), "")
        return {"unreadable": "xmp", "ai": ai}


def _of_packet(text: str) -> Words:
    """Raises ValueError or ParseError for what cannot be read, or is not to be."""
    if len(text) > _XMP_LIMIT or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError
    start, end = text.find("<rdf:RDF"), text.rfind("</rdf:RDF>")
    if min(start, end) < 0:
        raise ValueError
    root = ElementTree.fromstring(text[start : end + len("</rdf:RDF>")])
    values = _properties(root)
    source = next(iter(values.get(f"{_EXT}DigitalSourceType", [])), "")
    ai = next((name for name, code in SOURCE_TYPES.items() if code == source), "")
    return {
        "caption": _first(values, f"{_DC}description"),
        "credit": _first(values, f"{_PHOTOSHOP}Credit"),
        "creator": _joined(values.get(f"{_DC}creator", [])),
        "holder": _first(values, f"{_AUX}OwnerName"),
        "copyright": _first(values, f"{_DC}rights"),
        "place": _joined(place for name in _PLACES for place in values.get(name, [])),
        "keywords": _joined(values.get(f"{_DC}subject", [])),
        "taken": _as_date(_first(values, f"{_PHOTOSHOP}DateCreated")),
        "camera": _joined(_first(values, f"{_TIFF}{name}") for name in ("Make", "Model")),
        "ai": ai,
    }


def _properties(root: ElementTree.Element) -> dict[str, list[str]]:
    """Every property of the described resource: simple, as an attribute, or a list."""
    values: dict[str, list[str]] = {}
    for described in root.iter(f"{_RDF}Description"):
        for name, value in described.attrib.items():
            values.setdefault(name, []).append(value)
        for child in described:
            items = [item.text or "" for item in child.iter(f"{_RDF}li")]
            values.setdefault(child.tag, []).extend(items or [child.text or ""])
    return values


def _first(values: Mapping[str, list[str]], name: str) -> str:
    return next((value for value in values.get(name, []) if value.strip()), "")


# IPTC-IIM (IPTC-NAA Information Interchange Model 4.2, record 2)


def _of_iptc(image: ImageFile.ImageFile) -> Words:
    records: dict[tuple[int, int], Any] = IptcImagePlugin.getiptcinfo(image) or {}

    def values(number: int) -> list[str]:
        raw = records.get((2, number), [])
        return [_decoded(part) for part in (raw if isinstance(raw, list) else [raw])]

    def one(number: int) -> str:
        return next(iter(values(number)), "")

    return {
        "caption": one(120),
        "credit": one(110),
        "creator": _joined(values(80)),
        "copyright": one(116),
        "place": _joined(one(number) for number in (92, 90, 95, 101)),
        "keywords": _joined(values(25)),
        "taken": _as_date(one(55)),
    }


# EXIF 2.32


def _of_exif(image: ImageFile.ImageFile) -> Words:
    exif = image.getexif()

    def text(value: Any) -> str:
        if isinstance(value, bytes):
            return _decoded(value)
        # Pillow reads text as Latin-1; phones write UTF-8.
        return _decoded(value.encode("latin-1", "replace")) if isinstance(value, str) else ""

    described = text(exif.get(0x010E)).strip()
    details = exif.get_ifd(0x8769)
    taken = details.get(0x9003) or exif.get(0x0132)
    return {
        "caption": "" if _CAMERAS.match(described) else described,
        "creator": text(exif.get(0x013B)),
        "holder": text(details.get(0xA430)),
        "copyright": text(exif.get(0x8298)),
        "taken": _as_date(text(taken)),
        "camera": _joined(text(exif.get(tag)) for tag in (0x010F, 0x0110)),
    }
