"""A story's page, what was changed in it, and the page that says that it was taken back."""

import re
from datetime import date
from functools import cache

from django.db.models.functions import Now
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect

from articles import (
    breadcrumbs,
    cards,
    credits,
    history,
    known_lines,
    listings,
    related,
    resolving,
    saving,
)
from articles.breadcrumbs import Step
from articles.drawn import FromTheRest
from articles.models import Edition, Notice
from articles.objects import stories_in
from articles.reader_page import (
    SIDE_LINES,
    SPARE,
    day_or_404,
    names_of,
    names_of_lines,
    newest_on,
    read_only,
    render_page,
    side_list,
    side_list_holds,
    site_names,
)
from articles.resolving import names_in
from articles.structured_data import news_article
from bureaus.hosts import canonical, page_url
from newsroom.page_cache import describe, earliest
from newsroom.statements import Statement

FEWEST_RELATED = 2  # a single one would stand lost in a row of four
COMPARED = 20  # editions whose differences one page of the changes tells
NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


ASKED = ("home", "day", "slug")


def _live_at(home: str, day: date, slug: str):
    found = Edition.objects.live().once_at(home, day, slug).with_record()
    return known_lines.with_versions(found)[:1]


_LIVE = Statement(_live_at, home="?home", day=date(1, 1, 1), slug="?slug")


@read_only
def article_page(request, year, month, day, slug):
    return _story(request, request.site.bureau.slug, day_or_404(year, month, day), slug)


@read_only
def placed_page(request, home, year, month, day, slug):
    """A story at a bureau that also runs it, or at the network when its own bureau has closed."""
    return _story(request, home, day_or_404(year, month, day), slug)


def _story(request, *asked):
    edition = next(_LIVE.rows(**dict(zip(ASKED, asked, strict=True))), None)
    if edition is None:
        return _retracted(request, *asked)
    site, address = request.site, edition.address
    placement = _placement(site.bureau, edition)
    if not (placement or _is_home(site, edition)):
        return _elsewhere(request, edition, address.get_absolute_url())
    if (address.bureau.slug, address.date, address.slug) != asked:
        here = address.url_at(site.bureau) if placement else address.get_absolute_url()
        return _moved(request, edition, here)
    relatives, side, found = further(request, edition)
    objects = resolving.resolve(edition.body, stories=found)
    response = render_page(
        request,
        "articles/article.html",
        page="article",
        edition=edition,
        placement=placement,
        card=FromTheRest(lambda: cards.card_of(edition)),
        title=(placement and placement.headline) or edition.headline,
        trail=trail_of(site, edition),
        **_record(site, edition, placement, objects),
        related=relatives,
        latest=side,
        objects=objects,
        saving=saving.kilobytes(edition.picture),
    )
    shown = [*site_names(request), f"bureau:{edition.bureau_id}", *names_of(edition)]
    authors = [f"author:{byline['id']}" for byline in edition.bylines]
    shown += names_in(edition.body)
    return describe(
        response,
        [*shown, *authors, *names_of_lines([*side, *relatives])],
        earliest(edition.live.upper, placement and placement.shown.upper, side_list_holds()),
    )


def _record(site, edition, placement, objects) -> dict:
    """Who made the story and what became of it, for readers and for search engines."""
    authors = credits.authors_of(edition, site.bureaus)
    notices, editions = history.notices_of(edition), history.editions_of(edition)

    @cache
    def told():
        with canonical():
            return news_article(
                edition,
                authors=authors,
                notices=notices,
                history=editions,
                pages=site.pages,
                placement=placement,
                objects=objects,
            )

    return {
        "people": edition.authors,
        "writers": credits.writers(edition, authors),
        "credits": credits.by_role(edition, authors),
        "notices": notices,
        "history": editions,
        "updated": history.updated(editions),
        "data": FromTheRest(told),
        "structured": lambda: [told()],
    }


def further(request, edition):
    """What is related, the newest on this site, and the stories to which the text itself leads,
    from one reading of the lists."""
    seen_also = stories_in(edition.body)
    name = listings.of_site(request.site.bureau)
    size = SPARE + related.COUNT + SIDE_LINES
    lists = listings.newest({**related.lists_for(edition), name: size}, stories=seen_also)
    # What the text leads to is not offered again below it or beside it.
    relatives = related.choose(edition, lists, lists.stories.values())
    if len(relatives) < FEWEST_RELATED:
        relatives = []
    shown = {edition.article_id, *(line.article_id for line in relatives), *lists.stories}
    return relatives, side_list(lists[name], shown), lists.stories


