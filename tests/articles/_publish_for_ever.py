"""Run by test_kill.py in a process of its own: publishes update after update until it is killed.

Arguments: the name of the test's database, the number of a story.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - after the set-up
from django.db import connection  # noqa: E402

from articles import workflow  # noqa: E402
from articles.models import Article  # noqa: E402
from tests.factories import publish_next  # noqa: E402

connection.settings_dict["NAME"] = sys.argv[1]
story = Article.objects.get(pk=int(sys.argv[2]))
people = get_user_model().objects
reporter, editor = people.get(username="ratih"), people.get(username="wening")
if not story.editions.exists():
    workflow.submit(story, by=reporter)
    workflow.claim(story, by=editor)
    workflow.approve(story, by=editor)
    workflow.publish(story, by=editor)
number = 0
while True:
    number += 1
    story.refresh_from_db()
    if story.stage == "submitted":
        workflow.withdraw(story, by=reporter)
    elif story.stage == "in_review":
        workflow.send_back(story, by=editor, reason="Diulang.")
    publish_next(story, by=reporter, editor=editor, headline=f"Edisi {story.version} {number}")
    print("published", flush=True)
