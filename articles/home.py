"""The first page of the desk: what waits for this person, in short lists."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.dates import day_in_zone
from articles.models import Article, Event, Page, Section, Stage
from articles.states import TABS, with_states
from bureaus.desk import administers, may_write, workplaces
from bureaus.models import Author, Bureau, Membership, Network, Role, User

SHOWN = 6  # stories a list; the rest is a link away


@dataclass(frozen=True)
class Stretch:
    """A titled list of stories. ``tab`` is where the story list shows all of them."""

    name: str
    title: str | Promise
    stories: list[Article]
    tab: str = ""
    empty: str | Promise = ""
    is_aside: bool = False
    events: dict = field(default_factory=dict)

    @property
    def url(self) -> str:
        return reverse("admin:articles_article_changelist") + (
            f"?tab={self.tab}" if self.tab else ""
        )


@dataclass(frozen=True)
class Step:
    """One thing to set up in a new newsroom, and where."""

    title: str | Promise
    why: str | Promise
    model: str
    is_done: bool

    @property
    def url(self) -> str:
        return reverse(f"admin:{self.model}_changelist")


def first_steps(user: User) -> list[Step]:
    """What a new newsroom needs, in its order; empty once all of it is there."""
    if not administers(user, None):
        return []
    default = Network._meta.get_field("name").default
    steps = [
        Step(
            _("Network"),
            _("Give it its name and say who publishes it."),
            "bureaus_network",
            Network.objects.exclude(name=default)
            .exclude(Q(publisher="") | Q(address="") | Q(person_responsible=""))
            .exists(),
        ),
        Step(
            _("Sections"),
            _("Where readers find the stories."),
            "articles_section",
            Section.objects.exists(),
        ),
        Step(
            _("Guidelines"),
            _("By which rules you report. No bureau opens without them."),
            "articles_page",
            Page.objects.filter(kind=Page.Kind.GUIDELINES).exists(),
        ),
        Step(
            _("Bureaus"),
            _("Each has a site and a clock of its own."),
            "bureaus_bureau",
            Bureau.objects.exists(),
        ),
        Step(
            _("Users and their roles"),
            _("Who writes, who edits, and where."),
            "bureaus_user",
            Membership.objects.exclude(user=user).exists(),
        ),
        Step(
            _("Authors"), _("The names in the bylines."), "bureaus_author", Author.objects.exists()
        ),
    ]
    return [] if all(step.is_done for step in steps) else steps


def home(user: User) -> dict:
    """The context of admin/index.html for this person."""
    places = list(workplaces(user)[:2])
    bureau = places[0] if places else None
    now = timezone.now()
    context = {
        "now": now,
        "bureau": bureau,
        "today": day_in_zone(now, bureau.zone) if bureau else "",
        "several_bureaus": len(places) > 1,
        "first_steps": first_steps(user),
        "may_write": may_write(user),
        "may_send_pictures": user.holds(Role.PHOTO_EDITOR),
        "is_editor": user.is_network_editor or user.holds(Role.BUREAU_EDITOR),
    }
    if not may_write(user):
        return context
    stretches = list(_for_editor(user)) if context["is_editor"] else []
    stretches += list(_for_writer(user))
    shown = [stretch for stretch in stretches if stretch.stories or stretch.empty]
    return context | {
        "sent_back": _sent_back_to(user),
        "stretches": [stretch for stretch in shown if not stretch.is_aside],
        "aside": [stretch for stretch in shown if stretch.is_aside],
        "is_new_here": not any(stretch.stories for stretch in stretches),
    }


def _stories(user: User, condition: Q, *order: str) -> list[Article]:
    stories = with_states(Article.objects.for_user(user)).filter(condition)
    return list(_with_names(stories).order_by(*order)[:SHOWN])


def _with_names(stories: QuerySet[Article]) -> QuerySet[Article]:
    return stories.select_related("bureau", "section", "claimed_by").prefetch_related(
        "bylines__author"
    )


def _own(user: User) -> Q:
    return Q(created_by=user) | Q(bylines__author__user=user)


def _for_editor(user: User):
    """What waits for an editor of the user's bureaus."""
    waiting = ("stage_since", "id")
    yield Stretch(
        "retractions",
        _("Retractions to confirm"),
        _stories(user, Q(retraction_request__isnull=False), "id"),
    )
    yield Stretch(
        "submitted",
        _("Waiting for an editor"),
        _stories(user, TABS["submitted"][1], *waiting),
        tab="submitted",
        empty=_("The queue is empty: every story submitted has an editor."),
    )
    yield Stretch(
        "claimed",
        _("You are reviewing"),
        _stories(user, TABS["in_review"][1] & Q(claimed_by=user), *waiting),
        tab="in_review",
    )
    yield Stretch(
        "approved",
        _("Approved, not yet published"),
        _stories(user, TABS["approved"][1] & ~TABS["scheduled"][1], *waiting),
        tab="approved",
    )
    yield Stretch(
        "others",
        _("With other editors"),
        _stories(user, TABS["in_review"][1] & ~Q(claimed_by=user), *waiting),
        tab="in_review",
        is_aside=True,
    )
    yield Stretch(
        "scheduled",
        _("Scheduled"),
        _stories(user, TABS["scheduled"][1], "-stage_since", "-id"),
        tab="scheduled",
        is_aside=True,
    )
    yield Stretch(
        "published",
        _("Published lately"),
        _stories(user, TABS["published"][1], "-changed_at", "-id"),
        tab="published",
        is_aside=True,
    )


def _for_writer(user: User):
    """The user's own stories; for an editor those that the lists above do not show."""
    mine = Q(pk__in=Article.objects.filter(_own(user)).values("pk"))
    recent = ("-changed_at", "-id")
    drafts = _stories(user, mine & TABS["draft"][1], *recent)
    yield Stretch("drafts", _("My drafts"), drafts, tab="draft")
    if user.is_network_editor or user.holds(Role.BUREAU_EDITOR):
        return
    yield Stretch(
        "desk",
        _("At the desk"),
        _stories(user, mine & Q(stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW]), "stage_since"),
        is_aside=True,
    )
    yield Stretch(
        "cleared",
        _("Approved and scheduled"),
        _stories(user, mine & (TABS["approved"][1] | TABS["scheduled"][1]), *recent),
        is_aside=True,
    )
    yield Stretch(
        "published",
        _("Published"),
        _stories(user, mine & TABS["published"][1], *recent),
        tab="published",
        is_aside=True,
    )


def _sent_back_to(user: User) -> list[Event]:
    """The latest sending back of each own story that still waits for its writer."""
    stories = with_states(Article.objects.for_user(user)).filter(TABS["sent_back"][1])
    mine = stories.filter(pk__in=Article.objects.filter(_own(user)).values("pk"))
    events = (
        Event.objects.filter(article__in=mine.values("pk"), verb="send_back")
        .select_related("article__bureau", "by")
        .order_by("article_id", "-id")
        .distinct("article_id")
    )
    return sorted(events, key=lambda event: event.at, reverse=True)[:SHOWN]
