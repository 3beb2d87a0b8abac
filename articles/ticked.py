"""The stories that somebody has ticked in a list, and those that stay ticked when they refused."""

import re
from dataclasses import dataclass

_CHOICE = re.compile(r"(\d{1,18})\.(\d{1,9})", re.ASCII)
_KEY = "ticked"


@dataclass(frozen=True)
class Choice:
    """A story that was ticked, and the version that the list showed."""

    article_id: int
    version: int

    def __str__(self):
        return f"{self.article_id}.{self.version}"


def chosen_in(values: list[str]) -> list[Choice]:
    """The stories that a form named, each once; what is no choice is left out."""
    found = [_CHOICE.fullmatch(value) for value in values]
    choices = [Choice(int(part[1]), int(part[2])) for part in found if part]
    return list({choice.article_id: choice for choice in choices}.values())


def keep(request, numbers: list[int]) -> None:
    """Let the next list that is shown have these stories ticked; in the session, so that neither a
    script nor the list's address has to carry them."""
    if numbers:
        request.session[_KEY] = numbers


def taken(request) -> frozenset[int]:
    """The stories that are to be ticked, once."""
    return frozenset(request.session.pop(_KEY, ()))
