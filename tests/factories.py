"""Plain functions that make what a newsroom is made of."""

from functools import cache
from io import BytesIO
from itertools import count

from django.db import transaction
from django.utils.text import slugify
from PIL import Image

from articles import publication, workflow
from articles.models import (
    Article,
    Byline,
    Edition,
    Event,
    Picture,
    Section,
    Tag,
    TaggedArticle,
)
from articles.publication import Situation
from bureaus.likenesses import Portrait
from bureaus.models import Author, Bureau, Membership, Network, User
from newsroom.renditions import bounded
from newsroom.renditions.bounded import Received
from newsroom.renditions.sizes import CENTRE, PLANS, every

_numbers = count(1)


def make_bureau(slug: str, time_zone: str = "Asia/Jakarta", **more) -> Bureau:
    # A test with transactions of its own empties the tables, the migration's one row included.
    Network.objects.get_or_create(pk=1)
    values = {"name": slug.title(), "time_zone": time_zone, "is_open": True} | more
    return Bureau.objects.create(slug=slug, **values)


def make_user(username: str, *roles: tuple[str, Bureau | None], **more) -> User:
    """A login with these roles, each at a bureau or, with None, at every bureau."""
    first, _space, last = more.pop("name", username.title()).partition(" ")
    user = User.objects.create_user(
        username=username,
        password="a long password",
        email=f"{username}@example.org",
        first_name=first,
        last_name=last,
        is_staff=True,
        **more,
    )
    # At once: nothing that a role would take out of a cache can be there of a new login.
    Membership.objects.bulk_create(
        Membership(user=user, role=role, bureau=bureau) for role, bureau in roles
    )
    return user


def make_author(name: str, *, bureau: Bureau | None = None, user: User | None = None) -> Author:
    return Author.objects.create(name=name, slug=slugify(name), bureau=bureau, user=user)


def make_section(slug: str = "hukum", name: str = "Hukum") -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_tags(names: list[str]) -> list[Tag]:
    """The topics of these names, in this order; one that is there is not made again."""
    there = {tag.name.casefold(): tag for tag in Tag.objects.all()}
    names = {name.casefold(): name for name in reversed(names)}.values()
    return [there.get(name.casefold()) or Tag.objects.create(name=name) for name in [*names][::-1]]


def picture_bytes(width: int = 1200, height: int = 800, kind: str = "JPEG", **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (30, 90, 120)).save(out, kind, **more)
    return out.getvalue()


def photo_bytes(width: int = 90, height: int = 60, **tags: str) -> bytes:
    """A photograph as a camera writes it, with more that it says of itself: ``artist`` and
    ``copyright``, and whose the camera is: ``holder``. A ``camera`` that is "" has left no name."""
    exif = Image.Exif()
    if holder := tags.pop("holder", ""):
        exif.get_ifd(0x8769)[0xA430] = holder
    for name, tag in (("camera", 0x0110), ("artist", 0x013B), ("copyright", 0x8298)):
        if value := {"camera": "SM-A546E", **tags}.get(name):
            exif[tag] = value
    return picture_bytes(width, height, exif=exif)


@cache
def rendered(data: bytes, plan: str = "picture") -> tuple[Received, dict[str, bytes]]:
    """What becomes of a file: how it is received, and all its renditions."""
    received = bounded.receive(BytesIO(data), plan=plan, words={})
    wanted = every(received.size, PLANS[plan])
    return received, bounded.draw(BytesIO(data), wanted, words={}, focal=CENTRE)


def make_picture(bureau: Bureau, data: bytes | None = None, **more) -> Picture:
    """A picture with all its renditions, as the worker leaves it."""
    values = {
        "caption": "Kapal nelayan di muara",
        "credit": "Danu Prasetya",
        "alt_text": "Kapal kayu di muara sungai",
    } | more
    picture = Picture(bureau=bureau, **values)
    data = data or picture_bytes()
    # Drawn once: their words apart, files of the same bytes look alike.
    received, files = rendered(data)
    picture.take(BytesIO(data), received)
    picture.made, picture.is_finished = picture.keep(files), True
    picture.save()
    return picture


