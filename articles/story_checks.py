"""What a story must have before it may be submitted or published: one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from articles.body import plain_text
from articles.models import Article, CreditRole, Source

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Check:
    """One requirement. ``field`` is where on the story form it is mended."""

    name: str
    field: str
    message: "StrOrPromise"
    is_met: Callable[[Article], bool]


def _has_writer(article: Article) -> bool:
    return any(byline.role == CreditRole.WRITER for byline in article.bylines.all())


CHECKS = (
    Check(
        "headline",
        "headline",
        _("The headline is missing."),
        lambda article: bool(article.headline.strip()),
    ),
    Check("body", "body", _("The story is empty."), lambda article: bool(plain_text(article.body))),
    Check(
        "section", "section", _("No section is chosen."), lambda article: bool(article.section_id)
    ),
    Check("writer", "bylines", _("No writer is credited."), _has_writer),
    Check("bureau", "bureau", _("The home bureau is not open."), lambda a: a.bureau.is_open),
    Check(
        "source_name",
        "source_name",
        _("Name the source: the story is not own reporting."),
        lambda article: article.source == Source.OWN or bool(article.source_name.strip()),
    ),
    Check(
        "alt_text",
        "picture",
        _("The picture has no alternative text."),
        lambda article: not article.picture or bool(article.picture.alt_text.strip()),
    ),
    Check(
        "credit",
        "picture",
        _("The picture has no credit."),
        lambda article: not article.picture or bool(article.picture.credit.strip()),
    ),
)


def failed_checks(article: Article) -> list[Check]:
    """The checks that hold the story back, in the order of the form."""
    return [check for check in CHECKS if not check.is_met(article)]
