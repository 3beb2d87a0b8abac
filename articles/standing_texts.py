"""The standing pages' texts as the desk sees them: whose is where, who writes it, may it go."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext

from articles.listings import Front
from articles.models import Page
from bureaus import opening
from bureaus.desk import administers
from bureaus.hosts import page_url
from bureaus.models import Bureau


def may_edit(user, bureau: Bureau | None) -> bool:
    """Whether the user writes the texts of this bureau's site or, with None, the network's."""
    if user.is_network_editor or administers(user, bureau.pk if bureau else None):
        return True
    return bureau is not None and user.is_editor_of(bureau.pk)


@dataclass(frozen=True)
class Text:
    """The text of one kind on one site: its own, if it has one, and where that is edited."""

    bureau: Bureau | None
    page: Page | None
    url: str

    @property
    def clock(self) -> Front:
        return Front(self.bureau)


@dataclass(frozen=True)
class Kind:
    """The texts of one kind: the network's, those of bureaus, and the bureaus without one."""

    name: str
    label: str
    network: Text
    own: list[Text] = field(default_factory=list)
    without: list[Text] = field(default_factory=list)

    @property
    def open_without(self) -> list[Text]:
        """Those of bureaus that readers see; the others show nothing to anybody."""
        return [text for text in self.without if text.bureau and text.bureau.is_open]

    @property
    def is_demanded(self) -> bool:
        return self.name == opening.GUIDELINES


def kinds(user) -> list[Kind]:
    """Every kind with the texts that this person writes, and the network's."""
    bureaus = [bureau for bureau in Bureau.objects.all() if may_edit(user, bureau)]
    pages = {
        (page.kind, page.bureau_id): page
        for page in Page.objects.select_related("bureau", "changed_by").defer("body")
    }
    return [_kind(name, label, bureaus, pages) for name, label in Page.Kind.choices]


def _kind(name: str, label: str, bureaus: list[Bureau], pages: dict) -> Kind:
    kind = Kind(name, label, _text(name, None, pages))
    for bureau in bureaus:
        text = _text(name, bureau, pages)
        (kind.own if text.page else kind.without).append(text)
    return kind


def _text(kind: str, bureau: Bureau | None, pages: dict) -> Text:
    page = pages.get((kind, bureau.pk if bureau else None))
    return Text(bureau, page, url(kind, bureau, page))


def url(kind: str, bureau: Bureau | None, page: Page | None) -> str:
    """Where the text is edited or, when there is none yet, begun."""
    if page:
        return reverse("admin:articles_page_change", args=[page.pk])
    of = f"&bureau={bureau.pk}" if bureau else ""
    return f"{reverse('admin:articles_page_add')}?kind={kind}{of}"


def public_url(page: Page) -> str:
    """The page for readers; a bureau that is not open has none."""
    is_shown = page.bureau is None or page.bureau.is_open
    return page_url(page.bureau, page.kind) if is_shown else ""


def title(page: Page) -> str:
    return f"{page}, {page.bureau or gettext('the network')}"


def without_own(kind: str) -> list[Bureau]:
    """The open bureaus on whose sites the network's text stands."""
    own = Page.objects.filter(kind=kind).exclude(bureau=None).values("bureau")
    return list(Bureau.objects.open().exclude(pk__in=own))


def needed_by(page: Page) -> str:
    """Why a text cannot go: guidelines without which a bureau could not be open."""
    if page.kind != Page.Kind.GUIDELINES:
        return ""
    if page.bureau is None:
        depending = opening.depending_on(opening.GUIDELINES)
        if depending:
            return gettext(
                "These open bureaus have no guidelines of their own: %(bureaus)s. Write theirs"
                " first."
            ) % {"bureaus": opening.names(depending)}
    elif page.bureau.is_open and not Page.objects.filter(kind=page.kind, bureau=None).exists():
        return gettext("The network has no guidelines, so an open bureau needs its own.")
    return ""
