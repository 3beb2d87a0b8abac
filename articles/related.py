"""Which stories to read after a story: those that share its topics and its words.

Everything is chosen from lines of lists, so nothing that is retracted, unpublished or still to
come can be among them, and the page needs no statement of its own for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from math import log, log2, sqrt

from articles.drawn import Unnamed, digest
from articles.listings import Lists, of_section, of_tag
from articles.models import Edition, Listing

COUNT = 4
TOPIC_LINES = 6
TOPICS = 12  # lists to read at most; hardly a story has more
SECTION_LINES = 8
MOST_KEPT = 2000  # choices

# Points. Sharing the only other story of a topic counts 1.5, a topic of every day next to nothing.
TOPIC = 1.5
WORDS = 2.0
SAME_SECTION = 0.15
SAME_BUREAU = 0.15
SAME_DAYS = 0.3
# Topics and words alone must reach it: two stories of one section and one day are not related.
ENOUGH = 0.6
# Without a second sign of being related, a topic may be no more than a place where both happened.
ALONE = 0.5
LOOSE = 2  # and it takes none but these first places: a gap in the row is better
SIGN = 0.1  # likeness
FEWEST_WORDS = 2  # a single one in common may be chance
FADING = timedelta(days=30)
YEAR = timedelta(days=365)

# fmt: off
STOP_WORDS = frozenset({
    "ada", "adalah", "agar", "akan", "akibat", "antara", "apa", "atas", "atau", "bagi",
    "bahkan", "bahwa", "baru", "beberapa", "belum", "bisa", "bukan", "capai", "cuma", "dalam",
    "dan", "dapat", "dari", "daripada", "demi", "dengan", "dia", "dua", "empat", "enam",
    "hanya", "hari", "harus", "hingga", "ia", "ini", "itu", "jadi", "jika", "juga", "justru",
    "kali", "kami", "karena", "kata", "ke", "kembali", "kemudian", "kepada", "ketika", "kini",
    "kita", "lagi", "lain", "lalu", "lebih", "lewat", "lima", "mana", "masih", "masing", "mau",
    "mereka", "meski", "minta", "mulai", "namun", "nya", "oleh", "orang", "pada", "para",
    "pekan", "per", "pernah", "punya", "ratus", "ribu", "saat", "saja", "sama", "sampai",
    "sang", "satu", "sebab", "sebagai", "sebelum", "sebuah", "secara", "sedang", "sehingga",
    "sejak", "sekitar", "selama", "seluruh", "semua", "seorang", "seperti", "serta", "setelah",
    "setiap", "si", "siapa", "soal", "suatu", "sudah", "supaya", "tahun", "tak", "tapi",
    "telah", "tentang", "terhadap", "tetap", "tetapi", "tiap", "tidak", "tiga", "untuk", "usai",
    "warga", "ya", "yaitu", "yang",
})
# fmt: on
_WORD = re.compile(r"[^\W\d_]{3,}")
_SUFFIXES = [re.compile(r"nya$"), re.compile(r"k?an$"), re.compile(r"i$")]
# me- and pe- swallow the first letter of many a word: menulis, memakai, menyapu.
_PREFIXES = [
    (re.compile(r"^(?:meny|peny)(?=[aeiou])"), "s"),
    (re.compile(r"^(?:mem|pem)(?=[aeiou])"), "p"),
    (re.compile(r"^(?:men|pen)(?=[aeiou])"), "t"),
    (re.compile(r"^(?:meng|peng|mem|pem|men|pen|ber|ter|per|me|pe|di|ke|se)"), ""),
]
SHORTEST_STEM = 4


def lists_for(edition: Edition) -> dict[str, int]:
    """Names and lengths of the lists to read together with the page's side list."""
    topics = {of_tag(tag["id"]): TOPIC_LINES for tag in edition.tags[:TOPICS]}
    if edition.section_id is None:
        return topics
    return topics | {of_section(edition.section_id, edition.bureau): SECTION_LINES}


def choose(
    edition: Edition, lists: Lists, shown: Iterable[Listing] = (), count: int = COUNT
) -> list[Listing]:
    """The related stories, the most related first; often fewer than ``count``, or none.

    The third and the fourth have more in common with the story than one topic. Every line that
    was read may be chosen, the side list's included, but not what the page has ``shown`` elsewhere.
    What somebody has paid for is recommended to nobody.
    """
    shown = list(shown)
    try:
        read = digest([edition, count, *lists.lines.values(), shown])
    except Unnamed:
        return _choose(edition, lists, shown, count)
    chosen = _chosen.get(read)
    if chosen is None:
        if len(_chosen) >= MOST_KEPT:
            _chosen.clear()
        lines = _choose(edition, lists, shown, count)
        chosen = _chosen[read] = [line.pk for line in lines]
    if not chosen:
        return []
    by_number = {line.pk: line for lines in lists.lines.values() for line in lines}
    return [by_number[number] for number in chosen]


