"""Rows of settings and people that readers' pages show: a change of one evicts those pages."""

from django.db import models, transaction

from newsroom.eviction import evict

# By model, the names of newsroom/page_cache.py; a story's own are sent by articles/publication.py.
NAMES = {
    "network": ("network",),
    # Its name and its colour stand in every menu.
    "bureau": ("network", "bureau:{row.pk}"),
    "author": ("author:{row.pk}", "staff"),
    "membership": ("staff",),
    "section": ("network", "section:{row.pk}"),
    "tag": ("tag:{row.pk}",),
    "picture": ("picture:{row.pk}",),
    "page": ("page:{row.kind}",),
    "portrait": ("author:{row.author_id}",),
    "mark": ("staff",),  # on the page that says who works for the bureau
}
# What shows that a row is there at all: menus name the pages that a site has.
NAMES_OF_ALL = {"page": ("network",)}


class Shown(models.Model):
    """A row that pages show. Whoever changes it past ``save``, with ``update()``, evicts, too."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            evict(*self._names(of_all=is_new))

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            names = self._names(of_all=True)
            deleted = super().delete(*args, **kwargs)
            evict(*names)
        return deleted

    def evict_pages(self) -> None:
        """For a change past ``save``, in the transaction that makes it."""
        evict(*self._names(of_all=False))

    def _names(self, *, of_all: bool) -> list[str]:
        model = self._meta.model_name or ""
        names = NAMES[model] + (NAMES_OF_ALL.get(model, ()) if of_all else ())
        return [name.format(row=self) for name in names]
