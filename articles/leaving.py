"""What becomes of stories in the hands of somebody who leaves: nothing stays stuck in review."""

from django.db import transaction

from articles import publication
from articles.models import Article, Stage
from articles.publication import Situation
from articles.workflow import Act
from bureaus.models import User


def release_claims(person: User, *, by: User) -> int:
    """Put every story that the person reviews back into its bureau's queue; how many they were.

    ``by`` is the administrator, who needs no role at the story's bureau: nothing is decided.
    """
    claimed = (
        Article.objects.select_for_update(of=("self",))
        .select_related("bureau__network", "section", "picture", "retraction_request")
        .filter(claimed_by=person, stage=Stage.IN_REVIEW)
        .order_by("pk")
    )
    with transaction.atomic():
        stories = list(claimed)
        for story in stories:
            situation = Situation.of(story, publication.database_now())
            act = Act(story, by, "release", situation, story.stage)
            act.to_stage(Stage.SUBMITTED)
            act.log(**{"from": person.pk})
    return len(stories)
