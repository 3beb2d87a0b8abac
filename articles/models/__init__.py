from articles.models.article import Article, Byline, PublicState, Revision, Stage
from articles.models.content import HEADLINE_LENGTH, Content, CreditRole, Source
from articles.models.desk import Delivery, Event, Placement
from articles.models.edition import Address, Edition, Listing, article_path
from articles.models.notice import Notice, Recorded
from articles.models.picture import Picture
from articles.models.taxonomy import TAG_LENGTH, Section, Tag, TaggedArticle

__all__ = [
    "HEADLINE_LENGTH",
    "TAG_LENGTH",
    "Address",
    "Article",
    "Byline",
    "Content",
    "CreditRole",
    "Delivery",
    "Edition",
    "Event",
    "Listing",
    "Notice",
    "Picture",
    "Placement",
    "PublicState",
    "Recorded",
    "Revision",
    "Section",
    "Source",
    "Stage",
    "Tag",
    "TaggedArticle",
    "article_path",
]
