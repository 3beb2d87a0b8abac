"""A story's page, and the page that says that it was taken back."""

from datetime import datetime

from django.db.models.functions import Now
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect

from articles.models import CreditRole, Edition, Notice
from articles.reader_page import (
    day_or_404,
    names_of,
    names_of_lines,
    newest_on,
    read_only,
    render_page,
    side_list_holds,
    site_names,
)
from newsroom.page_cache import describe, earliest


@read_only
def article_page(request, year, month, day, slug):
    return _story(request, request.site.bureau.slug, day_or_404(year, month, day), slug)


@read_only
def placed_page(request, home, year, month, day, slug):
    """A story at a bureau that also runs it, or at the network when its own bureau has closed."""
    return _story(request, home, day_or_404(year, month, day), slug)


def _story(request, *asked):
    edition = Edition.objects.live().once_at(*asked).with_record().first()
    if edition is None:
        return _retracted(request, *asked)
    site, address = request.site, edition.address
    placement = _placement(site.bureau, edition)
    is_home = edition.bureau == site.bureau or not (site.bureau or edition.bureau.is_open)
    if not (is_home or placement):
        elsewhere = HttpResponseRedirect(address.get_absolute_url())
        return describe(elsewhere, [f"article:{edition.article_id}"], side_list_holds())
    if (address.bureau.slug, address.date, address.slug) != asked:
        here = address.url_at(site.bureau) if placement else address.get_absolute_url()
        moved = HttpResponsePermanentRedirect(here)
        return describe(moved, [f"article:{edition.article_id}"], edition.live.upper)
    side = newest_on(request, without=edition.article_id)
    history = _history(edition)
    response = render_page(
        request,
        "articles/article.html",
        page="article",
        edition=edition,
        placement=placement,
        byline=_byline(edition),
        history=history,
        updated=next((line["since"] for line in history if line["kind"] in UPDATES), None),
        notices=_moments(edition.shown_notices, Notice.Kind),
        credits=_credits(edition),
        latest=side,
    )
    names = [*site_names(request), *names_of(edition), *names_of_lines(side)]
    return describe(response, names, earliest(edition.live.upper, side_list_holds()))


def _placement(bureau, edition):
    if bureau in (None, edition.bureau):
        return None
    return bureau.placements.filter(article=edition.article_id, shown__contains=Now()).first()


@read_only
def changes_page(request, year, month, day, slug, home=None):
    raise Http404


UPDATES = (Edition.Kind.UPDATE, Edition.Kind.CORRECTION)


def _retracted(request, *asked):
    """The page that says that a story was taken back (PPMS 5); Http404 where none ever was."""
    edition = Edition.objects.retracted().once_at(*asked).with_record().first()
    if edition is None:
        raise Http404
    notice = next(
        notice
        for notice in _moments(edition.shown_notices, Notice.Kind)
        if notice["kind"] == Notice.Kind.RETRACTION
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


def _moments(lines: list[dict], kinds) -> list[dict]:
    """Lines that came as JSON, with real times and with the label of their kind."""
    return [
        line | {"since": datetime.fromisoformat(line["since"]), "label": kinds(line["kind"]).label}
        for line in lines
    ]


def _history(edition: Edition) -> list[dict]:
    """The editions, newest first; each with its words for readers and, if new, its own date."""
    corrections = {
        notice["edition"]: notice["text"]
        for notice in edition.shown_notices
        if notice["kind"] == Notice.Kind.CORRECTION
    }
    history = _moments(edition.history, Edition.Kind)
    before = None
    for line in reversed(history):
        line["note"] = corrections.get(line["number"], line["note"])
        dated = line["backdated_to"]
        # Later editions keep the date that an earlier one set.
        line["dated"] = datetime.fromisoformat(dated) if dated and dated != before else None
        before = dated
    return history


def _byline(edition: Edition) -> str:
    """RATIH PURWANDARI - CILACAP.BENTARA.ID: printed in capitals, so written in them."""
    names = ", ".join(writer["name"] for writer in edition.writers)
    return f"{names.upper()} - {edition.bureau.printed_host}"


def _credits(edition: Edition) -> list[tuple[str, list[str]]]:
    """Printed names by the label of their role, in the order of the story's credits."""
    roles: dict[str, list[str]] = {}
    for byline in edition.bylines:
        roles.setdefault(CreditRole(byline["role"]).label, []).append(byline["name"])
    return list(roles.items())
