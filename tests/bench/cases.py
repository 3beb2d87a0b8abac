"""What every case of the bench is given, and the archives that they measure."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.bench.servers import Archive, archive

YEARS = 10.0
# The small one is as busy at its end as the large one: the pages of both are equally long.
GROWN = 1.4
# Stories of the archive in which cases publish; the others stay as they were made.
WRITTEN = 2000

Found = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Options:
    """``stories`` are those of the large archive; ``connections`` those of the load."""

    stories: int
    small: int
    folder: Path
    rounds: int
    seconds: int
    connections: int


class Archives:
    """Each is started, and made if need be, when a case first asks for it."""

    def __init__(self, options: Options, stack: ExitStack) -> None:
        self._options, self._stack = options, stack

    @cached_property
    def small(self) -> Archive:
        return self._open(self._options.small)

    @cached_property
    def large(self) -> Archive:
        return self._open(self._options.stories, YEARS)

    @cached_property
    def written(self) -> Archive:
        return self._open(WRITTEN)

    def _open(self, size: int, years: float = 0.0) -> Archive:
        as_busy = YEARS * size / self._options.stories / GROWN
        return self._stack.enter_context(archive(self._options.folder, size, years or as_busy))
