"""What a new newsroom needs before it can publish, for its administrator."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Page, Section
from bureaus.desk import administers
from bureaus.models import Author, Bureau, Membership, Network, User


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
