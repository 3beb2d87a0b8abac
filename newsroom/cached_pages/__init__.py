"""Readers' pages kept in memory, in front of Django. Knows no model.

``page.py`` is one page, compressed once for each coding; ``store.py`` all of them, by address and
by the names of what they show; ``listener.py`` hears from the database which names have changed,
over a ``line.py`` that whoever answers reads, too; ``application.py`` is the WSGI application that
answers from them.
"""

from newsroom.cached_pages.application import STORE, CachedPages
from newsroom.cached_pages.listener import Listener
from newsroom.cached_pages.store import PageStore

__all__ = ["STORE", "CachedPages", "Listener", "PageStore"]
