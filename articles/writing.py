"""Writing that is under way: texts kept for who types them, and who is at a story."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from articles.body import plain_text
from articles.checked_text import Text
from articles.conflict import Difference, adds_nothing, differences
from articles.form_fields import in_zone
from articles.models import Article, Autosave, CreditRole, Picture, Presence, Revision
from articles.resolving import resolve
from articles.typed import Pairs, Typed, began_with
from bureaus.desk import workplaces
from bureaus.models import Author, Bureau, User

# A form's own bookkeeping, and buttons: no part of what was written.
NOT_WRITTEN = frozenset(
    {"csrfmiddlewaretoken", "_save", "_verb", "_confirmed", "_as", "key", "writer", "version"}
    | {"around", "stayed"}
)
# For so long after a keystroke somebody counts as writing, not as reading, whatever became of it.
TYPING_FOR = timedelta(minutes=2)
MOST_NEW_TEXTS = 20


# Texts that are not saved


def keep(
    user: User,
    pairs: Pairs,
    *,
    key: UUID,
    version: int,
    article: Article | None,
    after: str | None = None,
) -> Autosave:
    """Store what stands in a form, for its writer alone; it is no revision.

    ``after`` is the time of the text that this one continues, as an earlier answer gave it: when
    the stored one is of another time, another device has written on, and both are kept. None
    replaces whatever the form with this key has stored before.
    """
    fields = [[name, _storable(value)] for name, value in pairs if name not in NOT_WRITTEN]
    with transaction.atomic():
        kept = Autosave.objects.select_for_update().filter(user=user, key=key).first()
        if kept and kept.fields == fields:
            return kept
        if kept and after is not None and kept.saved_at.isoformat() != after:
            key = uuid4()
        values = {
            "article": article,
            "version": version,
            "fields": fields,
            "saved_at": timezone.now(),
        }
        return Autosave.objects.update_or_create(user=user, key=key, defaults=values)[0]


def _storable(text: str) -> str:
    """Without what no column of text can hold; no keyboard types it."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def forget(user: User, key: UUID | None) -> None:
    """Drop a text that has been saved, or that its writer does not want."""
    if key:
        Autosave.objects.filter(user=user, key=key).delete()


WORDS_FOR_A_HEADLINE = 8  # that tell a text without one from others


@dataclass(frozen=True)
class Unsaved:
    """A text that waits for its writer to go on with it."""

    autosave: Autosave
    typed: Typed
    stored: Typed

    @property
    def key(self) -> UUID:
        return self.autosave.key

    @property
    def headline(self) -> str:
        """Of a text without one, the words that it begins with."""
        return self.autosave.headline or Truncator(self._text).words(WORDS_FOR_A_HEADLINE)

    @property
    def saved_at(self) -> datetime:
        return self.autosave.saved_at

    @property
    def article(self) -> Article | None:
        return self.autosave.article

    @property
    def is_stale(self) -> bool:
        """Whether somebody has saved the story since the typing began."""
        return bool(self.article) and self.article.version != self.autosave.version

    @cached_property
    def differences(self) -> list[Difference]:
        return differences(self.typed, self.stored, self.autosave.user)

    @property
    def words(self) -> int:
        return len(self._text.split())

    @cached_property
    def _text(self) -> str:
        return " ".join(plain_text(self.typed.values["body"]).split())

    @property
    def url(self) -> str:
        """Where to go on with it."""
        if self.article is None:
            return f"{reverse('admin:articles_article_add')}?text={self.key}"
        if self.is_stale:
            name = "admin:articles_article_conflict"
            return reverse(name, args=[self.article.pk, self.key])
        page = reverse("admin:articles_article_change", args=[self.article.pk])
        return f"{page}?text={self.key}"


def unsaved_of(user: User) -> list[Unsaved]:
    """The new texts that this person has typed and never saved, newest first."""
    kept = Autosave.objects.filter(user=user, article=None).order_by("-saved_at")
    saved = Revision.objects.filter(saved_by=user, key__isnull=False)
    kept = kept.exclude(key__in=saved.values("key"))
    empty = Typed.of_story(Article())
    texts = [
        Unsaved(autosave, Typed.of_pairs(autosave.fields, stored=empty), empty)
        for autosave in kept[:MOST_NEW_TEXTS]
    ]
    return [text for text in texts if not text.typed.is_empty]