def trail_of(site, edition) -> list[Step]:
    section = edition.section
    url = page_url(site.bureau, "section", slug=section.slug)
    step = Step(str(section), url, language="" if section.name_en else "id")
    return breadcrumbs.trail(site.bureau or edition.bureau, step)


def _is_home(site, edition) -> bool:
    return edition.bureau == site.bureau or not (site.bureau or edition.bureau.is_open)


def _placement(bureau, edition):
    if bureau in (None, edition.bureau):
        return None
    shown = bureau.placements.filter(article=edition.article_id, shown__contains=Now())
    return known_lines.with_own_version(shown).first()


def _elsewhere(request, edition, url: str):
    """To where the story is read now; tomorrow it may be read here."""
    names = _names_of_redirect(request, edition)
    return describe(HttpResponseRedirect(url), names, side_list_holds())


def _moved(request, edition, url: str):
    names = _names_of_redirect(request, edition)
    return describe(HttpResponsePermanentRedirect(url), names, edition.live.upper)


def _names_of_redirect(request, edition) -> list[str]:
    """Where a story is read depends on its home and on the site that was asked."""
    own = [f"article:{edition.article_id}", f"bureau:{edition.bureau_id}"]
    return [*site_names(request), *own]


@read_only
def changes_page(request, year, month, day, slug, home=None):
    """What was changed from edition to edition, at the story's home."""
    asked = (home or request.site.bureau.slug, day_or_404(year, month, day), slug)
    edition = Edition.objects.live().once_at(*asked).with_record().first()
    if edition is None:
        return _retracted(request, *asked)
    site, address = request.site, edition.address
    if not _is_home(site, edition):
        return _elsewhere(request, edition, address.changes_url)
    if (address.bureau.slug, address.date, address.slug) != asked:
        return _moved(request, edition, address.changes_url)
    lines = history.editions_of(edition)
    is_protected = any(line["protected"] for line in lines)
    before = _asked_number(request)
    compared = [] if is_protected else _compared(edition, before)
    response = render_page(
        request,
        "articles/changes.html",
        page="changes",
        query=f"?sebelum={before}" if before else "",
        edition=edition,
        trail=trail_of(site, edition),
        steps=history.steps(lines, history.notices_of(edition), compared),
        is_protected=is_protected,
        further=compared[0].number + 1 if _has_more(compared, lines) else None,
    )
    shown = [name for each in compared for name in (*names_of(each), *names_in(each.body))]
    names = [*site_names(request), f"bureau:{edition.bureau_id}", *names_of(edition), *shown]
    # A story to which the text leads may come out by the clock alone.
    leads_on = any(stories_in(each.body) for each in compared)
    soon = side_list_holds() if leads_on else None
    return describe(response, names, earliest(edition.live.upper, soon))


def _compared(edition, before: int | None) -> list[Edition]:
    """The newest editions below a number, oldest first."""
    known = Edition.objects.begun().filter(article=edition.article_id, number__lte=edition.number)
    if before:
        known = known.filter(number__lt=before)
    whole = known.select_related("bureau", "section", "picture").order_by("-number")
    return list(whole[: COMPARED + 1])[::-1]


def _has_more(compared: list[Edition], lines: list[history.Line]) -> bool:
    return len(compared) > 1 and compared[0].number > lines[-1]["number"]


def _asked_number(request) -> int | None:
    """Below which number the editions are to be compared; Http404 for what is no number."""
    asked = request.GET.get("sebelum")
    if asked is not None and not NUMBER.fullmatch(asked):
        raise Http404
    return int(asked) if asked else None


def _retracted(request, *asked):
    """The page that says that a story was taken back (PPMS 5); Http404 where none ever was."""
    edition = Edition.objects.retracted().once_at(*asked).with_record().first()
    if edition is None:
        raise Http404
    notice = next(
        notice for notice in history.notices_of(edition) if notice["kind"] == Notice.Kind.RETRACTION
    )
    ground = Notice.Ground(notice["ground"])
    side = newest_on(request)
    response = render_page(
        request,
        "articles/retracted.html",
        page="message",
        status=410,
        edition=edition,
        notice=notice,
        ground=ground.label,
        # A headline may say the very thing that must not be known.
        names_headline=not edition.protected and ground != Notice.Ground.DECENCY_CHILDREN,
        kept=sorted(line["number"] for line in edition.history),
        latest=side,
    )
    names = [*site_names(request), f"article:{edition.article_id}", *names_of_lines(side)]
    return describe(response, names, side_list_holds())
