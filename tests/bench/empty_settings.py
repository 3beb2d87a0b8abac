"""Of the empty Django view: the same process, database and thread settings, nothing else."""

from newsroom.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.bench.empty_view"
