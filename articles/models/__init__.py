from articles.models.article import (
    AT_DESK,
    MARKS,
    Article,
    Byline,
    PublicState,
    Revision,
    Stage,
)
from articles.models.content import HEADLINE_LENGTH, SUMMARY_LENGTH, Content, CreditRole, Source
from articles.models.desk import Delivery, Event, Pin, Placement, PolicyReport
from articles.models.edition import Address, Edition, Listing
from articles.models.notice import Notice, Recorded
from articles.models.page import PAGE_SLUGS, Page
from articles.models.picture import ENDING_SOON, FEW, Picture
from articles.models.taxonomy import TAG_LENGTH, Section, Tag, TaggedArticle
from articles.models.writing import PULSE, Autosave, Presence

__all__ = [
    "AT_DESK",
    "ENDING_SOON",
    "FEW",
    "HEADLINE_LENGTH",
    "MARKS",
    "PAGE_SLUGS",
    "PULSE",
    "SUMMARY_LENGTH",
    "TAG_LENGTH",
    "Address",
    "Article",
    "Autosave",
    "Byline",
    "Content",
    "CreditRole",
    "Delivery",
    "Edition",
    "Event",
    "Listing",
    "Notice",
    "Page",
    "Picture",
    "Pin",
    "Placement",
    "PolicyReport",
    "Presence",
    "PublicState",
    "Recorded",
    "Revision",
    "Section",
    "Source",
    "Stage",
    "Tag",
    "TaggedArticle",
]
