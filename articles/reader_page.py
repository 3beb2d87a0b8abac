"""What readers' pages have in common: how one is rendered, what it names, how long it holds."""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date, datetime
from http import HTTPStatus
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import get_template
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import dates, listings, structured_data
from articles.breadcrumbs import Step
from articles.drawn import PAGES, DrawnPage, FromTheRest, Unnamed, name_of
from articles.listings import Lists
from articles.models import Edition, Listing
from bureaus.hosts import absolute_url
from bureaus.models import Bureau
from newsroom.page_cache import SIDE_LIST, earliest

SIDE_LINES = 6
SPARE = 3  # lines to ask for beyond those: a story's own, paid matter


def read_only(view):
    """For pages that can only be read. They set no cookie, so there is no form to forge."""
    return csrf_exempt(require_safe(view))


def render_page(
    request,
    template: str,
    *,
    page: str,
    status: int = 200,
    query: str = "",
    trail: Sequence[Step] = (),
    structured: Callable[[], Sequence[structured_data.Node]] | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a page of readers, or take it as it was drawn before if it shows the same.

    ``page`` names its kind for the masthead and the styles; ``query`` is what its own address
    carries behind the path, as in "?sebelum=…"; ``trail`` is the way to it, which readers see by
    includes/_breadcrumbs.html; ``structured`` tells search engines what it is, the way included,
    and is made of the site and of what stands in the ``context``, as a FromTheRest is.
    """
    text_only = getattr(request, "text_only", False)
    context |= {
        "site": request.site,
        "page": page,
        # A page that says what is not there sends to the front in the other language.
        "path": own_path(request) + query if status < HTTPStatus.BAD_REQUEST else "/",
        "text_only": text_only,
        "trail": trail,
        "structured": "" if text_only else FromTheRest(lambda: _data(structured, trail)),
    }
    drawn = _drawn(template, context)
    if isinstance(drawn, str):
        return HttpResponse(drawn, status=status)
    return as_drawn(drawn, status=status)


def as_drawn(drawn: DrawnPage, content_type: str | None = None, status: int = 200) -> HttpResponse:
    response = HttpResponse(drawn.content, content_type, status)
    response.codings = drawn.codings  # type: ignore[attr-defined]
    return response


def _drawn(template: str, context: dict[str, Any]) -> DrawnPage | str:
    """The page, which others may be given, too, if it can be told whether it is still true."""
    values = {name: value for name, value in context.items() if name != "site"}
    try:
        name = name_of(template, context["site"], values)
    except Unnamed:
        return get_template(template).render(context)
    return PAGES.once(name, lambda: DrawnPage(get_template(template).render(context)))


def _data(
    nodes_of: Callable[[], Sequence[structured_data.Node]] | None, trail: Sequence[Step]
) -> str:
    nodes = nodes_of() if nodes_of else ()
    if not nodes:
        return ""
    steps = [structured_data.breadcrumbs((step.name, step.url) for step in trail)] if trail else []
    return structured_data.as_script(structured_data.graph(*nodes, *steps))


def own_path(request) -> str:
    """The page's path on its host without its language, quoted."""
    path = escape_uri_path(request.path_info)
    return path[3:] or "/" if f"{path}/".startswith("/en/") else path


def full_address(request, home: Bureau | None, query: str = "") -> str:
    """This page's address, in its language and with pictures, on the host of ``home``."""
    prefix = "/en" if get_language() == "en" else ""
    return absolute_url(home, f"{prefix}{own_path(request)}{query}")


def day_or_404(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Http404 from None


def zone_of(site) -> ZoneInfo:
    """The clock of a site: the bureau's, or the network's own."""
    return site.bureau.zone if site.bureau else ZoneInfo(settings.TIME_ZONE)


def newest_on(request) -> list[Listing]:
    """The side list of a page that shows no other story."""
    name = listings.of_site(request.site.bureau)
    return side_list(listings.newest({name: SIDE_LINES + SPARE})[name], ())


def side_list(lines: Iterable[Listing], shown: Container[int]) -> list[Listing]:
    """The newest lines but for the stories that the page shows already.

    Without paid matter, which has its place in the lists themselves.
    """
    left = (line for line in lines if line.article_id not in shown and not line.edition.paid)
    return list(islice(left, SIDE_LINES))


def site_names(request) -> list[str]:
    """The names of what stands on every page of the site."""
    bureau = request.site.bureau
    return ["network", f"bureau:{bureau.pk}"] if bureau else ["network"]


def names_of_lines(lines: Iterable[Listing]) -> list[str]:
    return [name for line in lines for name in names_of(line.edition)]


def names_of(edition: Edition) -> list[str]:
    names = [f"article:{edition.article_id}"]
    if edition.picture_id:
        names.append(f"picture:{edition.picture_id}")
    return names


def side_list_holds() -> datetime:
    return timezone.now() + SIDE_LIST


def today_holds(request) -> datetime:
    """Until the date changes in a zone of the page."""
    zones = {bureau.zone for bureau in request.site.bureaus} | {ZoneInfo(settings.TIME_ZONE)}
    return dates.day_ends(zones)


def lists_hold(request, lists: Lists) -> datetime | None:
    """Until a line begins or ends, or the date changes in a zone of the page."""
    # Lists without any line do not say when their first one begins.
    unknown = None if lists.lines else side_list_holds()
    return earliest(lists.holds_until, today_holds(request), unknown)
