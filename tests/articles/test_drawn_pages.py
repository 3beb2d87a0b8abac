"""A page that is taken as it was drawn is the one that would be drawn now, whatever changed."""

from collections.abc import Callable

import pytest

from articles import drawn, known_lines, related, workflow
from articles.models import Edition, Page, Picture, Placement, Section, Tag
from bureaus.models import Author, Bureau, Network
from newsroom.cached_pages.page import DECODERS
from tests.factories import make_live, make_picture, publish_correction, publish_next, publish_story

PARAGRAPHS = "<p>Satu.</p><p>Dua.</p><p>Tiga.</p><p>Empat.</p><p>Lima.</p>"

pytestmark = pytest.mark.django_db

PAGES = (
    ("cilacap", "{story}"),
    ("cilacap", "/en{story}"),
    ("cilacap", "/teks{story}"),
    ("makassar", "/dari/cilacap{story}"),
    ("cilacap", "/"),
    ("makassar", "/"),
    ("", "/"),
    ("cilacap", "/terkini"),
    ("cilacap", "/rubrik/hukum"),
    ("", "/topik/nelayan"),
    ("cilacap", "/indeks"),
    ("", "/biro"),
    ("cilacap", "/sitemap.xml"),
    ("cilacap", "/sitemap-{month}.xml"),
)


def picture_html(picture: Picture) -> str:
    return f'<figure data-object="picture" data-id="{picture.pk}"></figure>'


def see_also(edition: Edition) -> str:
    return f'<figure data-object="see-also" data-id="{edition.article_id}"></figure>'


@pytest.fixture
def edition(correspondent, editor, other_editor, network_editor, cilacap, makassar) -> Edition:
    inside = make_picture(cilacap, caption="Di dalam berita", is_for_all=True)
    other = make_live(network_editor, cilacap, headline="Yang dibaca juga")
    edition = publish_story(
        correspondent,
        editor,
        cilacap,
        headline="Nelayan kembali melaut",
        picture=make_picture(cilacap, is_for_all=True),
        body=PARAGRAPHS + picture_html(inside) + see_also(other),
    )
    workflow.place(edition.article, by=other_editor, bureau=makassar, local_headline="Di sini")
    for number in range(6):
        make_live(network_editor, cilacap, headline=f"Kabar {number}")
    return edition


def forget() -> None:
    drawn.PAGES.clear()
    drawn.PARTS.clear()
    known_lines._kept.clear()
    related._chosen.clear()


def read(reader, edition: Edition) -> dict[tuple[str, str], tuple[int, str]]:
    found = {}
    for label, path in PAGES:
        month = f"{edition.first_published:%Y-%m}"
        response = reader(label).get(path.format(story=edition.address.path, month=month))
        found[label, path] = response.status_code, response.content.decode()
    return found


def of_row(model, **values) -> Callable[[Edition, object], object]:
    return lambda edition, people: model.objects.update(**values)


def retract(edition: Edition, people) -> None:
    workflow.retract(
        edition.article, by=people["editor"], ground="factual", reason="Keliru seluruhnya."
    )
    workflow.confirm_retraction(edition.article, by=people["second"])


CHANGES: dict[str, Callable] = {
    "the masthead's name": of_row(Network, name="Suluh"),
    "a bureau's clock": of_row(Bureau, time_zone="Asia/Jayapura"),
    "a bureau's colour": of_row(Bureau, accent="teal"),
    "a section's name": lambda edition, people: Section.objects.filter(slug="hukum").update(
        name="Hukum dan Kriminal", name_en="Law and Crime"
    ),
    "a topic's words": of_row(Tag, name="pelaut", introduction="Yang hidup dari laut."),
    "an author's address": lambda edition, people: Author.objects.filter(
        user=people["reporter"]
    ).update(slug="nama-lain"),
    "what an author is": of_row(Author, kind=Author.Kind.AGENCY),
    "where an author works": of_row(Author, bureau=None),
    "whose a picture is": of_row(Picture, credit="Orang Lain"),
    "a picture's words": of_row(Picture, caption="Keterangan lain", alt_text="Isi lain"),
    "a picture's files": of_row(Picture, key="berkas-lain"),
    "the headline elsewhere": of_row(Placement, headline="Judul setempat", note="Catatan."),
    "an update": lambda edition, people: publish_next(
        edition.article, by=people["reporter"], editor=people["editor"], headline="Pembaruan"
    ),
    "a correction": lambda edition, people: publish_correction(edition, notice="Yang benar enam."),
    "a retraction": retract,
    "a page of guidelines": lambda edition, people: Page.objects.create(
        kind=Page.Kind.GUIDELINES, body="<p>Pedoman.</p>"
    ),
}


def test_a_kept_page_is_what_would_be_drawn_now(
    reader, edition, correspondent, editor, network_editor
):
    people = {"reporter": correspondent, "editor": editor, "second": network_editor}
    forget()
    before = read(reader, edition)
    for name, change in CHANGES.items():
        change(edition, people)
        kept = read(reader, edition)
        forget()
        now = read(reader, edition)
        assert kept == now, name
        assert now != before, f"{name} changes nothing that is read here"
        before = now


def test_a_page_that_shows_the_same_is_drawn_once(reader, edition):
    forget()
    before = read(reader, edition)
    names = set(drawn.PAGES.drawn)
    assert len(names) == len(PAGES)
    assert read(reader, edition) == before
    assert set(drawn.PAGES.drawn) == names


def test_what_is_kept_is_bounded(reader, edition, monkeypatch):
    forget()
    monkeypatch.setattr(drawn.PAGES, "most", 10_000)
    read(reader, edition)
    assert 0 < sum(map(len, drawn.PAGES.drawn.values())) == drawn.PAGES.size <= 10_000


@pytest.mark.parametrize("accepts", ["", "br", "gzip"])
def test_every_coding_has_the_same_page(reader, edition, accepts):
    plain = reader().get("/").content
    for _ in range(2):
        response = reader().get("/", headers={"accept-encoding": accepts})
        assert response.headers.get("Content-Encoding", "") == accepts
        assert DECODERS.get(accepts, bytes)(response.content) == plain
