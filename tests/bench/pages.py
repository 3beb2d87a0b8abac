"""The pages that are measured, found in whatever archive there is.

``python -m tests.bench.pages`` prints them as JSON, with pages of the desk for an editor who is
signed in, and the paths of a thousand stories.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from articles.models import Listing, Tag
from bureaus.hosts import host_of
from bureaus.models import Bureau, Membership, Role

DEEP = 1900  # lines before page 100 of a section
RANDOM = 1000  # stories that are asked for by turns


@dataclass(frozen=True)
class Page:
    name: str
    host: str
    path: str
    cookie: str = ""


def largest_bureau() -> Bureau:
    """The one that has published most lately."""
    since = timezone.now() - timedelta(days=30)
    return max(
        Bureau.objects.open(),
        key=lambda bureau: _lines(f"bureau:{bureau.pk}").filter(first_published__gte=since).count(),
    )


def pages() -> Iterator[Page]:
    """Equal pages of an archive of any size: each list is full."""
    bureau = largest_bureau()
    own, network = host_of(bureau), host_of(None)
    name = f"bureau:{bureau.pk}"
    lines = _lines(name).filter(placement=None, edition__picture__isnull=False)
    if menu := list(bureau.sections.all()):
        # Another section would cost a statement of its own.
        lines = lines.filter(edition__section__in=menu)
    line = lines[200]
    yield Page("article", own, line.edition.address.path)
    yield Page("front of a bureau", own, "/")
    yield Page("front of the network", network, "/")
    section = line.edition.section
    yield Page("section", own, f"/rubrik/{section.slug}")
    in_section = _lines(f"{name}/section:{section.pk}")
    deep = in_section[max(0, min(DEEP, in_section.count() - 25))]
    cursor = f"{int(deep.first_published.timestamp() * 1_000_000)}-{deep.pk}"
    yield Page("section, page 100", own, f"/rubrik/{section.slug}?sebelum={cursor}")
    for kind, tag in zip(("frequent", "middling", "rare"), _tags(), strict=True):
        yield Page(f"tag, {kind}", network, f"/topik/{tag.slug}")
    yield Page("latest", own, "/terkini")
    day = line.first_published.astimezone(bureau.zone)
    yield Page("index by date", own, f"/indeks/{day:%Y/%m/%d}")
    yield Page("feed", own, "/rss")
    yield Page("sitemap", own, "/sitemap.xml")
    yield Page("sitemap of a month", own, f"/sitemap-{line.first_published:%Y-%m}.xml")
    yield Page("sitemap of the news", own, "/sitemap-news.xml")


def desk_pages() -> Iterator[Page]:
    """What the editor of the largest bureau sees; as much waits there in an archive of any size."""
    held = Membership.objects.filter(role=Role.BUREAU_EDITOR, bureau=largest_bureau())
    browser = Client()
    browser.force_login(held.earliest("pk").user)
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={browser.cookies[name].value}"
    host = f"desk.{settings.DOMAIN}"
    yield Page("desk, queue", host, "/", cookie)
    yield Page("desk, stories", host, "/articles/article/", cookie)


def _lines(name: str):
    lines = Listing.objects.filter(list=name, live__contains=timezone.now())
    return lines.order_by("-first_published", "-id")


def _tags() -> list[Tag]:
    """The commonest; one that fills a page some times over; one of three stories or so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(list, 5)::bigint, count(*) FROM articles_listing"
            " WHERE list LIKE 'tag:%' AND upper_inf(live) GROUP BY list ORDER BY 2 DESC"
        )
        found = cursor.fetchall()
    middling = min(found, key=lambda row: abs(row[1] - 100))
    rare = min(found, key=lambda row: abs(row[1] - 25))
    return [Tag.objects.get(pk=row[0]) for row in (found[0], middling, rare)]


def stories() -> list[str]:
    """Paths of stories of the largest bureau from all over its archive."""
    own = _lines(f"bureau:{largest_bureau().pk}").filter(placement=None)
    step = max(own.count() // RANDOM, 1)
    some = own.alias(part=F("article_id") % step).filter(part=0)[:RANDOM]
    lines = some.select_related("edition__address").defer("edition__body")
    return [line.edition.address.path for line in lines]


if __name__ == "__main__":
    readers, desk = ([asdict(page) for page in found] for found in (pages(), desk_pages()))
    print(json.dumps({"pages": readers, "desk": desk, "stories": stories()}))
