"""Mails about people's logins, and what is left to do for pictures. Each may run twice.

No secret waits in the queue: links are made when a mail is sent.
"""

from contextlib import suppress

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bureaus.hosts import desk_url
from bureaus.models import Network, User
from bureaus.rendered import FOLDER, RenderedPicture
from newsroom import purge
from newsroom.renditions.bounded import PictureError
from newsroom.storage import originals

MOST = 50  # pictures that one run takes up

# What somebody is told about the own account, so that a stranger's doing does not go unseen.
NOTICES = {
    "password_changed": _("Your password was changed."),
    "password_reset": _("Your password was changed through a link from an e-mail."),
    "totp_activated": _("A code app was set up."),
    "totp_deactivated": _("The code app was removed."),
    "webauthn_added": _("A passkey was set up."),
    "webauthn_removed": _("A passkey was removed."),
    "recovery_codes_generated": _("New recovery codes were made; the old ones are void."),
    "second_factor_removed": _("An administrator removed your passkeys and your code app."),
    "email_changed": _("Your e-mail address at the desk was changed."),
}


@app.task(queue="mail", retry=5)
def mail_invitation(user_id: int) -> None:
    """Mail somebody who has been invited the link to set a password."""
    from bureaus.sign_in import links

    user = User.objects.get(pk=user_id)
    if user.is_active and user.invited_at and not user.has_usable_password():
        _send("invitation", user, user.email, {"url": links.invitation_url(user)})


@app.task(queue="mail", retry=5)
def mail_password_reset(user_id: int) -> None:
    """Mail somebody who has lost the password the link to set another."""
    from bureaus.sign_in import links

    user = User.objects.get(pk=user_id)
    if user.is_active and user.has_usable_password():
        _send("password_reset", user, user.email, {"url": links.password_reset_url(user)})


@app.task(queue="mail", retry=5)
def mail_notice(user_id: int, kind: str, address: str) -> None:
    """Tell somebody, at ``address``, one of NOTICES about the own account."""
    user = User.objects.get(pk=user_id)
    _send("notice", user, address, {"notice": NOTICES[kind], "url": desk_url("/profile/")})


@app.task(queue="pictures", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def finish_picture(model: str, pk: int) -> None:
    """Draw what a picture still lacks. A disk that is full is tried again later."""
    picture = apps.get_model(model)._default_manager.filter(pk=pk, is_finished=False).first()
    if picture:
        picture.finish()


@app.task(queue="pictures", retry=5)
def remove_files(model: str, key: str, suffixes: list[str], original: str) -> None:
    """Remove files that no picture has any more, but what another row still shows.

    Caches in front keep files for ever, and are told to drop these.
    """
    rows = apps.get_model(model)._default_manager
    if not rows.filter(key=key).exists():
        for suffix in suffixes:
            default_storage.delete(f"{FOLDER}/{key}-{suffix}")
        purge.in_front([f"file:{key}"])
    if original and not rows.filter(original=original).exists():
        originals().delete(original)


@app.periodic(cron="*/15 * * * *")
@app.task(queue="pictures")
def finish_pictures(timestamp: int) -> None:
    """Take up the pictures of which nobody draws the rest, the latest first."""
    for model in apps.get_models():
        if issubclass(model, RenderedPicture):
            for picture in model._default_manager.filter(is_finished=False).order_by("-pk")[:MOST]:
                with suppress(PictureError):  # its original may be lost; the others' are not
                    picture.finish()


def _send(name: str, user: User, address: str, context: dict) -> None:
    with translation.override(user.language):
        context |= {"user": user, "network": Network.objects.get(), "desk": desk_url("/")}
        subject = render_to_string(f"mail/{name}_subject.txt", context)
        text = render_to_string(f"mail/{name}.txt", context)
    EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
    ).send()
