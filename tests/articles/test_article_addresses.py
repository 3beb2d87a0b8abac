"""A story's address: the one that stands for it, and those that lead there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from tests.factories import approve_story, make_story
from tests.reading import path_of


def test_the_story_of_another_bureau_is_not_served_here(reader, publish, makassar):
    path = path_of(publish())
    for label in ("makassar", ""):
        assert reader(label).get(path).status_code == 404


def test_an_old_address_leads_to_the_current_one_in_the_same_language(reader, archived):
    edition = archived(headline="Pasar dibuka")
    old = edition.article.addresses.get(is_current=False)
    client = reader("cilacap")
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}{old.path}")
        assert response.status_code == 301
        assert (
            response.headers["Location"]
            == f"http://cilacap.bentara.test{prefix}/2024/05/22/pasar-dibuka"
        )
        names = f"network bureau:{edition.bureau_id} article:{edition.article_id}"
        assert response.headers["Surrogate-Key"] == names


def test_drafts_scheduled_and_cancelled_stories_are_nowhere(reader, cilacap, correspondent, editor):
    article = make_story(correspondent, cilacap)
    approve_story(article, by=correspondent, editor=editor)
    edition = workflow.schedule(article, by=editor, at=timezone.now() + timedelta(hours=1))
    client = reader("cilacap")
    assert client.get(path_of(edition)).status_code == 404
    workflow.unschedule(article, by=editor)
    assert client.get(path_of(edition)).status_code == 404


def test_share_links_and_canonical_address_are_absolute_on_the_home_bureau(reader, archived):
    edition = archived(headline="Pasar dibuka")
    url = "http://cilacap.bentara.test/2024/05/22/pasar-dibuka"
    english = "http://cilacap.bentara.test/en/2024/05/22/pasar-dibuka"
    quoted = "http%3A%2F%2Fcilacap.bentara.test%2F2024%2F05%2F22%2Fpasar-dibuka"
    for prefix in ("", "/en"):  # the text is the same: one address, whatever the language around it
        html = reader("cilacap").get(f"{prefix}{path_of(edition)}").content.decode()
        assert f'<link rel="canonical" href="{url}">' in html
        assert f'<meta property="og:url" content="{url}">' in html
        assert f'<link rel="alternate" hreflang="id" href="{url}">' in html
        assert f'<link rel="alternate" hreflang="en" href="{english}">' in html
        targets = re.findall(r'<li><a href="([^"]+)"', html[html.index('class="share"') :])[:5]
        assert [quoted in target for target in targets] == [True] * 5
        assert f'<p class="story__url">{url}</p>' in html


def test_a_slash_at_the_end_of_an_address_is_taken_away(reader, publish):
    path = path_of(publish())
    client = reader("cilacap")
    for asked, told in (
        (f"{path}/", path),
        (f"/en{path}/", f"/en{path}"),
        ("/en", "/en/"),
    ):
        response = client.get(asked)
        assert (response.status_code, response.headers["Location"]) == (301, told)
    for asked in (f"{path}//", "/2026/11/23/", "/enak"):
        assert client.get(asked).status_code == 404


@pytest.mark.parametrize("slug", ["مدرسة-قرية", "pasar_gede"])
def test_an_address_may_have_words_of_any_script(reader, publish, slug):
    edition = publish(slug=slug)
    assert reader("cilacap").get(path_of(edition)).status_code == 200
