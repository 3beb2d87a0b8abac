"""Posts, films and maps of other services, named by an address that somebody has pasted.

Nothing is ever asked of these services: a story shows a card with a link, and a reader who taps it
goes there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 500  # letters of an address
_SAFE_PATH = "/@:!$&'()*+,;=-._~%"


@dataclass(frozen=True)
class Embed:
    """``url`` is one of the ways in which the service writes the address, without what tracks."""

    service: str
    url: str
    kind: "StrOrPromise"

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.removeprefix("www.")


def read(address: str) -> Embed | None:
    """What an address leads to; None for what is no address of a known service.

    Reading the ``url`` of an answer gives the same answer.
    """
    text = address.strip()
    if len(text) > LONGEST or re.search(r"[\s\\<>\"'`\x00-\x1f]", text):
        return None
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        is_plain = parts.port is None and parts.username is None and parts.password is None
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not is_plain:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    reader = _READERS.get(host)
    found = reader(host, parts.path, parse_qs(parts.query)) if reader else None
    place = _OSM_PLACE.match(parts.fragment)
    if found and found.service == "OpenStreetMap" and place:
        return replace(found, url=f"{found.url}#{place[0]}")
    return found


# Zoom, latitude and longitude, which OpenStreetMap writes behind the address of what is marked.
_OSM_PLACE = re.compile(r"map=\d{1,2}/-?\d{1,2}(?:\.\d{1,8})?/-?\d{1,3}(?:\.\d{1,8})?", re.ASCII)
Query = dict[str, list[str]]
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
# Where a film is to begin: 90, 90s, 1h2m3s.
_START = re.compile(r"(?:\d{1,6}s?|(?=\d)(?:\d{1,2}h)?(?:\d{1,3}m)?(?:\d{1,3}s)?)", re.ASCII)


def _first(query: Query, name: str) -> str:
    return query.get(name, [""])[0]


def _kept(query: Query, *names: str) -> dict[str, str]:
    return {name: _first(query, name) for name in names if name in query}


def _youtube(host: str, path: str, query: Query) -> Embed | None:
    found = re.fullmatch(r"/(shorts|live|embed)/([\w-]{6,20})/?", path, re.ASCII)
    if host == "youtu.be":
        found_id = path.strip("/")
    elif found:
        found_id = found[2]
    else:
        found_id = _first(query, "v") if path == "/watch" else ""
    if not re.fullmatch(r"[\w-]{6,20}", found_id, re.ASCII):
        return None
    start = _START.fullmatch(_first(query, "t") or _first(query, "start"))
    at = f"&t={start[0]}" if start else ""
    return Embed("YouTube", f"https://www.youtube.com/watch?v={found_id}{at}", _("Video"))


def _instagram(host: str, path: str, query: Query) -> Embed | None:
    found = re.fullmatch(r"(?:/[\w.]+)?/(p|reel|tv)/([\w-]+)/?", path, re.ASCII)
    if not found:
        return None
    kind = _("Post") if found[1] == "p" else _("Video")
    return Embed("Instagram", f"https://www.instagram.com/{found[1]}/{found[2]}/", kind)


def _x(host: str, path: str, query: Query) -> Embed | None:
    found = re.match(r"/(\w{1,20})/status/(\d{1,25})(?:/|$)", path, re.ASCII)
    return found and Embed("X", f"https://x.com/{found[1]}/status/{found[2]}", _("Post"))


def _tiktok(host: str, path: str, query: Query) -> Embed | None:
    found = re.fullmatch(r"/(@[\w.]{1,40}/(?:video|photo)/\d{1,25})/?", path, re.ASCII)
    if host == "tiktok.com":
        return found and Embed("TikTok", f"https://www.tiktok.com/{found[1]}", _("Video"))
    code = path.strip("/")
    return Embed("TikTok", f"https://{host}/{code}/", _("Video")) if _ID.fullmatch(code) else None


_FACEBOOK = re.compile(
    r"/(?:[\w.-]+/(?:posts|videos|photos)/[\w.%/-]+|reel/\d+|share/(?:[pvr]/)?\w+|[\w.]+/reels?/\d+)/?",
    re.ASCII,
)


def _facebook(host: str, path: str, query: Query) -> Embed | None:
    if host == "fb.watch":
        code = path.strip("/")
        url = f"https://fb.watch/{code}/"
        return Embed("Facebook", url, _("Video")) if _ID.fullmatch(code) else None
    if path.rstrip("/") == "/watch" and _first(query, "v").isdecimal():
        return Embed("Facebook", f"https://www.facebook.com/watch/?v={query['v'][0]}", _("Video"))
    if path in ("/permalink.php", "/story.php", "/photo.php", "/photo/"):
        kept = {name: _first(query, name) for name in ("story_fbid", "fbid", "id")}
        kept = {name: value for name, value in kept.items() if _ID.fullmatch(value)}
        url = f"https://www.facebook.com{path}?{urlencode(kept)}"
        return Embed("Facebook", url, _("Post")) if kept else None
    if not _FACEBOOK.fullmatch(path):
        return None
    kind = _("Video") if re.search(r"/(?:videos|reels?|v|r)/", path) else _("Post")
    return Embed("Facebook", f"https://www.facebook.com{_path(path)}", kind)


def _google_map(host: str, path: str, query: Query) -> Embed | None:
    if not re.match(r"/maps(?:/|$)", path) and not host.startswith("maps."):
        return None
    kept = _kept(query, "q", "query", "api", "ll")
    url = f"https://{'' if host.startswith('maps.') else 'www.'}{host}{_path(path)}"
    return Embed("Google Maps", f"{url}?{urlencode(kept)}" if kept else url, _("Map"))


def _short_map(host: str, path: str, query: Query) -> Embed | None:
    pattern = r"/maps/[\w-]{1,40}/?" if host == "goo.gl" else r"/[\w-]{1,40}/?"
    found = re.fullmatch(pattern, path, re.ASCII)
    return found and Embed("Google Maps", f"https://{host}{path.rstrip('/')}", _("Map"))


def _open_street_map(host: str, path: str, query: Query) -> Embed | None:
    kept = _kept(query, "mlat", "mlon", "query")
    url = f"https://www.openstreetmap.org{_path(path) or '/'}"
    return Embed("OpenStreetMap", f"{url}?{urlencode(kept)}" if kept else url, _("Map"))


def _path(path: str) -> str:
    return quote(path, safe=_SAFE_PATH)


_READERS: dict[str, Callable[[str, str, Query], Embed | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube,
    "instagram.com": _instagram,
    "x.com": _x,
    "twitter.com": _x,
    "tiktok.com": _tiktok,
    "vm.tiktok.com": _tiktok,
    "vt.tiktok.com": _tiktok,
    "facebook.com": _facebook,
    "web.facebook.com": _facebook,
    "fb.watch": _facebook,
    "google.com": _google_map,
    "google.co.id": _google_map,
    "maps.google.com": _google_map,
    "goo.gl": _short_map,
    "maps.app.goo.gl": _short_map,
    "openstreetmap.org": _open_street_map,
}
