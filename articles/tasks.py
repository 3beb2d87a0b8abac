"""Slow work, done after the commit. Every task may run twice without harm."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from procrastinate.contrib.django import app

from articles import cards
from articles.dates import stamp_in_words
from articles.models import Article, CreditRole, Delivery, Event
from bureaus.hosts import desk_url
from bureaus.models import Role, User

# Verbs that somebody is told about, and whom: the editors of the bureau, or the story's authors.
TOLD = {
    "submit": "editors",
    "send_back": "authors",
    "approve": "authors",
    "publish": "authors",
    "schedule": "authors",
    "update": "authors",
    "correct": "authors",
}


def tell(event: Event) -> None:
    """Send the mails of an event once its transaction has committed: the queue is in the same
    database, so the task exists exactly when the event does."""
    if event.verb in TOLD:
        mail_event.defer(event_id=event.pk)


def recipients(event: Event) -> list[User]:
    """The people to tell, without the one who did it. No more than DESIGN's: the editors of that
    bureau, and only where it has none of its own the network's; or those who wrote the story."""
    people = User.objects.filter(is_active=True).exclude(pk=event.by_id).exclude(email="")
    if TOLD[event.verb] == "editors":
        bureau = event.article.bureau_id
        editors = people.filter(
            memberships__role=Role.BUREAU_EDITOR, memberships__bureau_id=bureau
        ).distinct()
        if editors.exists():
            return list(editors)
        return list(people.filter(memberships__role=Role.NETWORK_EDITOR).distinct())
    return list(_authors(people, event.article))


def _authors(people, article: Article):
    writers = people.filter(
        author__bylines__article=article, author__bylines__role=CreditRole.WRITER
    )
    return (writers | people.filter(pk__in=[article.created_by_id])).distinct()


def _start(event: Event) -> str:
    """From when on the event's edition is live, in words; empty for one that was cancelled."""
    edition = event.edition
    if edition is None or edition.live.isempty:
        return ""
    return stamp_in_words(edition.live.lower, event.article.bureau)


@app.task(queue="mail", retry=5)
def mail_event(event_id: int) -> None:
    """Mail everybody whom an event concerns, each in the language of their desk."""
    event = Event.objects.select_related("article__bureau", "by", "edition__address__bureau").get(
        pk=event_id
    )
    for person in recipients(event):
        with transaction.atomic():
            _delivery, is_new = Delivery.objects.get_or_create(event=event, recipient=person)
            if is_new:
                _send(event, person)


def _send(event: Event, person: User) -> None:
    with translation.override(person.language):
        context = {
            "event": event,
            "article": event.article,
            "start": _start(event),
            "url": desk_url(f"/articles/article/{event.article_id}/change/"),
        }
        subject = render_to_string(f"mail/{event.verb}_subject.txt", context)
        text = render_to_string(f"mail/{event.verb}.txt", context)
    EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email],
        # A worker that died between sending and committing sends the very same message again.
        headers={"Message-ID": f"<event-{event.pk}-{person.pk}@{settings.DOMAIN.split(':')[0]}>"},
    ).send()


@app.task(queue="cards", retry=5)
def draw_cards(article_id: int) -> None:
    """Draw the share cards of what readers see or will see of a story; drop those of the rest."""
    cards.refresh(article_id)
