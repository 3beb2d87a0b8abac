"""The vocabulary against which structured data is held finds what it is there to find."""

import pytest

from tests.schema_org import mistakes

STORY = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Serayu melimpas",
    "dateline": "CILACAP",
    "isAccessibleForFree": True,
    "author": [{"@type": "Person", "name": "Ratih", "jobTitle": "Reporter"}],
    "publisher": {"@type": "NewsMediaOrganization", "ethicsPolicy": "https://example.com/pedoman"},
    "contentLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "name": "Adipala"}},
    "comment": {"@type": "CorrectionComment", "text": "272, bukan 227", "inLanguage": "id"},
    "isPartOf": {"@id": "https://example.com/#site"},
}
SITE = {
    "@type": "WebSite",
    "potentialAction": {"@type": "SearchAction", "query-input": "required name=q"},
}


@pytest.mark.parametrize(
    "document",
    [STORY, {"@context": "https://schema.org", "@graph": [SITE, {"@type": ["Person", "Thing"]}]}],
)
def test_a_good_document_has_no_mistake(document):
    assert mistakes(document) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"@context": "http://schema.org"}, "@context: 'http://schema.org' is not"),
        ({"@type": "NewsStory"}, "NewsStory: NewsStory is no type"),
        ({"headLine": "x"}, "NewsArticle: headLine is no property"),
        ({"birthDate": "x"}, "NewsArticle: birthDate does not belong to it"),
        ({"query-input": "x"}, "NewsArticle: query-input is no property"),
        ({"author": [{"@type": "Person", "ethicsPolicy": "x"}]}, ".author[0].Person: ethicsPolicy"),
        ({"publisher": {"name": "x"}}, "NewsArticle.publisher: has no @type"),
        ({"image": ""}, "NewsArticle.image: is empty"),
        ({"image": []}, "NewsArticle.image: is empty"),
        ({"interactionCount": 3}, "NewsArticle: interactionCount is no property"),
    ],
)
def test_a_mistake_is_told_with_its_place(change, told):
    found = mistakes({**STORY, **change})
    assert len(found) == 1
    assert told in found[0]


def test_what_stands_beside_a_graph_is_lost():
    document = {"@context": "https://schema.org", "@graph": [SITE], "name": "Bentara"}
    assert mistakes(document) == ["name: does not belong beside @graph"]
