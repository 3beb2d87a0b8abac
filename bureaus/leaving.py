"""Somebody stops working here: access ends at once, bylines stay."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from articles.leaving import release_claims
from bureaus import tasks
from bureaus.models import Author, Membership, User
from newsroom.eviction import evict


def end_sessions(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()


@transaction.atomic
def leave(person: User, *, by: User) -> int:
    """Take every way in from the person; how many stories went back to their queues.

    Without a password no session is good any more, listed or not.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    person.is_active = False
    person.invited_at = None
    person.set_unusable_password()
    person.save(update_fields=["is_active", "invited_at", "password"])
    Membership.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    _mark_author(person, is_active=False)
    end_sessions(person)
    return release_claims(person, by=by)


@transaction.atomic
def come_back(person: User) -> None:
    """Open the account again. Roles are given anew; an invitation sets the password."""
    User.objects.filter(pk=person.pk).update(is_active=True)
    _mark_author(person, is_active=True)


def _mark_author(person: User, *, is_active: bool) -> None:
    evict("staff")
    for author in Author.objects.filter(user=person):
        author.is_active = is_active
        author.save(update_fields=["is_active"])


@transaction.atomic
def remove_second_factor(person: User) -> None:
    """For whoever has lost phone and recovery codes: the next log-in sets up a new one."""
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    if person.email:
        tasks.mail_notice.defer(
            user_id=person.pk, kind="second_factor_removed", address=person.email
        )
