"""How the program does: for administrators a page of the desk, for monitoring a few words.

Each web process tells of itself; the database tells which others listen.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bureaus.desk import administers
from newsroom.cached_pages import STORE, PageStore

# A worker beats every ten seconds.
OVERDUE = timedelta(seconds=60)
MOST_COUNTED = 1000

OK, AWAY, OFF = "ok", "away", "off"

_STATE = """
SELECT
    (SELECT max(last_heartbeat) FROM procrastinate_workers),
    (SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'newsroom pages %%'),
    (SELECT count(*) FROM (
        SELECT FROM procrastinate_jobs WHERE status = 'todo' LIMIT %s) AS waiting),
    (SELECT count(*) FROM (
        SELECT FROM procrastinate_jobs WHERE status = 'failed' LIMIT %s) AS failed)
"""


@dataclass(frozen=True)
class Behind:
    """What stands behind every web process, as the database tells it."""

    heartbeat: datetime | None
    listeners: int
    waiting: int
    failed: int

    @property
    def worker(self) -> str:
        is_alive = self.heartbeat is not None and self.heartbeat > timezone.now() - OVERDUE
        return OK if is_alive else AWAY


def behind() -> Behind | None:
    """None while the database cannot be reached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_STATE, (MOST_COUNTED + 1, MOST_COUNTED + 1))
            return Behind(*cursor.fetchone())
    except DatabaseError:
        return None


def listener_state(store: PageStore | None) -> str:
    if store is None:
        return OFF
    return OK if store.is_leased else AWAY


@never_cache
@require_safe
def plain(request) -> JsonResponse:
    """Whether the database, this process's listener and a worker are there. Tells nothing else.

    503 without a database or a listener. For monitoring, not for taking a machine out of service:
    without a database each still serves what it has read last.
    """
    found = behind()
    states = {
        "database": OK if found else AWAY,
        "listener": listener_state(request.META.get(STORE)),
        "worker": found.worker if found else AWAY,
    }
    is_well = found is not None and states["listener"] != AWAY
    return JsonResponse(states, status=200 if is_well else 503)


@require_safe
def page(request) -> TemplateResponse:
    """The figures, for whoever administers the whole network."""
    if not administers(request.user, None):
        raise PermissionDenied
    store: PageStore | None = request.META.get(STORE)
    context = {
        **admin.site.each_context(request),
        "title": gettext("Health"),
        "behind": behind(),
        "most": MOST_COUNTED,
        "listener": listener_state(store),
        "metrics": store and store.metrics(),
        "process": os.getpid(),
    }
    return TemplateResponse(request, "admin/health.html", context)
