"""Which site a host name means, and the absolute address of a page on a site."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import count
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation

from bureaus.models import Bureau, Network, UsedHost
from newsroom.statements import fetch, numbered

Kind = Literal["network", "bureau", "closed", "moved", "desk", "unknown"]
URLCONFS: dict[Kind, str] = {
    "network": "newsroom.urls.network",
    "bureau": "newsroom.urls.bureau",
    "closed": "newsroom.urls.closed",
    "moved": "newsroom.urls.moved",
    "desk": "newsroom.urls.desk",
    "unknown": "newsroom.urls.unknown",
}
# What Django's own look at a host lets pass; anything else is a stranger's.
HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")


@dataclass(frozen=True)
class Site:
    """What one host serves. ``bureaus`` are the open ones, for menus; the desk reads none.

    ``sections`` are those of the site's menu, in order; ``pages`` are the kinds of standing pages
    (articles.Page.Kind) on which it has something to say. A host below the network's domain that
    is nobody's, mistyped or of a bureau in preparation, is "unknown": it serves nothing, but says
    so under the network's masthead. That of a bureau that has closed leads to the network, and one
    at which a bureau was read before it "moved" leads to where it is now.
    """

    kind: Kind
    network: Network | None = None
    bureau: Bureau | None = None
    bureaus: tuple[Bureau, ...] = field(default=(), repr=False)
    sections: tuple[models.Model, ...] = field(default=(), repr=False)
    pages: tuple[str, ...] = field(default=(), repr=False)
    #: another one in this process after every change of a network, bureau, section or page
    version: int = 0

    @property
    def urlconf(self) -> str:
        return URLCONFS[self.kind]

    @property
    def name(self) -> str:
        """The masthead's words: "Bentara", or "Bentara Cilacap" on a bureau's site."""
        return " ".join(str(part) for part in (self.network, self.bureau) if part)


def find_site(host: str) -> Site | None:
    """The site for a Host header such as "cilacap.example.id:8000", or None for a stranger's.

    A name may end in the dot of a full domain name. One query for a public site, none for the desk
    or for what is no host's name at all.
    """
    if not HOST.fullmatch(host.lower()):
        return None
    name, colon, port = host.lower().partition(":")
    host = f"{name.removesuffix('.')}{colon}{port}"
    if host == f"desk.{settings.DOMAIN}":
        return Site("desk")
    menu = _menu(host)
    _Remembered.menu = replace(menu, moved=None)
    return menu.site_at(host)


def remembered_site(host: str) -> Site | None:
    """The site as this process last saw it, for error pages while the database is away.

    None for a stranger's host, and before any site was found. Nothing may be decided by it.
    """
    menu = _Remembered.menu
    return menu.site_at(host.lower()) if menu and HOST.fullmatch(host.lower()) else None


def remembered_network() -> Network | None:
    """As remembered_site(), for the desk."""
    return _Remembered.menu.network if _Remembered.menu else None


def network_site() -> Site:
    """The network's own site, whatever host is asked; for previews at the desk."""
    return _menu().site("network")


def bureau_site(bureau: Bureau) -> Site:
    """The site of a bureau, whatever host is asked and whether it is open yet or not."""
    menu = _menu()
    own = next(other for other in menu.every_bureau if other.pk == bureau.pk)
    return menu.site("bureau", own)


@dataclass(frozen=True)
class _Menu:
    """All that menus are made of, for any site."""

    network: Network
    every_bureau: list[Bureau]
    sections: tuple[models.Model, ...]
    texts: list[dict[str, Any]]  # the bureau, or None for the network, and the kind of each page
    moved: int | None  # the bureau that was ever read at the host that is asked
    version: int

    def site_at(self, host: str) -> Site | None:
        domain = settings.DOMAIN
        for bureau in self.every_bureau:
            if host in (f"{bureau.slug}.{domain}", bureau.custom_domain) and bureau.opened_at:
                return self.site_of(bureau, "bureau")
        for bureau in self.every_bureau:
            if bureau.pk == self.moved:
                return self.site_of(bureau, "moved")
        if host == domain or host.endswith(f".{domain}"):
            return self.site("network" if host == domain else "unknown")
        return None

    def site(self, kind: Kind, bureau: Bureau | None = None) -> Site:
        return Site(
            kind,
            self.network,
            bureau,
            tuple(other for other in self.every_bureau if other.is_open),
            self._sections(bureau),
            self._pages(bureau),
            self.version,
        )

    def site_of(self, bureau: Bureau, kind: Kind) -> Site:
        """The site of a bureau that readers know; once it has closed, that which leads on."""
        if bureau.is_open:
            return self.site(kind, bureau)
        return replace(self.site("closed"), bureau=bureau)

    def _sections(self, bureau: Bureau | None) -> tuple[models.Model, ...]:
        """The sections that the bureau has chosen for its menu; all of them if it chose none."""
        chosen: frozenset[int] = getattr(bureau, "menu", frozenset())
        return tuple(each for each in self.sections if each.pk in chosen) or self.sections

    def _pages(self, bureau: Bureau | None) -> tuple[str, ...]:
        kinds = apps.get_model("articles", "Page").Kind
        owners = (None, bureau.pk) if bureau else (None,)
        shown = {text["kind"] for text in self.texts if text["bureau"] in owners}
        # People and notices stand there without any text.
        shown |= {kinds.MASTHEAD, kinds.CORRECTIONS}
        masthead = (bureau or self.network).masthead
        if masthead.email or masthead.phone:
            shown.add(kinds.CONTACT)
        return tuple(kind for kind in kinds.values if kind in shown)


