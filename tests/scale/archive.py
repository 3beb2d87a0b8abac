"""Ten years of a network's stories for tests, and whose pages of the desk are measured.

The same number of stories is at the desk in every archive, however long, so that the pages to be
compared are equally full.
"""

from dataclasses import dataclass

from django.utils import timezone

from articles.models import Article, Picture
from bureaus.models import Bureau, User
from newsroom.archive.cast import LARGEST
from newsroom.archive.filling import analyse
from newsroom.archive.filling import fill as fill_with
from newsroom.archive.stories import FREQUENT, MIDDLING, RARE, Plan
from tests.scale import pictures

__all__ = ["FREQUENT", "MIDDLING", "RARE", "Cast", "fill"]

AT_DESK = 1000


@dataclass(frozen=True)
class Cast:
    """Whose pages are measured: of the largest bureau, and of all."""

    reporter: User
    editor: User
    network_editor: User
    placed: Picture  # stands in the texts of five stories


def fill(stories: int, library: int) -> Cast:
    """Fill an empty, migrated database, the ``default`` of this thread, with so many stories and
    so many pictures beside theirs."""
    until = timezone.now().date()
    fill_with(Plan(stories=stories, seed=42, years=10, until=until, at_desk=AT_DESK))
    pictures.fill(library)
    placed = pictures.place()
    analyse()
    largest = Bureau.objects.get(slug=LARGEST)
    # The newest stories are alike in all archives, and so is the desk of who wrote the last.
    writer = Article.objects.filter(bureau=largest).latest("pk").created_by
    return Cast(
        reporter=writer,
        editor=User.objects.get(username="redaktur"),
        network_editor=User.objects.get(username="redpel"),
        placed=placed,
    )