def make_portrait(author: Author, data: bytes | None = None) -> Portrait:
    """An author's face with all its renditions, as the worker leaves it."""
    portrait, data = Portrait(author=author), data or picture_bytes()
    received, files = rendered(data, "portrait")
    portrait.take(BytesIO(data), received)
    portrait.made, portrait.is_finished = portrait.keep(files), True
    portrait.save()
    return portrait


def make_story(by: User, bureau: Bureau, **more) -> Article:
    """A complete draft, saved once, written by the user's own author."""
    number = next(_numbers)
    tags = more.pop("tags", ["nelayan"])
    writers = more.pop("writers", None)
    values = {
        "headline": f"Kapal nelayan kembali melaut {number}",
        "summary": "Larangan berlayar dicabut.",
        "dateline": "Cilacap",
        "body": "<p>Deru mesin terdengar lagi di muara.</p><p>Harga ikan turun.</p>",
        "section": make_section(),
    } | more
    article = Article.objects.create(bureau=bureau, created_by=by, **values)
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag=tag) for tag in make_tags(tags)
    )
    if writers is None:
        author = Author.objects.filter(user=by).first()
        writers = [author or make_author(str(by), bureau=bureau, user=by)]
    for position, author in enumerate(writers):
        Byline.objects.create(article=article, author=author, role="writer", position=position)
    workflow.save_revision(article, by=by)
    made = Article.objects.get(pk=article.pk)
    made.bureau, made.section = bureau, values["section"]
    return made


def approve_story(article: Article, *, by: User, editor: User) -> Article:
    workflow.submit(article, by=by)
    workflow.claim(article, by=editor)
    return workflow.approve(article, by=editor)


def publish_story(by: User, editor: User, bureau: Bureau, **more) -> Edition:
    """A story that is live, with the log of the whole way; nobody was mailed about an approval."""
    article = make_story(by, bureau, **more)
    now = publication.database_now()
    article.stage, article.stage_since = "approved", now
    article.approved_by, article.approved_version = editor, article.version
    article.save()
    way = ("draft", "submitted", "in_review", "approved")
    steps = (("submit", by), ("claim", editor), ("approve", editor))
    Event.objects.bulk_create(
        Event(
            article=article,
            verb=verb,
            by=who,
            at=now,
            stage_before=way[number],
            stage_after=way[number + 1],
            version=article.version,
        )
        for number, (verb, who) in enumerate(steps)
    )
    return workflow.publish(article, by=editor)


@transaction.atomic
def make_live(by: User, bureau: Bureau, *, editor: User | None = None, **more) -> Edition:
    """A story that is live without having gone the whole way: for tests of what comes after.

    With an ``editor``, who approved it, it stands where the whole way leads; the log is empty.
    """
    article = make_story(by, bureau, **more)
    now = publication.database_now()
    if editor:
        article.stage, article.stage_since = "approved", now
        article.approved_by, article.approved_version = editor, article.version
        article.save()
    content = publication.working_copy(article) | {"approved_by_id": (editor or by).pk}
    edition = publication.make_edition(
        article, Situation.of(article, now), content, by=editor or by, kind="first", start=now
    )
    article.save()
    return edition


@transaction.atomic
def rewrite(article: Article, *, by: User, **fields) -> Article:
    """Save other words over a story, as the story form does."""
    locked = workflow.lock_for_editing(article, by=by)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save()
    workflow.save_revision(locked, by=by)
    return locked


def publish_next(article: Article, *, by: User, editor: User, **fields) -> Edition:
    """Rewrite a live story and publish the new text as an update."""
    rewrite(article, by=by, **fields)
    approve_story(article, by=by, editor=editor)
    return workflow.update(article, by=editor)


def publish_correction(
    edition: Edition, *, notice: str = "Yang benar 408 kapal.", **fields
) -> Edition:
    """Correct a live story, by those who made it."""
    editor, reporter = edition.approved_by, edition.article.created_by
    rewrite(edition.article, by=reporter, **{"headline": "Yang benar 408 kapal"} | fields)
    approve_story(edition.article, by=reporter, editor=editor)
    return workflow.correct(edition.article, by=editor, notice=notice)
