"""Topics: free words of any script, with addresses that can be read."""

import pytest

from articles.models import Tag
from tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Gempa Mamuju", "gempa-mamuju"),
        ("Jum'at", "jumat"),
        ("Rp 1,9 miliar", "rp-1-9-miliar"),
        ("Rp 24.000", "rp-24000"),
        ("Ambon–Saparua", "ambon-saparua"),
        ("Tarawih & Witir", "tarawih-witir"),
        ("مدرسة", "مدرسة"),
        ("جاوي كتاب", "جاوي-كتاب"),
        ("café", "cafe"),
        ("!!!", "topik"),
    ],
)
def test_a_topic_gets_a_sensible_slug(name, slug):
    assert Tag.objects.create(name=name).slug == slug


def test_two_topics_never_share_a_slug():
    slugs = [Tag.objects.create(name=name).slug for name in ("C++", "C", "C#")]
    assert slugs == ["c", "c-1", "c-2"]


def test_topics_differ_by_more_than_capitals(correspondent, cilacap):
    make_story(correspondent, cilacap, tags=["Nelayan"])
    make_story(correspondent, cilacap, tags=["nelayan", "NELAYAN"])
    assert list(Tag.objects.values_list("name", flat=True)) == ["Nelayan"]
