"""Which addresses are cards in a story, and in which form they are kept."""

# ruff: noqa: E501 - tables of addresses and markup are read line by line

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import embeds

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("pasted", "service", "url"),
    [
        (f"{YOUTUBE}&t=43s&si=abc", "YouTube", f"{YOUTUBE}&t=43s"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "YouTube", YOUTUBE),
        ("m.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=90", "YouTube", f"{YOUTUBE}&t=90"),
        ("https://youtu.be/dQw4w9WgXcQ?t=1m30s&si=x", "YouTube", f"{YOUTUBE}&t=1m30s"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=90", "YouTube", f"{YOUTUBE}&t=90"),
        ("https://youtu.be/dQw4w9WgXcQ?t=abc", "YouTube", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=", "YouTube", YOUTUBE),
        ("https://youtube.com/shorts/dQw4w9WgXcQ?feature=share", "YouTube", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", "YouTube", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "YouTube", YOUTUBE),
        ("https://www.instagram.com/p/C7abc_-1/?igsh=x", "Instagram", "https://www.instagram.com/p/C7abc_-1/"),
        ("https://www.instagram.com/kabar/reel/C7abc/", "Instagram", "https://www.instagram.com/reel/C7abc/"),
        ("https://twitter.com/kabar/status/1790000000000000000?s=20", "X", "https://x.com/kabar/status/1790000000000000000"),
        ("https://x.com/kabar/status/17/photo/1", "X", "https://x.com/kabar/status/17"),
        ("https://www.tiktok.com/@kabar.id/video/73?_r=1", "TikTok", "https://www.tiktok.com/@kabar.id/video/73"),
        ("https://vt.tiktok.com/ZSabc123/", "TikTok", "https://vt.tiktok.com/ZSabc123/"),
        ("https://m.facebook.com/kabar/posts/pfbid02?mibextid=x", "Facebook", "https://www.facebook.com/kabar/posts/pfbid02"),
        ("https://www.facebook.com/watch/?v=123&ref=x", "Facebook", "https://www.facebook.com/watch/?v=123"),
        ("https://www.facebook.com/share/v/1Abc/", "Facebook", "https://www.facebook.com/share/v/1Abc/"),
        ("https://www.facebook.com/permalink.php?story_fbid=1&id=2&x=3", "Facebook", "https://www.facebook.com/permalink.php?story_fbid=1&id=2"),
        ("https://fb.watch/abc-1/", "Facebook", "https://fb.watch/abc-1/"),
        ("https://maps.app.goo.gl/AbC1", "Google Maps", "https://maps.app.goo.gl/AbC1"),
        ("https://www.google.com/maps/place/Cilacap/@-7.7,109.0,13z?entry=ttu", "Google Maps", "https://www.google.com/maps/place/Cilacap/@-7.7,109.0,13z"),
        ("https://www.google.co.id/maps?q=Cilacap", "Google Maps", "https://www.google.co.id/maps?q=Cilacap"),
        ("https://www.openstreetmap.org/?mlat=-7.7&mlon=109", "OpenStreetMap", "https://www.openstreetmap.org/?mlat=-7.7&mlon=109"),
        ("https://www.openstreetmap.org/#map=15/-7.72/109.01&layers=T", "OpenStreetMap", "https://www.openstreetmap.org/#map=15/-7.72/109.01"),
        ("https://www.openstreetmap.org/way/5013364#map=18/-7.7/109", "OpenStreetMap", "https://www.openstreetmap.org/way/5013364#map=18/-7.7/109"),
    ],
)  # fmt: skip
def test_what_people_paste_is_kept_without_what_tracks(pasted, service, url):
    found = embeds.read(pasted)
    assert (found.service, found.url) == (service, url)
    assert embeds.read(url) == found


@pytest.mark.parametrize(
    "pasted",
    [
        "", "https://", "javascript:alert(1)", "data:text/html,x", "ftp://youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "https://evil.example/youtube.com",
        "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ", "https://youtube.com:8443/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/", "https://www.youtube.com/watch?v=<script>", "https://x.com/kabar",
        "https://www.facebook.com/kabar", "https://www.google.com/search?q=maps", "https://youtu.be/a b",
        "//youtube.com/watch?v=dQw4w9WgXcQ", "https://[youtube.com/watch", "x" * 600,
        "https://www.facebook.com/l.php?u=https://evil.example",
    ],
)  # fmt: skip
def test_nothing_else_is_a_card(pasted):
    assert embeds.read(pasted) is None


HOSTS = st.sampled_from(sorted(embeds._READERS))


@given(HOSTS, st.text(max_size=60), st.text(max_size=30))
def test_reading_what_was_read_changes_nothing_and_stays_with_its_service(host, path, query):
    found = embeds.read(f"https://{host}/{path}?{query}")
    if found:
        assert embeds.read(found.url) == found
        assert found.url.startswith("https://")
        assert not set(found.url) & set(" \"'<>`\\")
