"""Puts the page cache in front of Django as the settings say."""

import os
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from articles.paging import KEYS
from newsroom.cached_pages import CachedPages, Listener, PageStore
from newsroom.cached_pages.application import Application

MEGABYTE = 1_000_000
# Seconds in which a line to the database must come about, and in which a dead one is noticed.
PATIENCE = 3
LINE: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": PATIENCE,
    "keepalives_idle": PATIENCE,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": PATIENCE * 1000,
}


def from_memory(application: Application) -> Application:
    """``application`` with readers' pages kept in memory; as it is where that is switched off."""
    if not settings.PAGE_CACHE_MB:
        return application
    store = PageStore(settings.PAGE_CACHE_MB * MEGABYTE)
    cached = cached_pages(application, store)
    _listen(store)
    # A thread does not come along into a forked process.
    os.register_at_fork(after_in_child=lambda: _listen_anew(store))
    return cached


def cached_pages(application: Application, store: PageStore) -> CachedPages:
    is_https = settings.SCHEME == "https"
    return CachedPages(
        application,
        store,
        private_hosts=[f"desk.{settings.DOMAIN}", f"desk.{_dotted(settings.DOMAIN)}"],
        private_paths=(settings.STATIC_URL, settings.MEDIA_URL),
        queries=KEYS.values(),
        # Without it Django leads to HTTPS.
        demand=settings.SECURE_PROXY_SSL_HEADER if is_https else None,
    )


def connect(**more: Any) -> psycopg.Connection:
    """A direct line to the database, for what has to be heard."""
    if settings.LISTENER_URL:
        return psycopg.connect(settings.LISTENER_URL, **LINE, **more)
    parameters = connection.get_connection_params()
    for name in ("pool", "cursor_factory", "context", "prepare_threshold", "server_side_binding"):
        parameters.pop(name, None)
    return psycopg.connect(**parameters | LINE | more)


def _listen(store: PageStore) -> None:
    Listener(store, connect).start()


def _listen_anew(store: PageStore) -> None:
    store.forsake()
    _listen(store)


def _dotted(domain: str) -> str:
    """As a full domain name, which ends in a dot."""
    name, colon, port = domain.partition(":")
    return f"{name}.{colon}{port}"
