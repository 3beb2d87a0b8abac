"""What it means for a bureau's stories and people when it closes."""

from django.db.models import F
from django.db.models.functions import Now

from articles.dates import stamp_in_words
from articles.models import Article, Edition
from bureaus.models import Bureau

SHOWN = 10
# Counting goes no further: a page costs the same with a million stories.
MOST_COUNTED = 1000


def consequences(bureau: Bureau) -> dict:
    """The figures and lists that the page of closing shows."""
    editions = Edition.objects.filter(bureau=bureau)
    pending = editions.uncancelled().filter(live__startswith__gt=Now())
    out = editions.uncancelled().values("article")
    drafts = Article.objects.filter(bureau=bureau, discarded_at=None, spiked_at=None)
    return {
        "live": _count(editions.filter(live__contains=Now())),
        "scheduled": [
            (edition.headline, stamp_in_words(edition.live.lower, bureau))
            for edition in pending.order_by(F("live__startswith"))[:SHOWN]
        ],
        "scheduled_count": _count(pending),
        "drafts": _count(drafts.exclude(pk__in=out)),
        "people": bureau.memberships.values("user").distinct().count(),
    }


def _count(rows) -> int:
    """At most one more than MOST_COUNTED."""
    return rows.order_by()[: MOST_COUNTED + 1].count()
