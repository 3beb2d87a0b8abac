"""Saving a story: what the desk writes is a revision, and withdraws an approval of other words."""

from django.utils.translation import gettext as _

from articles import publication, sending
from articles.models import Article, Revision, Stage
from articles.publication import Situation
from articles.refusals import NotAllowed
from articles.verbs import may_be_edited
from articles.workflow.acting import Act, lock
from bureaus.models import User


def save_revision(article: Article, *, by: User) -> Revision | None:
    """Record the saved state of a story; None when nothing differs from the last revision.

    Approval is of one revision: a change by anyone but the approver reopens the story. The caller
    has locked the row, checked ``may_be_edited`` and saved fields, bylines and tags.
    """
    content = publication.snapshot(article)
    last = article.revisions.first()
    if last and last.content == content:
        return None
    now = publication.database_now()
    article.version += 1
    article.changed_at = now
    article.filed_by = article.filer()
    revision = sending.new_revision(article, content, by=by, at=now)
    if article.stage != Stage.APPROVED:
        article.save()
        return revision
    act = Act(article, by, "reopen", Situation.of(article, now), article.stage)
    if by == article.approved_by and not article.is_written_by(by):
        article.approved_version = article.version
        act.log(verb="approve")
    else:
        act.to_stage(Stage.DRAFT)
        act.log()
    return revision


def lock_for_editing(article: Article, *, by: User) -> Article:
    """The story under its row lock, for a change of its text.

    Raises NotAllowed when the user may not edit it as it stands.
    """
    locked = lock(article)
    if (
        not may_be_edited(locked, by)
        or Situation.of(locked, publication.database_now()).is_retracted
    ):
        raise NotAllowed(_("You cannot change this story as it stands."))
    return locked
