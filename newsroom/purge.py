"""Tells the caches in front of the program what to drop: Cloudflare, Fastly, Varnish.

Each is one class with one method. Which one stands in front is set in the environment
(NEWSROOM_PURGE and what follows it); with none, nothing is sent and no task is made. A purge may be
sent twice without harm, so the task is tried again until the cache has taken it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

SECONDS = 10  # that a cache may take to answer


class PurgeError(Exception):
    """The cache has not dropped what it was told to."""


class Purger(Protocol):
    @property
    def batch(self) -> int:
        """How many names one request may hold."""

    def requests(self, names: Sequence[str]) -> list[Request]:
        """What to send for one batch of names."""


@dataclass(frozen=True)
class Cloudflare:
    """Pages are tagged by Cache-Tag. At most 100 tags a request; every plan has it."""

    zone: str
    token: str
    url: str = "https://api.cloudflare.com/client/v4"
    batch: int = 100

    def requests(self, names: Sequence[str]) -> list[Request]:
        body = json.dumps({"tags": list(names)}).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        url = f"{self.url}/zones/{self.zone}/purge_cache"
        return [Request(url, body, headers, method="POST")]


@dataclass(frozen=True)
class Fastly:
    """Pages are tagged by Surrogate-Key. At most 256 keys a request."""

    zone: str  # the number of the service
    token: str
    url: str = "https://api.fastly.com"
    batch: int = 256

    def requests(self, names: Sequence[str]) -> list[Request]:
        body = json.dumps({"surrogate_keys": list(names)}).encode()
        headers = {
            "Fastly-Key": self.token,
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        return [Request(f"{self.url}/service/{self.zone}/purge", body, headers, method="POST")]


@dataclass(frozen=True)
class Varnish:
    """Its vmod xkey purges by the words of a header; its VCL copies Surrogate-Key into xkey.

    ``url`` names each Varnish, parted by commas; the names of one request must fit into a header.
    """

    url: str
    zone: str = ""
    token: str = ""
    batch: int = 100

    def requests(self, names: Sequence[str]) -> list[Request]:
        headers = {"xkey": " ".join(names)}
        return [Request(url, headers=headers, method="PURGE") for url in self.url.split(",")]


KINDS: dict[str, type[Cloudflare | Fastly | Varnish]] = {
    "cloudflare": Cloudflare,
    "fastly": Fastly,
    "varnish": Varnish,
}


def in_front(names: Sequence[str]) -> None:
    """Have the names purged once the transaction has committed; the task commits with it."""
    if settings.PURGE_KIND:
        purge.defer(names=list(names))


@app.task(
    queue="purge",
    retry=RetryStrategy(max_attempts=12, exponential_wait=2, retry_exceptions=[PurgeError]),
)
def purge(names: list[str]) -> None:
    """Send the names to the cache in front, in batches of what it takes at once."""
    if not settings.PURGE_KIND:
        return
    given = {name: value for name, value in settings.PURGE_OPTIONS.items() if value}
    purger: Purger = KINDS[settings.PURGE_KIND](**given)
    for start in range(0, len(names), purger.batch):
        for request in purger.requests(names[start : start + purger.batch]):
            _send(request)


def _send(request: Request) -> None:
    try:
        # The address comes from the operator's own environment.
        with urlopen(request, timeout=SECONDS) as answer:
            status, body = answer.status, answer.read(10_000)
    except HTTPError as error:
        with error:
            raise PurgeError(f"{request.full_url} answers {error.code}.") from None
    except OSError as error:
        raise PurgeError(f"{request.full_url} cannot be reached: {error}") from None
    if status >= HTTPStatus.MULTIPLE_CHOICES or b'"success":false' in body.replace(b" ", b""):
        raise PurgeError(f"{request.full_url} answers {status}.")
