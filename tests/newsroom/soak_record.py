"""What readers may see of each story at each moment, and whether an answer agrees with it.

A headline says which story it is of, and which edition: "Q12E3Z". An answer is stale when it shows
what was no longer true a tenth of a second before it was asked for.
"""

import re
import threading
import time
from dataclasses import dataclass, field

GRACE = 0.1  # seconds between a commit and the last old page
TOKEN = re.compile(r"Q(\d+)E(\d+)Z")
OK, GONE = 200, 410
NEWEST = 12  # stories that a list must show, if they are live


def token(story: int, edition: int) -> str:
    return f"Q{story}E{edition}Z"


@dataclass
class State:
    """An edition that readers see, or None; possible from ``begun`` on, certain from ``acked``."""

    edition: int | None
    begun: float
    acked: float


@dataclass
class Story:
    number: int
    path: str = ""
    published: float = 0.0
    states: list[State] = field(default_factory=lambda: [State(None, 0.0, 0.0)])

    def allowed(self, asked: float, answered: float) -> set[int | None]:
        """What may be seen in an answer: what was certain last, and whatever began since."""
        certain = max(
            (n for n, state in enumerate(self.states) if state.acked <= asked - GRACE), default=0
        )
        later = [state for state in self.states[certain:] if state.begun <= answered]
        return {state.edition for state in later} | {self.states[certain].edition}


class Record:
    def __init__(self) -> None:
        self.stories: dict[int, Story] = {}
        self.lock = threading.Lock()
        self.wrong: list[str] = []
        self.checked = self.marked = self.refused = 0
        self.oldest = 0.0

    def begin(self, story: Story, edition: int | None, at: float | None = None) -> State:
        """A change that is about to be committed or, with ``at``, that begins by itself."""
        with self.lock:
            state = State(edition, at or time.time(), at or float("inf"))
            story.states.append(state)
            return state

    def live(self, asked: float) -> list[Story]:
        """Stories that were certainly live, the newest first."""
        with self.lock:
            stories = sorted(self.stories.values(), key=lambda s: s.published, reverse=True)
        return [
            story
            for story in stories
            if story.published and None not in story.allowed(asked, time.time())
        ]

    def problems(self, html: str, asked: float, *, story: Story | None, status: int) -> list[str]:
        """What an answer says that the record does not; ``story`` is whose page it is, None for a
        list."""
        answered = time.time()
        shown = {(int(number), int(edition)) for number, edition in TOKEN.findall(html)}
        problems = []
        with self.lock:
            stories = dict(self.stories)
        for number, edition in shown:
            if number not in stories:
                continue
            allowed = stories[number].allowed(asked, answered)
            # A retracted story's own page may still say what it was called.
            is_own = status == GONE and story is not None and story.number == number
            if edition not in allowed and not is_own:
                problems.append(f"{token(number, edition)} of {allowed}")
        if story is None:
            numbers = {number for number, _edition in shown}
            problems += [
                f"{each.number} is missing"
                for each in self.live(asked)[:NEWEST]
                if each.number not in numbers
            ]
        else:
            allowed = story.allowed(asked, answered)
            if status == OK and allowed == {None}:
                problems.append("is there")
            if status in (404, GONE) and None not in allowed:
                problems.append(f"is not there ({status})")
        with self.lock:
            self.checked += 1
            self._note_age(shown, stories, asked)
        return problems

    def _note_age(self, shown, stories, asked: float) -> None:
        """How long after its successor was acknowledged an old edition was last asked for."""
        for number, edition in shown & {
            (s.number, state.edition) for s in stories.values() for state in s.states[:-1]
        }:
            states = stories[number].states
            place = max(n for n, state in enumerate(states) if state.edition == edition)
            if place + 1 < len(states) and states[place + 1].acked < asked:
                self.oldest = max(self.oldest, asked - states[place + 1].acked)
