"""What search engines read of a page: schema.org as plain dicts, and the block that carries them.

An organisation, a person and a story have one address each, the canonical Indonesian one, on
whatever page they are described; a page has its own. Text-only pages carry none of this: their
originals say it.
"""

from articles.structured_data.organizations import author_url, organization, web_site
from articles.structured_data.pages import (
    breadcrumbs,
    collection_page,
    item_list,
    profile_page,
    standing_page,
)
from articles.structured_data.stories import news_article
from articles.structured_data.vocabulary import Node, as_script, graph

__all__ = [
    "Node",
    "as_script",
    "author_url",
    "breadcrumbs",
    "collection_page",
    "graph",
    "item_list",
    "news_article",
    "organization",
    "profile_page",
    "standing_page",
    "web_site",
]
