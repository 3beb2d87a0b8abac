"""``python -m tests.bench.editions``: publishes a story, and an update for each headline it reads.

Prints where the story is, then for each update the moment at which its commit was acknowledged, by
a clock that all processes of the machine share.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from articles.models import Article  # noqa: E402
from bureaus.hosts import host_of  # noqa: E402
from bureaus.models import Membership, Role  # noqa: E402
from tests.bench.pages import largest_bureau  # noqa: E402
from tests.factories import publish_next, publish_story  # noqa: E402


def main() -> None:
    bureau = largest_bureau()
    editor = Membership.objects.filter(role=Role.BUREAU_EDITOR, bureau=bureau).earliest("pk").user
    reporters = Membership.objects.filter(role=Role.REPORTER, bureau=bureau)
    reporter = reporters.exclude(user=editor).earliest("pk").user
    edition = publish_story(reporter, editor, bureau, headline="Kabar dari muara")
    print(host_of(bureau), edition.address.path, flush=True)
    for line in sys.stdin:
        article = Article.objects.get(pk=edition.article_id)
        publish_next(article, by=reporter, editor=editor, headline=line.strip())
        print(time.monotonic(), flush=True)


if __name__ == "__main__":
    main()
