from articles.admin.article import ArticleAdmin
from articles.admin.picture import PictureAdmin
from articles.admin.taxonomy import SectionAdmin, TagAdmin

__all__ = ["ArticleAdmin", "PictureAdmin", "SectionAdmin", "TagAdmin"]
