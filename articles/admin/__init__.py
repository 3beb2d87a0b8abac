from articles.admin.article import ArticleAdmin
from articles.admin.front import FrontAdmin
from articles.admin.page import PageAdmin
from articles.admin.picture import PictureAdmin
from articles.admin.policy_report import PolicyReportAdmin
from articles.admin.taxonomy import SectionAdmin, TagAdmin

__all__ = [
    "ArticleAdmin",
    "FrontAdmin",
    "PageAdmin",
    "PictureAdmin",
    "PolicyReportAdmin",
    "SectionAdmin",
    "TagAdmin",
]
