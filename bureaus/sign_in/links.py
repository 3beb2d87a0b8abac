"""The links that mails of the desk carry: good once, for a time, and on the desk's own host."""

from datetime import datetime

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.urls import reverse

from bureaus.hosts import URLCONFS, desk_url
from bureaus.models import User

INVITATION_SECONDS = 7 * 24 * 60 * 60
_SALT = "bureaus.invitation"


def _at_desk(name: str, **parts: str) -> str:
    return desk_url(reverse(name, urlconf=URLCONFS["desk"], kwargs=parts))


def invitation_url(user: User) -> str:
    """Where an invited person sets a password."""
    assert user.invited_at is not None
    token = signing.dumps([user.pk, user.invited_at.isoformat()], salt=_SALT)
    return _at_desk("invitation", token=token)


def invited(token: str) -> User | None:
    """Who was invited by this link; None when it was used, sent anew, withdrawn or is too old."""
    try:
        pk, at = signing.loads(token, salt=_SALT, max_age=INVITATION_SECONDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True, invited_at=datetime.fromisoformat(at)).first()
    return None if user is None or user.has_usable_password() else user


def password_reset_url(user: User) -> str:
    """Where somebody who has lost the password sets another."""
    return _at_desk(
        "account_reset_password_from_key",
        uidb36=user_pk_to_url_str(user),
        key=default_token_generator.make_token(user),
    )
