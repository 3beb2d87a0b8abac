"""Who makes an archive: the newsroom that is there, else the demo's, with more reporters."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db.models import Min
from django.utils.text import slugify

from articles.models import Picture, Section, Tag
from bureaus.models import Author, Bureau, Membership, Role, User
from newsroom.archive.grammar import Grammar
from newsroom.demo.loader import Loader
from newsroom.demo.pictures import FOLDER as PICTURES

# Bureaus from the largest on, by their share of the stories; further ones get the last.
SHARES = (30, 20, 15, 12, 9, 6, 4, 3, 1)
LARGEST = "cilacap"
REPORTERS_A_SHARE = 0.6
FEWEST_REPORTERS = 3


@dataclass(frozen=True)
class Writer:
    """A reporter who has a login, as bylines name authors."""

    author: int
    name: str
    slug: str
    user: int


@dataclass(frozen=True)
class Desk:
    """A bureau with its people and its pictures, by what they show."""

    bureau: Bureau
    share: int
    editors: list[int]
    writers: list[Writer]
    pictures: dict[str, Picture]


@dataclass(frozen=True)
class Newsroom:
    desks: list[Desk]
    network_editor: int
    sections: dict[str, Section]
    tags: list[dict[str, Any]]  # the commonest first, as an edition prints them


def assemble(grammar: Grammar, *, tags: int, began: datetime, seed: int) -> Newsroom:
    """Make what is missing, so many ``tags``, too; ``began`` is when the first story appears."""
    if not Bureau.objects.exists():
        loader = Loader(secrets.token_urlsafe(9))
        loader.make_cast()
        loader.make_pages()
    Bureau.objects.open().filter(opened_at__gt=began).update(opened_at=began - timedelta(days=1))
    network_editor = Membership.objects.filter(role=Role.NETWORK_EDITOR).aggregate(Min("user"))
    bureaus = sorted(Bureau.objects.open(), key=lambda bureau: (bureau.slug != LARGEST, bureau.pk))
    draw = Random(seed)
    used = set(Author.objects.values_list("slug", flat=True))
    names = [name for name in draw.sample(grammar.people, 500) if slugify(name) not in used]
    desks = []
    for number, bureau in enumerate(bureaus):
        share = SHARES[min(number, len(SHARES) - 1)]
        size = max(round(share * REPORTERS_A_SHARE), FEWEST_REPORTERS)
        own, names = names[:size], names[size:]
        writers = [_reporter(name, bureau) for name in own]
        desks.append(Desk(bureau, share, _editors(bureau), writers, _pictures(bureau, grammar)))
    return Newsroom(
        desks,
        network_editor["user__min"],
        {section.slug: section for section in Section.objects.all()},
        _tags(grammar, tags),
    )


def _reporter(name: str, bureau: Bureau) -> Writer:
    slug = slugify(name)
    first, _space, last = name.partition(" ")
    user = User(username=slug, first_name=first, last_name=last, is_staff=True)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, role=Role.REPORTER, bureau=bureau)
    author = Author.objects.create(
        name=name, slug=slug, bureau=bureau, user=user, kind=Author.Kind.CORRESPONDENT
    )
    return Writer(author.pk, name, slug, user.pk)


def _editors(bureau: Bureau) -> list[int]:
    held = Membership.objects.filter(role=Role.BUREAU_EDITOR, bureau=bureau)
    editors = list(held.order_by("user").values_list("user", flat=True))
    if not editors:
        user = User(username=f"redaktur-{bureau.slug}", first_name="Redaktur", is_staff=True)
        user.last_name = bureau.name
        user.set_unusable_password()
        user.save()
        Membership.objects.create(user=user, role=Role.BUREAU_EDITOR, bureau=bureau)
        editors = [user.pk]
    return editors


def _pictures(bureau: Bureau, grammar: Grammar) -> dict[str, Picture]:
    """One row a subject; all bureaus share the files, so that they are cut to size once."""
    stems = sorted({stem for entry in grammar.sections.values() for stem in entry.pictures})
    found: dict[str, Picture] = {}
    for stem in stems:
        picture = Picture.objects.filter(caption=_caption(stem)).first()
        if picture is None:
            picture = Picture(bureau=bureau, caption=_caption(stem), credit="Bentara")
            picture.alt_text = _caption(stem)
            with (PICTURES / f"{stem}.jpg").open("rb") as file:
                picture.receive(file)
            picture.save()
        elif picture.bureau_id != bureau.pk:
            picture.pk, picture._state.adding, picture.bureau = None, True, bureau
            picture.save()
        found[stem] = picture
    return found


def _caption(stem: str) -> str:
    return f"Arsip: {stem.replace('-', ' ')}"


def _tags(grammar: Grammar, count: int) -> list[dict[str, Any]]:
    names = list(islice(grammar.tag_names(), count))
    known = {tag.name.casefold(): tag for tag in Tag.objects.all()}
    slugs = {tag.slug for tag in known.values()}
    fresh = []
    for name in names:
        slug = Tag().slugify(name)
        if name.casefold() not in known and slug not in slugs:
            slugs.add(slug)
            fresh.append(Tag(name=name, slug=slug))
    for tag in Tag.objects.bulk_create(fresh, batch_size=2000):
        known[tag.name.casefold()] = tag
    found = [known[name.casefold()] for name in names if name.casefold() in known]
    return [{"id": tag.pk, "name": tag.name, "slug": tag.slug} for tag in found]
