"""Of whom a second factor is demanded, and whether this session has been given one.

A session that was opened by a password alone is no editor's, whatever the account has set up: the
list of what was shown in the session decides, so no request asks the database for it.
"""

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.conf import settings
from django.db.models import QuerySet

from bureaus.models import Role, User

DEMANDED_OF = (Role.BUREAU_EDITOR, Role.NETWORK_EDITOR)


def is_demanded() -> bool:
    """Nobody is asked for one in the demo."""
    return settings.SECOND_FACTOR_IS_DEMANDED


def is_demanded_of(user: User) -> bool:
    """Editors and administrators; nobody in the demo."""
    return is_demanded() and (
        user.is_administrator or any(user.holds(role) for role in DEMANDED_OF)
    )


def is_missing(request) -> bool:
    """Whether the session lacks what its user's roles demand."""
    user = request.user
    if not user.is_authenticated or not is_demanded_of(user):
        return False
    shown = get_authentication_records(request, user)
    return not any(record.get("method") == "mfa" for record in shown)


def keys_of(user: User) -> QuerySet[Authenticator]:
    """The passkeys and the code app of a user, without the recovery codes."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def was_added(request, kind: str) -> None:
    """Who has just set one up has shown it; sessions elsewhere, opened before, have not."""
    record_authentication(request, request.user, "mfa", type=kind)
    if keys_of(request.user).count() == 1:
        end_other_sessions(request, request.user)


def was_removed(request) -> None:
    """What a session has shown counts no longer when there is nothing left to show."""
    if keys_of(request.user).exists():
        return
    shown = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in shown if record.get("method") != "mfa"
    ]
    end_other_sessions(request, request.user)
