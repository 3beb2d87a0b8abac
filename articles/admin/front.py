"""What stands at the top of the fronts: one page a front, and its preview."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from articles import curation, listings, publication
from articles.arrangement import Arrangement
from articles.curation import MOST_PINS, OrderChanged
from articles.dates import stamp_in_words
from articles.listings import Front
from articles.models import Pin
from articles.previews import framed
from articles.refusals import BadRequest, WorkflowError
from articles.unsent import LOOK_OVER
from articles.views import fronts
from bureaus.desk import DeskAdmin
from bureaus.hosts import page_url
from bureaus.models import Bureau, Role

OFFERED = 10
REFUSED = 409


@admin.register(Pin)
class FrontAdmin(DeskAdmin):
    """Editors arrange fronts here. Every page is one of ours: a pin is never edited by itself."""

    def may_see(self, user, obj=None):
        return user.is_network_editor or user.holds(Role.BUREAU_EDITOR)

    def get_urls(self):
        urls = [path("", self._view(self.fronts_view), name="articles_pin_changelist")]
        for front, kind in (("network/", "network"), ("<int:bureau_id>/", "bureau")):
            name = f"articles_pin_{kind}"
            urls += [
                path(front, self._view(self.front_view), name=name),
                path(f"{front}preview/", self._view(self.preview_view), name=f"{name}_preview"),
                path(f"{front}preview/page/", self._view(self.page_view), name=f"{name}_page"),
            ]
        return urls

    def _view(self, view):
        return self.admin_site.admin_view(view)

    def fronts_view(self, request):
        """The fronts of which this person decides; a single one opens at once."""
        if not self.may_see(request.user):
            raise PermissionDenied
        curated = curation.curated_by(request.user)
        if len(curated) == 1:
            return HttpResponseRedirect(front_url(curated[0]))
        running = Pin.objects.filter(until__gt=publication.database_now())
        pinned = list(running.values_list("bureau", flat=True))
        lines = [
            (front_name(bureau), front_url(bureau), pinned.count(bureau.pk if bureau else None))
            for bureau in curated
        ]
        context = self._context(request, title=gettext("Fronts"), fronts=lines)
        return TemplateResponse(request, "admin/articles/pin/fronts.html", context)

    def front_view(self, request, bureau_id=None):
        front = self._front(request, bureau_id)
        if request.method != "POST":
            carried = Arrangement.carried(front, request.GET.get("order", ""), request.user)
            return self._shown(request, carried or Arrangement.saved(front))
        if {"save", "replace"} & set(request.POST):
            return self._save(request, Arrangement.posted(front, request.POST, is_bound=True))
        return self._step(request, Arrangement.posted(front, request.POST))

    def show_again(self, request, bureau_id=None):
        """The order as it was posted from a session that has ended; nothing is saved."""
        arrangement = Arrangement.posted(self._front(request, bureau_id), request.POST)
        return self._shown(request, arrangement, errors=[LOOK_OVER])

    def _step(self, request, arrangement: Arrangement) -> HttpResponse:
        """Do one step of arranging and show the page anew, the order in its address."""
        for step, do in (
            ("up", lambda number: arrangement.move(number, by=-1)),
            ("down", lambda number: arrangement.move(number, by=1)),
            ("remove", arrangement.remove),
            ("add", arrangement.add),
        ):
            number = request.POST.get(step, "")
            if number.isascii() and number.isdecimal():
                do(int(number))
                break
        if "clear" in request.POST:
            arrangement.clear()
        url = front_url(arrangement.front.bureau, page="preview" * ("preview" in request.POST))
        asked = {"q": request.POST.get("q", "").strip(), "order": arrangement.carry(request.user)}
        query = urlencode({name: value for name, value in asked.items() if value})
        return HttpResponseRedirect(f"{url}?{query}")

    def _save(self, request, arrangement: Arrangement) -> HttpResponse:
        bureau = arrangement.front.bureau
        holds = arrangement.holds(publication.database_now())
        if holds is None:
            return self._shown(request, arrangement, errors=[gettext("Mend the times below.")])
        if arrangement.lost:
            lost = gettext("A story has left this front meanwhile and is no longer in the order.")
            return self._shown(request, arrangement, errors=[lost], status=REFUSED)
        version = request.POST.get("replace") or arrangement.version
        try:
            curation.arrange(bureau, holds, by=request.user, version=version)
        except OrderChanged as changed:
            return self._shown(request, arrangement, changed=changed, status=REFUSED)
        except BadRequest as error:
            at_row = arrangement.refuse(error.field, str(error))
            errors = [gettext("Mend what is marked below.") if at_row else str(error)]
            return self._shown(request, arrangement, errors=errors, status=REFUSED)
        except WorkflowError as error:
            return self._shown(request, arrangement, errors=[str(error)], status=REFUSED)
        text = gettext("The order is saved; readers see it now.")
        link = format_html('<a href="{}">{}</a>', page_url(bureau, "front"), gettext("Open it"))
        messages.success(request, format_html("{} {}", text, link))
        return HttpResponseRedirect(front_url(bureau))

    def _shown(
        self, request, arrangement: Arrangement, *, errors=(), changed=None, status=200
    ) -> HttpResponse:
        front = arrangement.front
        words = (request.POST.get("q") or request.GET.get("q", "")).strip()[:100]
        in_order = {chosen.article_id for chosen in arrangement.chosen}
        found = listings.search(front.list_name, words, OFFERED + len(in_order))
        context = self._context(
            request,
            title=front_name(front.bureau),
            front=front,
            arrangement=arrangement,
            most=MOST_PINS,
            words=words,
            offered=[line for line in found if line.article_id not in in_order][:OFFERED],
            errors=errors,
            changed=changed and _who_changed(changed, front),
            saved=Arrangement.saved(front) if changed else None,
            public_url=page_url(front.bureau, "front"),
            has_several=len(curation.curated_by(request.user)) > 1,
        )
        template = "admin/articles/pin/front.html"
        return TemplateResponse(request, template, context, status=status)

    def preview_view(self, request, bureau_id=None):
        """The front in a frame, with the order that is not saved yet."""
        front = self._front(request, bureau_id)
        arrangement = Arrangement.carried(front, request.GET.get("order", ""), request.user)
        query = urlencode({"order": request.GET["order"]}) if arrangement else ""
        context = self._context(
            request,
            title=gettext("Preview: %(front)s") % {"front": front_name(front.bureau)},
            is_unsaved=bool(arrangement and arrangement.is_unsaved),
            query=query,
            page=f"{front_url(front.bureau, page='page')}?{query}",
            back=f"{front_url(front.bureau)}?{query}",
        )
        return framed(request, "admin/articles/pin/preview.html", context)

    def page_view(self, request, bureau_id=None):
        front = self._front(request, bureau_id)
        state = request.GET.get("order", "")
        arrangement = Arrangement.carried(front, state, request.user) or Arrangement.saved(front)
        return fronts.preview(request, front.bureau, arrangement.order)

    def _front(self, request, bureau_id) -> Front:
        """Http404 for a front that is not there or not this person's."""
        bureau = get_object_or_404(Bureau.objects.open(), pk=bureau_id) if bureau_id else None
        if not curation.may_curate(request.user, bureau):
            raise Http404
        return Front(bureau)

    def _context(self, request, **more) -> dict:
        return {**self.admin_site.each_context(request), "opts": self.opts, **more}


def front_name(bureau: Bureau | None) -> str:
    if bureau is None:
        return gettext("Front of the network")
    return gettext("Front of %(bureau)s") % {"bureau": bureau}


def front_url(bureau: Bureau | None, page: str = "") -> str:
    """The page of a front at the desk, its "preview", or the front alone as a "page"."""
    name = f"admin:articles_pin_{'bureau' if bureau else 'network'}{page and f'_{page}'}"
    return reverse(name, args=[bureau.pk] if bureau else [])


def _who_changed(changed: OrderChanged, front: Front) -> str:
    event = changed.event
    if event is None:
        return gettext("The order has been changed since you opened it.")
    return gettext("%(name)s changed the order at %(time)s, after you had opened it.") % {
        "name": event.by,
        "time": stamp_in_words(event.at, front),
    }
