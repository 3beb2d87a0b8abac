"""Verbs by which another bureau also runs a story."""

from datetime import datetime

from django.utils.translation import gettext as _

from articles import publication
from articles.models import Article, Placement
from articles.refusals import BadRequest, demand_may_run_at
from articles.workflow.acting import acting
from articles.workflow.publishing import start_of
from bureaus.models import Bureau, User


def place(
    article: Article,
    *,
    by: User,
    bureau: Bureau,
    local_headline: str = "",
    local_note: str = "",
    at: datetime | None = None,
) -> Placement:
    """Let another bureau run a live story, too, from now or from ``at`` on."""
    with acting(article, "place", by, bureau=bureau) as act:
        if bureau.pk == act.article.bureau_id or not bureau.is_open:
            raise BadRequest("bureau", _("Choose another open bureau."))
        if act.article.placements.filter(bureau=bureau, shown__upper_inf=True).exists():
            raise BadRequest("bureau", _("%(bureau)s already runs it.") % {"bureau": bureau})
        start = start_of(act, at)
        demand_may_run_at(bureau, act.situation, start)
        placement = publication.place_in(
            bureau,
            act.article,
            act.situation,
            by=by,
            headline=local_headline.strip(),
            note=local_note.strip(),
            start=start,
        )
        act.log(bureau=bureau.slug, at=start.isoformat())
    return placement


def unplace(article: Article, *, by: User, bureau: Bureau) -> Article:
    with acting(article, "unplace", by, bureau=bureau) as act:
        placement = act.article.placements.filter(bureau=bureau, shown__upper_inf=True).first()
        if placement is None:
            raise BadRequest("bureau", _("%(bureau)s does not run it.") % {"bureau": bureau})
        publication.end_placement(placement, act.now)
        act.log(bureau=bureau.slug)
    return act.article
