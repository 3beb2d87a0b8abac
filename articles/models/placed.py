"""The pictures in a story's text, as the database itself reads them out of it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

# What an index looks into. A query that says so, too, is answered from it.
HAS_OBJECTS = Q(body__contains="<figure")


def pictures_in_body() -> Func:
    """The numbers of the pictures in ``body`` (the function is of migration 0014): the same as
    articles.objects.pictures_in(). No row can say otherwise than its text."""
    return Func(
        F("body"),
        function="articles_pictures_in",
        output_field=ArrayField(models.BigIntegerField()),
    )


def picture_indexes(name: str, story: str) -> list[models.Index]:
    """Where a picture is used: as the lead picture, the newest stories first (``story`` has their
    numbers), and in the text. Their names begin with ``name``."""
    lead = models.Index(
        "picture",
        F(story).desc(),
        name=f"{name}_with_lead",
        condition=Q(picture__isnull=False),
    )
    placed = GinIndex(pictures_in_body(), name=f"{name}_with_placed", condition=HAS_OBJECTS)
    return [lead, placed]


class PlacedQuerySet(models.QuerySet):
    """For what has a body."""

    def placing(self, *numbers: int):
        """Those in whose text one of these pictures stands.

        Asked neither in an order nor for the first few: the planner would then hope to come upon
        them by reading text after text.
        """
        placed = self.filter(HAS_OBJECTS).alias(in_body=pictures_in_body())
        return placed.filter(in_body__overlap=list(numbers))
