"""The editorial workflow: the only writer of a story's stage.

Every verb takes the story's row lock, checks the table in articles/verbs.py against what is true
at that moment, writes an Event and leaves slow work to a task that starts after the commit. The
actor is always named: ``publish(article, by=editor)``. ``version`` is the revision that the actor
had before them; a verb on a text that has changed since is refused.

Raises WorkflowError, whose text is fit for the actor, and changes nothing then.
"""

from articles.refusals import (
    BadRequest,
    Incomplete,
    NotAllowed,
    NotNow,
    TextChanged,
    WorkflowError,
)
from articles.workflow.acting import Act, available
from articles.workflow.deciding import (
    approve,
    approve_and_publish,
    approve_and_schedule,
    claim,
    discard,
    release,
    reopen,
    revive,
    send_back,
    spike,
    submit,
    take_over,
    withdraw,
)
from articles.workflow.editing import lock_for_editing, save_revision
from articles.workflow.placing import place, unplace
from articles.workflow.publishing import backdate, correct, publish, schedule, unschedule, update
from articles.workflow.retracting import confirm_retraction, decline_retraction, retract

__all__ = [
    "Act",
    "BadRequest",
    "Incomplete",
    "NotAllowed",
    "NotNow",
    "TextChanged",
    "WorkflowError",
    "approve",
    "approve_and_publish",
    "approve_and_schedule",
    "available",
    "backdate",
    "claim",
    "confirm_retraction",
    "correct",
    "decline_retraction",
    "discard",
    "lock_for_editing",
    "place",
    "publish",
    "release",
    "reopen",
    "retract",
    "revive",
    "save_revision",
    "schedule",
    "send_back",
    "spike",
    "submit",
    "take_over",
    "unplace",
    "unschedule",
    "update",
    "withdraw",
]
