"""Taking a story back: one editor asks, a second one confirms or declines."""

from django.utils.translation import gettext as _

from articles import publication
from articles.models import Article, Notice, Stage
from articles.refusals import BadRequest, demand_text
from articles.workflow.acting import acting
from bureaus.models import User


def retract(article: Article, *, by: User, ground: str, reason: str) -> Article:
    """Ask for the retraction of a live story; a second editor confirms."""
    reason = demand_text("reason", reason)
    if ground not in Notice.Ground.values:
        raise BadRequest("ground", _("Choose one of the grounds."))
    with acting(article, "retract", by) as act:
        act.article.retraction_request = act.log(reason=reason, ground=ground)
        act.article.save()
    return act.article


def confirm_retraction(article: Article, *, by: User) -> Notice:
    """Take the story from readers at once; its address says when and why (PPMS 5)."""
    with acting(article, "confirm_retraction", by) as act:
        request = act.article.retraction_request
        publication.withdraw_from_readers(act.article, act.situation)
        for placement in act.article.placements.filter(shown__upper_inf=True):
            publication.end_placement(placement, act.now)
        notice = publication.add_notice(
            act.article,
            by=by,
            kind=Notice.Kind.RETRACTION,
            ground=request.details["ground"],
            text=request.reason,
            now=act.now,
            edition=act.situation.live,
        )
        act.article.retraction_request = None
        act.to_stage(Stage.DRAFT)
        act.log(reason=request.reason, edition=act.situation.live, **request.details)
    return notice


def decline_retraction(article: Article, *, by: User, reason: str) -> Article:
    reason = demand_text("reason", reason)
    with acting(article, "decline_retraction", by) as act:
        act.article.retraction_request = None
        act.log(reason=reason)
    return act.article
