"""Nothing that anybody wrote into a story runs, and nothing about a reader is kept."""

import re
from html.parser import HTMLParser

from bureaus.models import Author
from tests.factories import make_picture, publish_correction, rewrite
from tests.reading import path_of


def test_nothing_on_the_page_sets_a_cookie_or_varies_by_one(reader, publish):
    response = reader("cilacap").get(path_of(publish()))
    assert response.cookies == {}
    assert response.headers["Vary"] == "Accept-Encoding"
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)
    html = response.content.decode()
    assert re.findall(r"<style| style=|javascript:| on\w+=", html) == []
    assert re.findall(r"<script[^>]*>", html) == [f"<{script}>" for script in SCRIPTS]


class Tags(HTMLParser):
    """Collects what a browser would take for elements and their attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            self.found.append(" ".join([tag, *(f'{name}="{value}"' for name, value in attrs)]))
        else:
            self.found += [f"{name}={value}" for name, value in attrs]


# The page's own: one file, and data that no browser runs.
SCRIPTS = ['script type="module" src="/static/js/share.js"', 'script type="application/ld+json"']
ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_no_field_puts_a_script_on_the_page(reader, publish, cilacap, network):
    Author.objects.filter(name="Ratih Purwandari").update(name=f"Ratih {ATTACK}")
    network.name = f"B{ATTACK}"[:60]
    network.publisher = network.address = network.person_responsible = ATTACK
    network.save()
    picture = make_picture(cilacap, caption=ATTACK, credit=ATTACK, alt_text=f'"{ATTACK}')
    edition = publish(
        headline=ATTACK,
        kicker=ATTACK[:60],
        summary=f'"{ATTACK}',
        dateline=ATTACK[:60],
        body=f'<p>Isi</p>{ATTACK}<p><a href="javascript:alert(1)">di sini</a></p>',
        source="citizen",
        source_name=ATTACK,
        tags=[ATTACK[:60]],
        picture=picture,
        slug="serangan",
    )
    edition = publish_correction(edition)
    rewrite(edition.article, by=edition.article.created_by, headline=ATTACK)
    for path in (path_of(edition), "/"):
        tags = Tags()
        tags.feed(reader("cilacap").get(path).content.decode())
        bad = [
            found
            for found in tags.found
            if found.startswith(("script", "on", "href=javascript", "src=x"))
            and found not in SCRIPTS
        ]
        assert bad == []
