"""A story's page as readers would find it if the working copy were published now, for the desk."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext

from articles import breadcrumbs, credits, history, publication, resolving, saving
from articles.as_typed import Shown
from articles.models import Address, Article, Edition, PublicState
from articles.previews import as_readers_find_it
from articles.publication import Situation
from articles.reader_page import render_page
from articles.views.story import further, trail_of
from bureaus.hosts import Site, bureau_site, network_site
from bureaus.models import Author


def preview(request, article: Article, typed: Shown | None = None) -> HttpResponse:
    """What is saved of the story, whatever its stage, or what somebody has ``typed`` into it and
    not saved; no Edition is stored.

    Its notices are those that readers have: what an update or a correction will say of itself is
    asked for when it is published.
    """
    shown = typed.article if typed else article
    return as_readers_find_it(request, _site_of(shown), _page, shown, typed)


def _site_of(article: Article) -> Site:
    bureau = article.bureau
    # One that has closed has no site any more; one that prepares its opening has one to come.
    return network_site() if bureau.opened_at and not bureau.is_open else bureau_site(bureau)


def _page(request, article: Article, typed: Shown | None) -> HttpResponse:
    situation = Situation.of(article, publication.database_now())
    edition = _edition(article, situation, typed)
    known = article.editions.begun().uncancelled().with_record().order_by("-number").first()
    authors = credits.authors_of(edition, request.site.bureaus)
    relatives, side, found = further(request, edition)
    objects = resolving.resolve(edition.body, stories=found)
    if typed:
        objects = resolving.Resolved(
            {pk: each for pk, each in objects.pictures.items() if pk in typed.pictures},
            objects.stories,
        )
    return render_page(
        request,
        "articles/story_preview.html",
        page="article",
        said=gettext("not saved: only you see this") if typed else _said(article, situation),
        edition=edition,
        title=edition.headline or gettext("(no headline)"),
        trail=trail_of(request.site, edition)
        if edition.section
        else breadcrumbs.trail(request.site.bureau or article.bureau),
        writers=credits.writers(edition, authors),
        credits=credits.by_role(edition, authors),
        notices=history.notices_of(known) if known else [],
        # Nothing of what proves an edition: there is none yet.
        history=[],
        updated=_updated(article, situation, known),
        related=relatives,
        latest=side,
        objects=objects,
        saving=saving.kilobytes(edition.picture),
    )


def _edition(article: Article, situation: Situation, typed: Shown | None) -> Edition:
    """The next edition, as publishing would make it, but not stored."""
    last = situation.last
    printed = last.first_published if last else situation.now
    edition = Edition(
        article=article,
        number=(last.number if last else 0) + 1,
        first_published=printed,
        address=article.addresses.filter(is_current=True).select_related("bureau").first()
        or Address(
            article=article,
            bureau=article.bureau,
            date=printed.astimezone(article.bureau.zone).date(),
            slug=publication.slug_for(article),
        ),
        **publication.working_copy(article),
    )
    if typed:
        edition.bylines, edition.tags = typed.credits, typed.topics
        people: Iterable[Author] = typed.authors
    else:
        people = Author.objects.filter(bylines__article=article).distinct()
    edition.authors = [
        {"id": each.pk, "slug": each.slug, "kind": each.kind, "bureau": each.bureau_id}
        for each in people
    ]
    return edition


def _updated(article: Article, situation: Situation, known: Edition | None):
    """When readers would be told that it was changed last; None if never."""
    if known is None:
        return None
    if situation.live and situation.live.version != article.version:
        return situation.now
    return history.updated(history.editions_of(known))


def _said(article: Article, situation: Situation) -> str:
    """What the strip above the page says of it."""
    if situation.public == PublicState.RETRACTED:
        return gettext("retracted: readers do not see this any more")
    if situation.live and situation.live.version == article.version:
        return gettext("as readers see it now")
    if situation.live:
        return gettext("these changes are not published yet")
    if situation.pending and situation.pending.version == article.version:
        return gettext("scheduled, not published yet")
    return gettext("not published yet")