# Numbers of lines, under the versions of all that was read, as drawings are.
_chosen: dict[bytes, list[int]] = {}


def _choose(edition: Edition, lists: Lists, shown: Sequence[Listing], count: int) -> list[Listing]:
    taken = {edition.article_id, *(line.article_id for line in shown)}
    candidates: dict[int, Listing] = {}
    for lines in lists.lines.values():
        for line in lines:
            # A line of a placement keeps the reader on a site that also runs the story.
            known = candidates.get(line.article_id)
            if line.article_id not in taken and not line.edition.paid:
                candidates[line.article_id] = known if known and known.placement else line
    rarity = {tag["id"]: _rarity(lists[of_tag(tag["id"])]) for tag in edition.tags[:TOPICS]}
    likeness = _Likeness(edition, [line.edition for line in candidates.values()])
    scored, loose = [], set()
    for line in candidates.values():
        other = line.edition
        shared = [rarity[tag["id"]] for tag in other.tags if tag["id"] in rarity]
        alike = likeness.with_edition(other)
        is_alone = len(shared) == 1 and alike < SIGN and edition.section_id != other.section_id
        if is_alone:
            loose.add(line.article_id)
        points = TOPIC * sum(shared) * (ALONE if is_alone else 1) + WORDS * alike
        if points >= ENOUGH:
            scored.append((points + _nearness(edition, other), line.first_published, line))
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    ordered = enumerate(_without_doubles(line for _score, _moment, line in scored))
    kept = (line for place, line in ordered if place < LOOSE or line.article_id not in loose)
    return list(islice(kept, count))


def _without_doubles(lines: Iterable[Listing]) -> Iterator[Listing]:
    """Two bureaus may each print an agency's story: one of them is enough."""
    headlines = set()
    for line in lines:
        headline = line.edition.headline.casefold()
        if headline not in headlines:
            headlines.add(headline)
            yield line


def _nearness(edition: Edition, other: Edition) -> float:
    """Points that order related stories but make none."""
    apart = abs(edition.first_published - other.first_published) / FADING
    return (
        SAME_SECTION * (edition.section_id == other.section_id)
        + SAME_BUREAU * (edition.bureau_id == other.bureau_id)
        + SAME_DAYS / (1 + apart)
    )


def _rarity(lines: Sequence[Listing]) -> float:
    """From 1 for a topic of two stories towards 0 for one with a story every hour.

    A list that came whole says how many stories there are; of a longer one the time that its
    newest lines span says how many there may be in a year.
    """
    stories = float(len(lines))
    if len(lines) >= TOPIC_LINES:
        span = max(lines[0].first_published - lines[-1].first_published, timedelta(hours=1))
        stories = max(stories, stories * (YEAR / span))
    return 1 / log2(max(stories, 2.0))


class _Likeness:
    """How alike two stories' headlines and summaries are, 0 to 1: cosine of their words.

    A word counts the less, the more of the stories at hand have it.
    """

    def __init__(self, edition: Edition, others: Sequence[Edition]):
        self.of = {id(story): _words(story) for story in (edition, *others)}
        self.own = self.of[id(edition)]
        having = Counter(word for words in self.of.values() for word in words)
        self.weight = {word: 1 + log(len(self.of) / number) for word, number in having.items()}

    def with_edition(self, other: Edition) -> float:
        words = self.of[id(other)]
        shared = self.own & words
        if len(shared) < FEWEST_WORDS:
            return 0.0
        product = sum(self.weight[word] ** 2 for word in shared)
        return product / (self._length(self.own) * self._length(words))

    def _length(self, words: frozenset[str]) -> float:
        return sqrt(sum(self.weight[word] ** 2 for word in words))


def _words(edition: Edition) -> frozenset[str]:
    return _stems(f"{edition.kicker} {edition.headline} {edition.summary}")


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(stem(word) for word in words if word not in STOP_WORDS)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its commonest affixes: "nelayannya" → nelay, "menulis" → tulis.

    Not the root of a dictionary; the same for most forms of one word is enough.
    """
    for suffix in _SUFFIXES:
        word = _trimmed(word, suffix, "")
    for prefix, first_letter in _PREFIXES:
        shorter = _trimmed(word, prefix, first_letter)
        if shorter != word:
            return shorter
    return word


def _trimmed(word: str, affix: re.Pattern[str], replacement: str) -> str:
    shorter = affix.sub(replacement, word)
    return shorter if len(shorter) >= SHORTEST_STEM else word
