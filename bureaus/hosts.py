"""Which site a host name means, and the absolute address of a page on a site."""

import re
from dataclasses import dataclass, field
from typing import Literal

from django.conf import settings

from bureaus.models import Bureau, Network

Kind = Literal["network", "bureau", "desk", "unknown"]
URLCONFS: dict[Kind, str] = {
    "network": "newsroom.urls.network",
    "bureau": "newsroom.urls.bureau",
    "desk": "newsroom.urls.desk",
    "unknown": "newsroom.urls.unknown",
}
# What Django's own look at a host lets pass; anything else is a stranger's.
HOST = re.compile(r"[a-z0-9.-]+(:[0-9]+)?")


@dataclass(frozen=True)
class Site:
    """What one host serves. ``bureaus`` are the open ones, for menus; the desk reads none.

    A host below the network's domain that is nobody's, mistyped or of a closed bureau, is
    "unknown": it serves nothing, but says so under the network's masthead.
    """

    kind: Kind
    network: Network | None = None
    bureau: Bureau | None = None
    bureaus: tuple[Bureau, ...] = field(default=(), repr=False)

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
    bureaus = tuple(Bureau.objects.open().select_related("network"))
    for bureau in bureaus:
        if host in (f"{bureau.slug}.{domain}", bureau.custom_domain):
            return Site("bureau", bureau.network, bureau, bureaus)
    if host == domain or host.endswith(f".{domain}"):
        network = bureaus[0].network if bureaus else Network.objects.get()
        return Site("network" if host == domain else "unknown", network, None, bureaus)
    return None


def host_of(bureau: Bureau | None) -> str:
    """The host that serves a bureau, or the network when it is None; with the port, if any."""
    if bureau is None:
        return settings.DOMAIN
    return bureau.custom_domain or f"{bureau.slug}.{settings.DOMAIN}"


def absolute_url(bureau: Bureau | None, path: str) -> str:
    """A full address on the right host, whatever host is asked."""
    return f"{settings.SCHEME}://{host_of(bureau)}{path}"


def desk_url(path: str) -> str:
    """A full address on the desk."""
    return f"{settings.SCHEME}://desk.{settings.DOMAIN}{path}"
