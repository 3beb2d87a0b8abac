"""Regional news in Indonesian, drawn from a grammar: words.toml has its words and sentences."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import exp, gcd, log
from pathlib import Path
from random import Random
from typing import Any

# Words of a story: as local papers have them, half of them under 350, a few reports of 2,000.
MEDIAN, SPREAD, SHORTEST, LONGEST = 350, 0.55, 60, 2000
# One story in so many is made of paragraphs under headings.
LONG_READ = 900
_MARK = re.compile(r"\{(\w+)\}")


def read_words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Sentence:
    """``text`` takes what is drawn for each of ``names``."""

    text: str
    names: tuple[str, ...]
    length: int  # in words

    @classmethod
    def of(cls, template: str) -> "Sentence":
        names = tuple(_MARK.findall(template))
        return cls(_MARK.sub("%s", template.replace("%", "%%")), names, len(template.split()))


@dataclass(frozen=True)
class Told:
    """The words of one story."""

    section: str
    kicker: str
    headline: str
    summary: str
    body: str
    caption: str
    picture: str  # what it shows: the stem of a file of newsroom/demo/pictures


@dataclass(frozen=True)
class _Section:
    headlines: list[Sentence]
    leads: list[Sentence]
    pool: list[Sentence]
    pictures: list[str]


@dataclass
class Grammar:
    """Stories of ``place``s, each drawn from a Random of the caller's."""

    words: dict[str, Any] = field(default_factory=read_words)

    @cached_property
    def villages(self) -> list[str]:
        parts = product(self.words["village_starts"], self.words["village_ends"])
        return [start + end for start, end in parts]

    @cached_property
    def people(self) -> list[str]:
        parts = product(self.words["first_names"], self.words["last_names"])
        return [f"{first} {last}" for first, last in parts]

    @cached_property
    def drawn(self) -> dict[str, list[str]]:
        """What may stand for each {word}, drawn anew each time."""
        return {
            "n": [str(number) for number in range(2, 95)],
            "rp": [str(number) for number in (*range(5, 100, 5), *range(100, 950, 25))],
            "person": self.people,
            "village": self.villages,
            "office": self.words["offices"],
            "job": self.words["jobs"],
            "company": self.words["companies"],
        }

    @cached_property
    def sections(self) -> dict[str, _Section]:
        shared = [*self.any["quotes"], *self.any["sentences"]]
        return {
            name: _Section(
                _sentences(entry["headlines"]),
                _sentences(entry["leads"]),
                # What belongs to the section comes up twice as often.
                [*_sentences(entry["body"]) * 2, *shared],
                entry["pictures"],
            )
            for name, entry in self.words["sections"].items()
        }

    @cached_property
    def any(self) -> dict[str, list[Sentence]]:
        lists = {
            name: value for name, value in self.words["any"].items() if isinstance(value, list)
        }
        return {name: _sentences(templates) for name, templates in lists.items()}

    def tag_names(self) -> Iterator[str]:
        """Topics, the commonest first: subjects, then villages and what is in them."""
        yield from self.words["topics"]
        for kind in self.words["tag_kinds"]:
            for village in self.villages:
                yield kind.format(village=village)

    def tell(self, draw: Random, place: str, extras: list[str]) -> Told:
        """A story from ``place``; ``extras`` are sentences that it has to have."""
        random = draw.random
        name = list(self.sections)[int(random() ** 1.3 * len(self.sections))]
        section = self.sections[name]
        constant = {"Place": place, "Village": self.villages[int(random() * len(self.villages))]}
        for word, choices in self.words["story_words"].items():
            constant[word] = choices[int(random() * len(choices))]
        say = self._speaker(random, constant)
        length = min(max(exp(log(MEDIAN) + SPREAD * draw.gauss(0, 1)), SHORTEST), LONGEST)
        return Told(
            name,
            draw.choice(self.words["any"]["kickers"]) if random() < 0.3 else "",  # noqa: PLR2004
            say(section.headlines),
            say(self.any["summaries"]),
            self._body(random, say, section, length, extras),
            say(self.any["captions"]) if random() < 0.3 else "",  # noqa: PLR2004
            section.pictures[int(random() * len(section.pictures))],
        )

    def _speaker(
        self, random: Callable[[], float], constant: dict[str, str]
    ) -> Callable[[list[Sentence]], str]:
        drawn = self.drawn

        def say(sentences: list[Sentence]) -> str:
            sentence = sentences[int(random() * len(sentences))]
            values = []
            for name in sentence.names:
                value = constant.get(name)
                if value is None:
                    choices = drawn[name]
                    value = choices[int(random() * len(choices))]
                values.append(value)
            return sentence.text % tuple(values)

        return say

    def _body(
        self,
        random: Callable[[], float],
        say: Callable[[list[Sentence]], str],
        section: _Section,
        length: float,
        extras: list[str],
    ) -> str:
        """In the canonical form of articles.body.sanitise(), a block a line."""
        opening = say(section.leads)
        blocks, paragraph = [f"<p>{opening}</p>"], list(extras)
        left = length - len(opening.split())
        is_long = length > LONG_READ
        # Round the pool in steps that pass every sentence before one comes up again.
        size = len(section.pool)
        place = int(random() * size)
        step = int(random() * size) + 1
        while gcd(step, size) > 1:
            step += 1
        while left > 0:
            place = (place + step) % size
            sentence = section.pool[place]
            left -= sentence.length
            text = say([sentence])
            paragraph.append(text)
            if random() < 0.45 or text[0] == "“":  # noqa: PLR2004
                blocks.append(f"<p>{' '.join(paragraph)}</p>")
                paragraph = []
                if is_long and random() < 0.12:  # noqa: PLR2004
                    blocks.append(f"<h2>{say(self.any['subheads'])}</h2>")
        if paragraph:
            blocks.append(f"<p>{' '.join(paragraph)}</p>")
        return "\n".join(blocks)


def _sentences(templates: list[str]) -> list[Sentence]:
    return [Sentence.of(template) for template in templates]
