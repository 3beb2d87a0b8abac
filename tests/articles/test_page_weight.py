"""What a reader's phone has to fetch before a page can be read, in bytes as they are sent."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from bureaus.models import Network
from tests.factories import make_author, make_bureau, make_live, make_section, publish_correction

KB = 1000
# The words of a long report: 2,000 of them, hardly one like the one before.
SYLLABLES = [
    "ba",
    "ka",
    "la",
    "ma",
    "nya",
    "pe",
    "ter",
    "meng",
    "di",
    "ke",
    "per",
    "an",
    "kan",
    "lah",
    "se",
    "ri",
    "to",
    "su",
    "wa",
    "ji",
]


def words(count: int, seed: int = 7) -> str:
    chosen = []
    for _number in range(count):
        syllables = []
        for _syllable in range(2 + seed % 3):
            seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
            syllables.append(SYLLABLES[(seed >> 16) % len(SYLLABLES)])
        chosen.append("".join(syllables))
    return " ".join(chosen)


def fetched(client, path: str) -> dict[str, int]:
    """Bytes of the page itself, of its style sheets and of its scripts."""
    response = client.get(path, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "gzip"
    html = gzip.decompress(response.content).decode()
    parts = {"html": len(response.content)}
    for kind, pattern in (
        ("style", r'<link rel="stylesheet" href="([^"]+)"'),
        ("script", r'<script[^>]* src="([^"]+)"'),
    ):
        files = re.findall(pattern, html)
        assert all(file.startswith(settings.STATIC_URL) for file in files), files
        parts[kind] = sum(
            len(
                gzip.compress(
                    Path(finders.find(file.removeprefix(settings.STATIC_URL))).read_bytes()
                )
            )
            for file in files
        )
    # Whatever a page fetches by itself comes from the newsroom's own hosts.
    sources = re.findall(r'(?:src|srcset|poster)="([^"]+)"', html)
    assert [source for source in sources if not source.startswith("/")] == []
    return parts


@pytest.fixture
def long_story(publish, cilacap):
    paragraphs = [words(60, seed) for seed in range(1, 34)]
    edition = publish(
        headline=words(18, 3).capitalize(),
        summary=words(30, 4),
        tags=[f"topik panjang {number}" for number in range(12)],
        body="".join(f"<p>{text}.</p>" for text in paragraphs),
        writers=[make_author("Danu Prasetya", bureau=cilacap)],
    )
    return publish_correction(edition)


def test_a_report_of_an_ordinary_length_is_at_most_twenty_kilobytes(reader, publish):
    for _number in range(6):
        publish()
    edition = publish(body="".join(f"<p>{words(60, seed)}.</p>" for seed in range(1, 9)))
    parts = fetched(reader("cilacap"), edition.address.path)
    assert sum(parts.values()) <= 20 * KB, parts
    assert parts["script"] <= 2 * KB


def test_two_thousand_words_with_twelve_topics_add_their_words_and_little_more(reader, long_story):
    parts = fetched(reader("cilacap"), long_story.address.path)
    text = len(gzip.compress(long_story.body.encode()))
    assert sum(parts.values()) - text <= 16 * KB, parts


@pytest.mark.parametrize("label", ["", "cilacap"])
def test_a_full_front_is_at_most_forty_kilobytes(reader, correspondent, cilacap, makassar, label):
    for number, name in enumerate(("hukum", "politik", "olahraga", "ekonomi", "budaya", "wisata")):
        section = make_section(name, name.capitalize())
        cilacap.sections.add(section)
        for story in range(6):
            headline = words(16, number * 10 + story + 1)
            make_live(correspondent, cilacap, section=section, headline=headline)
    for number in range(12):
        make_bureau(f"biro-{number}", name=f"Kota {number}")
    Network.objects.update(tagline="Kabar dari daerah")
    parts = fetched(reader(label), "/")
    assert sum(parts.values()) <= 40 * KB, parts
    assert parts["script"] <= 10 * KB