def unsaved_at(article: Article, user: User) -> list[Unsaved]:
    """What this person has typed into the story and not saved, newest first.

    What says the same as the story, or has been saved by the same form, is dropped, and so is what
    the story has taken up since: it would only stand in the way of the next step.
    """
    kept = list(
        Autosave.objects.filter(user=user, article=article)
        .select_related("user")
        .order_by("-saved_at")
    )
    if not kept:
        return []
    stored = Typed.of_story(article)
    keys = [autosave.key for autosave in kept]
    versions = [autosave.version for autosave in kept]
    named = list(article.revisions.filter(Q(key__in=keys) | Q(number__in=versions)))
    saved = {revision.key: revision for revision in named if revision.key}
    begun = {revision.number: revision for revision in named}
    texts = []
    for autosave in kept:
        autosave.article = article
        typed = Typed.of_pairs(autosave.fields, stored=stored)
        revision = saved.get(autosave.key)
        base = began_with(begun.get(autosave.version), autosave.fields, stored=stored)
        if (
            typed == stored
            or (revision and is_saved_as(typed, revision))
            or (base and adds_nothing(typed, stored, base))
        ):
            autosave.delete()
        else:
            texts.append(Unsaved(autosave, typed, stored))
    return texts


def is_saved_as(typed: Typed, revision: Revision) -> bool:
    """Whether a revision says exactly what was typed."""
    return Typed.of_content(revision.content, like=typed) == typed


# What the checks make of it


def text_of(typed: Typed, user: User, article: Article | None) -> Text:
    """A text that is being typed, for the checks."""
    values = typed.values
    picture = None
    if values["picture"].isdecimal():
        found = Picture.objects.filter(pk=values["picture"])
        if not (article and str(article.picture_id) == values["picture"]):
            found = Picture.objects.for_user(user).filter(pk=values["picture"])
        picture = found.first()
    # A choice of one is no choice: the form does not send it.
    bureau = article.bureau if article else workplaces(user).first()
    if values["bureau"].isdecimal():
        bureau = Bureau.objects.filter(pk=values["bureau"]).first()
    return Text(
        headline=values["headline"],
        summary=values["summary"],
        dateline=values["dateline"],
        body=values["body"],
        source=values["source"],
        source_name=values["source_name"],
        has_section=bool(values["section"]),
        has_topics=bool(typed.topics),
        has_writer=any(role == CreditRole.WRITER for _author, role in typed.credits),
        bureau=bureau,
        picture=picture,
        objects=resolve(values["body"]),
        embargo_until=_moment(values["embargo"], bureau),
        is_out=bool(article) and article.edition_version is not None,
        number=article.pk if article else None,
    )


def _moment(typed: str, bureau: Bureau | None) -> datetime | None:
    """An embargo as ``Typed`` has it, on the bureau's clock; None while it is half typed."""
    try:
        local = datetime.strptime(typed, "%Y-%m-%d %H:%M")
    except ValueError:
        return None
    return in_zone(local, bureau.zone) if bureau else None


def start_of(user: User, bureau: Bureau | None) -> Typed:
    """What stands in the form of a new story when it opens."""
    author = Author.objects.active().filter(user=user).first()
    empty = Typed.of_story(Article(bureau=bureau))
    return Typed(empty.values, (), ((str(author.pk), CreditRole.WRITER.value),) if author else ())


# Who is there


@dataclass(frozen=True)
class Someone:
    name: str
    is_writing: bool


def be_present(article: Article, user: User, *, is_typing: bool) -> None:
    """Note that somebody has the story open. It locks nothing and clears by itself."""
    now = timezone.now()
    presence = Presence(article=article, user=user, seen_at=now)
    fields = ["seen_at"]
    if is_typing:
        presence.typed_at = now
        fields.append("typed_at")
    Presence.objects.bulk_create(
        [presence],
        update_conflicts=True,
        update_fields=fields,
        unique_fields=["article", "user"],
    )


def be_gone(article: Article, user: User) -> None:
    """Note that somebody has closed the story. Another page of theirs says soon that it is open."""
    Presence.objects.filter(article=article, user=user).delete()


def others_at(article: Article, user: User) -> list[Someone]:
    """Who else has the story open at this moment, whoever writes first.

    Whoever has something unsaved in it is writing, however long ago they typed it.
    """
    unsaved = Autosave.objects.filter(article=article, user=OuterRef("user"))
    there = Presence.objects.now().filter(article=article).exclude(user=user)
    there = there.annotate(is_unsaved=Exists(unsaved)).select_related("user")
    since = timezone.now() - TYPING_FOR
    people = [
        Someone(
            str(presence.user),
            presence.is_unsaved or bool(presence.typed_at and presence.typed_at > since),
        )
        for presence in there.order_by("user__first_name", "user_id")
    ]
    return sorted(people, key=lambda someone: not someone.is_writing)