_versions = count(1)


class _Remembered:
    """What the last request found. Each replaces it whole, so that no lock is needed."""

    menu: _Menu | None = None
    #: the text of a row, and what it says
    read: tuple[str, _Menu] | None = None


def _menu(host: str = "") -> _Menu:
    """The network with all its bureaus, sections and pages, in one row of one query.

    It comes as one text, and what was made of the last one serves again while that is the same.
    """
    ((text, moved),) = fetch(connection, _menu_sql(), (_used_name(host),))
    read = _Remembered.read
    if read is None or read[0] != text:
        read = _Remembered.read = (text, _read_menu(json.loads(text)))
    return replace(read[1], moved=moved)


@cache
def _menu_sql() -> str:
    """Compiled once; the host's name stays to be filled in."""
    section_model = apps.get_model("articles", "Section")
    page_model = apps.get_model("articles", "Page")
    chosen = Bureau.sections.through.objects.filter(bureau=OuterRef("pk"))
    rows = Network.objects.values(
        _network=JSONObject(**{name: name for name in _columns(Network)}),
        _bureaus=ArraySubquery(
            Bureau.objects.order_by("name").values(
                row=JSONObject(
                    **{name: name for name in _columns(Bureau)},
                    menu=ArraySubquery(chosen.order_by("section_id").values("section_id")),
                )
            )
        ),
        _sections=ArraySubquery(
            section_model.objects.order_by("position", "name").values(
                row=JSONObject(**{name: name for name in _columns(section_model)})
            )
        ),
        _texts=ArraySubquery(
            page_model.objects.order_by("pk").values(
                row=JSONObject(bureau="bureau_id", kind="kind")
            )
        ),
    )
    menu, params = rows.query.sql_with_params()
    moved, (_name,) = UsedHost.objects.filter(host="?").values("bureau").query.sql_with_params()
    with connection.cursor() as cursor:
        whole = cursor.mogrify(menu, params).replace("%", "%%")
    return numbered(f"SELECT to_json(menu)::text, ({moved}) FROM ({whole}) AS menu")


def _read_menu(row: dict[str, Any]) -> _Menu:
    section_model = apps.get_model("articles", "Section")
    network = _from_row(Network, _columns(Network), row["_network"])
    bureaus = []
    for each in row["_bureaus"]:
        bureau = _from_row(Bureau, _columns(Bureau), each)
        bureau.network = network
        bureau.menu = frozenset(each["menu"])
        bureaus.append(bureau)
    columns = _columns(section_model)
    sections = tuple(_from_row(section_model, columns, each) for each in row["_sections"])
    return _Menu(network, bureaus, sections, row["_texts"], None, next(_versions))


def _used_name(host: str) -> str:
    """As a UsedHost has it: one label below the network's domain, or a whole domain."""
    label, dot, above = host.partition(".")
    if above == settings.DOMAIN:
        return label
    return host if dot else ""


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _from_row(model: type[models.Model], names: list[str], row: dict[str, Any]) -> Any:
    values = [
        field.to_python(row[field.attname])
        for field in model._meta.concrete_fields
        if field.attname in names
    ]
    return model.from_db("default", names, values)


def host_of(bureau: Bureau | None) -> str:
    """The host that serves a bureau, or the network when it is None; with the port, if any."""
    if bureau is None:
        return settings.DOMAIN
    return bureau.custom_domain or f"{bureau.slug}.{settings.DOMAIN}"


def absolute_url(bureau: Bureau | None, path: str) -> str:
    """A full address on the right host, whatever host is asked."""
    return f"{settings.SCHEME}://{host_of(bureau)}{path}"


def page_url(bureau: Bureau | None, name: str, language: str | None = None, **parts: Any) -> str:
    """The full address of a named page of a bureau's site, or of the network's with None.

    In the language that is active unless one is given; text-only within a text-only page. Raises
    NoReverseMatch for a page that the site has not.
    """
    urlconf = URLCONFS["network" if bureau is None else "bureau"]
    spoken = language or translation.get_language()
    path = _path(urlconf, name, spoken, get_script_prefix(), tuple(parts.items()))
    return absolute_url(bureau, path)


@lru_cache(maxsize=16_384)
def _path(
    urlconf: str, name: str, language: str | None, prefix: str, parts: tuple[tuple[str, Any], ...]
) -> str:
    """A page has many links to the same pages, and finding a pattern takes as long as a query."""
    with translation.override(language):
        return reverse(name, urlconf=urlconf, kwargs=dict(parts))


@contextmanager
def canonical() -> Iterator[None]:
    """Addresses made within are those that stand for all others: Indonesian, with pictures."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        with translation.override(settings.LANGUAGE_CODE):
            yield
    finally:
        set_script_prefix(before)


def desk_url(path: str) -> str:
    """A full address on the desk."""
    return f"{settings.SCHEME}://desk.{settings.DOMAIN}{path}"
