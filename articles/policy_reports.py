"""What browsers at the desk report to have blocked (Content Security Policy Level 3, section 5)."""

import json
import re
from time import monotonic
from urllib.parse import urlsplit

from django.db.models import F
from django.db.models.functions import Now
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.models import PolicyReport

LONGEST = 8_000  # bytes of one report
MOST_KINDS = 200
A_MINUTE = 60  # reports that one process takes
EXTENSION = re.compile(r"^(?:\w+-)*extension\b|^(?:about|chrome|resource|moz-\w+)\b")

_minute = [0.0, 0]  # when it began, how many came in it


@csrf_exempt  # browsers send reports without a token; nothing but a count follows from one
@require_POST
def policy_reports(request):
    """Count one report of somebody who is signed in; whatever else comes is dropped silently."""
    if request.user.is_authenticated and not _too_many():
        report = _read(request)
        if report and not is_known(report):
            _count(report)
    return HttpResponse(status=204)


def is_known(report: dict[str, str]) -> bool:
    """What says nothing of the program: a browser's extensions."""
    return any(EXTENSION.match(report[name]) for name in ("blocked", "source"))


def _too_many() -> bool:
    now = monotonic()
    if now - _minute[0] > 60:  # noqa: PLR2004 - seconds
        _minute[:] = [now, 0]
    _minute[1] += 1
    return _minute[1] > A_MINUTE


def _read(request) -> dict[str, str] | None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return None
    try:
        said = json.loads(request.body)["csp-report"]
        return {
            "directive": _short(said["effective-directive"], 40),
            "blocked": _short(said["blocked-uri"]),
            "source": _short(said.get("source-file", "")),
            # Without the query, which may hold what somebody searched for.
            "page": _short(urlsplit(str(said["document-uri"])).path),
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _short(text: object, length: int = 200) -> str:
    return str(text).replace("\0", "").encode("utf-8", "replace").decode()[:length]


def _count(report: dict[str, str]) -> None:
    known = PolicyReport.objects.filter(**report)
    if known.update(times=F("times") + 1, last_seen=Now()):
        return
    PolicyReport.objects.bulk_create([PolicyReport(**report)], ignore_conflicts=True)
    newest = PolicyReport.objects.order_by("-last_seen", "-pk").values("pk")[:MOST_KINDS]
    PolicyReport.objects.exclude(pk__in=newest).delete()
