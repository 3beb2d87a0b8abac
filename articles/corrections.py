"""A site's list of its own mistakes: what it may say of each story, and where that is read."""

from collections.abc import Sequence

from articles import keyset
from articles.keyset import Cut
from articles.models import Edition, Notice
from bureaus.models import Bureau

SIZE = 20


def read(
    bureau: Bureau | None, *, before: str | None = None, after: str | None = None
) -> Cut[Notice]:
    """Notices of a bureau's site, or the network's with None, newest first; two queries.

    Each has its ``story``, the last edition that readers saw, and that story's ``url`` on the
    site. Raises articles.keyset.NoSuchPlace for a cursor that is none.
    """
    notices = Notice.objects.confessed_on(bureau)
    cut = keyset.cut(notices, "since", SIZE, before=before, after=after)
    stories = _stories(cut.rows)
    for notice in cut.rows:
        notice.story = stories[notice.article_id]
        notice.url = _url(notice.story, bureau)
    return cut


def _stories(notices: Sequence[Notice]) -> dict[int, Edition]:
    editions = (
        Edition.objects.begun()
        .filter(article__in={notice.article_id for notice in notices})
        .select_related("bureau", "address__bureau")
        .defer("body")
        .order_by("article_id", "-number")
        .distinct("article_id")
    )
    return {edition.article_id: edition for edition in editions}


def _url(story: Edition, bureau: Bureau | None) -> str:
    """Where a reader of this site finds it; what is no longer there leads home by itself."""
    address = story.address
    is_own = bureau is None or story.bureau_id == bureau.pk
    return address.get_absolute_url() if is_own else address.url_at(bureau)
