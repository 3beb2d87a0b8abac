"""Icons, the manifest and the word to crawlers of every site."""

from io import BytesIO

import pytest
from PIL import Image

from bureaus.models import Accent, Network
from newsroom import icons

COLOURS = {"": "merah", "cilacap": "laut"}
LASTING = "public, max-age=86400, s-maxage=3600"
FILES = (
    "favicon.ico",
    "icon.svg",
    "icon-32.png",
    "icon-180.png",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable.png",
    "manifest.webmanifest",
    "robots.txt",
)


@pytest.fixture(autouse=True)
def _names(cilacap):
    Network.objects.update(name="Bentara", accent=Accent.MERAH)
    cilacap.accent = Accent.LAUT
    cilacap.save()


@pytest.mark.parametrize("file", FILES)
def test_every_file_says_what_it_shows_and_sets_no_cookie(reader, cilacap, file):
    for label, names in (("", ("network",)), ("cilacap", ("network", f"bureau:{cilacap.pk}"))):
        response = reader(label).get(f"/{file}")
        assert response.status_code == 200
        assert response.shows == names
        assert response.headers["Cache-Control"] == LASTING
        assert response.cookies == {}
        assert reader(label).get(f"/en/{file}").status_code == 404


def test_a_site_wears_its_initials_and_its_colour(reader):
    network, bureau = (reader(label).get("/icon.svg") for label in ("", "cilacap"))
    assert network.headers["Content-Type"] == "image/svg+xml"
    assert ("#a50e15" in network.text, "#066082" in bureau.text) == (True, True)
    assert (network.text.count("<tspan"), bureau.text.count("<tspan")) == (1, 2)


@pytest.mark.parametrize("size", [32, 180, 192, 512])
def test_a_png_of_each_known_size(reader, size):
    response = reader("cilacap").get(f"/icon-{size}.png")
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(response.content)) as image:
        assert image.size == (size, size)


def test_browsers_that_ask_for_an_icon_by_themselves_get_the_sites(reader):
    for label, letters in (("", ("B",)), ("cilacap", ("B", "C"))):
        response = reader(label).get("/favicon.ico")
        assert response.headers["Content-Type"] == "image/x-icon"
        with Image.open(BytesIO(response.content)) as image:
            assert (image.format, image.size) == ("ICO", (32, 32))
            drawn = icons.png(icons.Mark("".join(letters), COLOURS[label]), 32)
            with Image.open(BytesIO(drawn)) as same:
                assert image.convert("RGB").tobytes() == same.convert("RGB").tobytes()
    assert "favicon" not in reader("cilacap").get("/").text


@pytest.mark.parametrize("size", ["0", "31", "5000", "99999999999999999999", "-32", "x", ""])
def test_no_other_size_is_drawn(reader, size):
    assert reader("cilacap").get(f"/icon-{size}.png").status_code == 404


def test_the_manifest_of_a_bureau(reader):
    response = reader("cilacap").get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json() == {
        "name": "Bentara Cilacap",
        "short_name": "Cilacap",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "browser",
        "lang": "id",
        "dir": "ltr",
        "theme_color": "#066082",
        "background_color": "#ffffff",
        "icons": [
            {"src": "/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png"},
            {
                "src": "/icon-maskable.png",
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    for drawn in response.json()["icons"]:
        found = reader("cilacap").get(drawn["src"])
        assert found.headers["Content-Type"] == drawn["type"]


def test_the_manifest_of_the_network(reader):
    about = reader().get("/manifest.webmanifest").json()
    assert (about["name"], about["short_name"]) == ("Bentara", "Bentara")


def test_crawlers_may_read_every_site_and_nothing_of_the_desk(reader, desk_client):
    for label in ("", "cilacap"):
        response = reader(label).get("/robots.txt")
        assert response.text.startswith("User-agent: *\nAllow: /\n")
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    response = desk_client().get("/robots.txt")
    assert response.text == "User-agent: *\nDisallow: /\n"
    assert not hasattr(response, "shows")


@pytest.mark.parametrize("label", ["", "cilacap", "tidak-ada"])
@pytest.mark.parametrize("path", ["/", "/en/", "/tidak-ada"])
def test_every_page_names_them(reader, label, path):
    html = reader(label).get(path).text
    for link in (
        '<link rel="icon" href="/icon.svg" type="image/svg+xml">',
        '<link rel="apple-touch-icon" href="/icon-180.png">',
        '<link rel="manifest" href="/manifest.webmanifest">',
    ):
        assert link in html
    for file in FILES:
        assert reader(label).get(f"/{file}").status_code == 200
