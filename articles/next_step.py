"""What has to come first where a verb is not possible yet: the same for one story and for many."""

from django.utils.translation import gettext

from articles import publication, workflow
from articles.models import Article, Stage
from articles.publication import Situation
from articles.verbs import VERBS

# What a story must have gone through before.
FIRST = {
    "approve": "claim",
    "approve_and_publish": "claim",
    "approve_and_schedule": "claim",
    "send_back": "claim",
    "publish": "approve",
    "schedule": "approve",
    "update": "approve",
    "correct": "approve",
    "place": "publish",
    "spike": "send_back",
}
# Verbs that only a story can take of which readers have nothing, and those for one that they have.
OF_A_FIRST = frozenset(
    {"publish", "schedule", "approve_and_publish", "approve_and_schedule", "place", "spike"}
)
OF_A_NEXT = frozenset({"update", "correct"})
# What cannot be done while an edition is to come.
HELD_BY_A_SCHEDULE = frozenset({"publish", "update", "correct", "send_back", "spike"})


def step_to(verb: str, article: Article, by) -> str:
    """The verb that this person can do now on the way to the other one; "" for none."""
    possible = workflow.available(article, by)
    if "revive" in possible:
        return "revive"
    situation = _situation(article)
    if not _is_for(verb, situation):
        return ""
    # What is approved is reviewed again only when its writer has submitted it again.
    is_to_be_undone = verb == "claim" and article.stage == Stage.APPROVED
    if situation.pending and (is_to_be_undone or verb in OF_A_FIRST | HELD_BY_A_SCHEDULE):
        is_to_be_cancelled = is_to_be_undone or verb in HELD_BY_A_SCHEDULE
        return "unschedule" if is_to_be_cancelled and "unschedule" in possible else ""
    step = "send_back" if is_to_be_undone else FIRST.get(verb, "")
    while step and step not in possible:
        step = FIRST.get(step, "")
    is_own_draft = _is_with_its_writer(verb, article) and article.is_own_story_of(by)
    return "submit" if not step and is_own_draft and "submit" in possible else step


def told(verb: str, article: Article, by) -> str:
    """What comes first, in a sentence; "" where nobody at the desk can lead the story there."""
    if step := step_to(verb, article, by):
        return gettext("First press “%(verb)s”.") % {"verb": VERBS[step].label}
    if not _is_with_its_writer(verb, article) or not _is_for(verb, _situation(article)):
        return ""
    if article.sent_back:
        return gettext("It waits for its writer, who has to mend and submit it.")
    return gettext("Its writer has not submitted it yet.")


def _situation(article: Article) -> Situation:
    return Situation.of(article, publication.database_now())


def _is_for(verb: str, situation: Situation) -> bool:
    """Whether a story of which readers have this much can ever take the verb."""
    if situation.is_retracted or (verb in OF_A_FIRST and situation.newest):
        return False
    return verb not in OF_A_NEXT or situation.live is not None


def _is_with_its_writer(verb: str, article: Article) -> bool:
    is_on_the_way = verb == "claim" or (verb in FIRST and verb != "spike")
    return is_on_the_way and article.stage == Stage.DRAFT and not article.spiked_at
