"""What the lists are called, and which of them a story belongs to."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from articles.models import Edition
from bureaus.models import Bureau, TimeZone

NETWORK = "network"


@dataclass(frozen=True)
class Front:
    """Whose front: a bureau's or, with None, the network's; with the clock that it goes by."""

    bureau: Bureau | None

    @property
    def list_name(self) -> str:
        return of_site(self.bureau)

    @property
    def zone(self) -> ZoneInfo:
        return self.bureau.zone if self.bureau else ZoneInfo(settings.TIME_ZONE)

    @property
    def zone_label(self) -> str:
        return self.bureau.zone_label if self.bureau else TimeZone(settings.TIME_ZONE).name


def of_bureau(bureau_id: int) -> str:
    return f"bureau:{bureau_id}"


def of_site(bureau: Bureau | None) -> str:
    """Everything on a bureau's site, or on the network's with None."""
    return of_bureau(bureau.pk) if bureau else NETWORK


def of_section(section_id: int | None, bureau: Bureau | None = None) -> str:
    """A section on a bureau's site, or across the network with None."""
    section = f"section:{section_id}"
    return f"{of_bureau(bureau.pk)}/{section}" if bureau else section


def of_tag(tag_id: int) -> str:
    return f"tag:{tag_id}"


def of_author(author_id: int) -> str:
    return f"author:{author_id}"


def names_for(edition: Edition) -> list[str]:
    """Every list of the home bureau and the network that the edition stands on."""
    section = edition.section_id
    return [
        NETWORK,
        of_bureau(edition.bureau_id),
        of_section(section),
        of_section(section, edition.bureau),
        *(of_tag(tag["id"]) for tag in edition.tags),
        *sorted({of_author(byline["id"]) for byline in edition.bylines}),
    ]
