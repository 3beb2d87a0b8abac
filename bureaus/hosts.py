"""Which site a host name means, and the absolute address of a page on a site."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import translation

from bureaus.models import Bureau, Network

Kind = Literal["network", "bureau", "closed", "desk", "unknown"]
URLCONFS: dict[Kind, str] = {
    "network": "newsroom.urls.network",
    "bureau": "newsroom.urls.bureau",
    "closed": "newsroom.urls.closed",
    "desk": "newsroom.urls.desk",
    "unknown": "newsroom.urls.unknown",
}
# What Django's own look at a host lets pass; anything else is a stranger's.
HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")


@dataclass(frozen=True)
class Site:
    """What one host serves. ``bureaus`` are the open ones, for menus; the desk reads none.

    ``sections`` are those of the site's menu, in order. A host below the network's domain that is
    nobody's, mistyped or of a bureau in preparation, is "unknown": it serves nothing, but says so
    under the network's masthead. That of a bureau that has closed leads to the network.
    """

    kind: Kind
    network: Network | None = None
    bureau: Bureau | None = None
    bureaus: tuple[Bureau, ...] = field(default=(), repr=False)
    sections: tuple[models.Model, ...] = field(default=(), repr=False)

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
    domain = settings.DOMAIN
    if host == f"desk.{domain}":
        return Site("desk")
    network, every, sections = _menu()
    bureaus = tuple(bureau for bureau in every if bureau.is_open)
    for bureau in every:
        if host not in (f"{bureau.slug}.{domain}", bureau.custom_domain):
            continue
        if bureau.is_open:
            return Site("bureau", network, bureau, bureaus, _of(bureau, sections))
        if bureau.state == Bureau.State.CLOSED:
            return Site("closed", network, bureau, bureaus, sections)
    if host == domain or host.endswith(f".{domain}"):
        kind: Kind = "network" if host == domain else "unknown"
        return Site(kind, network, None, bureaus, sections)
    return None


def network_site() -> Site:
    """The network's own site, whatever host is asked; for previews at the desk."""
    network, every, sections = _menu()
    bureaus = tuple(bureau for bureau in every if bureau.is_open)
    return Site("network", network, None, bureaus, sections)


def bureau_site(bureau: Bureau) -> Site:
    """The site of a bureau, whatever host is asked and whether it is open yet or not."""
    network, every, sections = _menu()
    bureaus = tuple(other for other in every if other.is_open)
    own = next(other for other in every if other.pk == bureau.pk)
    return Site("bureau", network, own, bureaus, _of(own, sections))


def _menu() -> tuple[Network, list[Bureau], tuple[models.Model, ...]]:
    """The network with all its bureaus and sections, in one row of one query."""
    section_model = apps.get_model("articles", "Section")
    chosen = Bureau.sections.through.objects.filter(bureau=OuterRef("pk"))
    bureau_fields, section_fields = _columns(Bureau), _columns(section_model)
    network = Network.objects.annotate(
        _bureaus=ArraySubquery(
            Bureau.objects.order_by("name").values(
                row=JSONObject(
                    **{name: name for name in bureau_fields},
                    menu=ArraySubquery(chosen.values("section_id")),
                )
            )
        ),
        _sections=ArraySubquery(
            section_model.objects.order_by("position", "name").values(
                row=JSONObject(**{name: name for name in section_fields})
            )
        ),
    ).get()
    bureaus = []
    for row in network._bureaus:
        bureau = _from_row(Bureau, bureau_fields, row)
        bureau.network = network
        bureau.menu = frozenset(row["menu"])
        bureaus.append(bureau)
    sections = tuple(_from_row(section_model, section_fields, row) for row in network._sections)
    return network, bureaus, sections


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _from_row(model: type[models.Model], names: list[str], row: dict[str, Any]) -> Any:
    values = [
        field.to_python(row[field.attname])
        for field in model._meta.concrete_fields
        if field.attname in names
    ]
    return model.from_db("default", names, values)


def _of(bureau: Bureau, sections: tuple[models.Model, ...]) -> tuple[models.Model, ...]:
    """The sections that the bureau has chosen for its menu; all of them if it chose none."""
    return tuple(section for section in sections if section.pk in bureau.menu) or sections


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
    if language is None:
        return absolute_url(bureau, reverse(name, urlconf=urlconf, kwargs=parts))
    with translation.override(language):
        return absolute_url(bureau, reverse(name, urlconf=urlconf, kwargs=parts))


def desk_url(path: str) -> str:
    """A full address on the desk."""
    return f"{settings.SCHEME}://desk.{settings.DOMAIN}{path}"
