"""What the placeholders of a story stand for at this moment: pictures as they now are, stories as
far as readers see them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext, pgettext

from articles import known_lines, listings
from articles.models import Listing, Picture
from articles.objects import Placeholder, pictures_in, stories_in


@dataclass(frozen=True)
class Resolved:
    """By id. What is missing is not there any more, or not for readers: nothing stands for it."""

    pictures: Mapping[int, Picture] = field(default_factory=dict)
    stories: Mapping[int, Listing] = field(default_factory=dict)


NOTHING = Resolved()


def resolve(*bodies: str, stories: Mapping[int, Listing] | None = None) -> Resolved:
    """One statement for pictures and one for stories, as far as the bodies have any.

    ``stories`` are those that a caller has read already, with lists of its own.
    """
    picture_ids = {number for body in bodies for number in pictures_in(body)}
    pictures = {}
    if picture_ids:
        pictures = known_lines.with_own_version(Picture.objects.all()).in_bulk(picture_ids)
    if stories is None:
        story_ids = {number for body in bodies for number in stories_in(body)}
        stories = listings.live_lines(listings.NETWORK, story_ids) if story_ids else {}
    return Resolved(pictures, stories)


def names_in(body: str) -> list[str]:
    """For the page cache: what a page with this body shows, or would show as soon as it is out."""
    names = [f"article:{number}" for number in stories_in(body)]
    return names + [f"picture:{number}" for number in pictures_in(body)]


def naming(resolved: Resolved) -> Callable[[Placeholder], str]:
    """How comparisons call an object: by what a reader sees of it."""

    def name(placeholder: Placeholder) -> str:
        kind = kind_of(placeholder)
        return f"{kind}: {_words(placeholder, resolved) or gettext('not to be seen any more')}"

    return name


def name_alone(placeholder: Placeholder) -> str:
    """The same where nothing was looked up."""
    words = placeholder.caption or placeholder.url or " ".join(map(str, placeholder.ids))
    return f"{kind_of(placeholder)}: {words}"


def kind_of(placeholder: Placeholder) -> str:
    if placeholder.embed:
        return f"{placeholder.embed.kind} ({placeholder.embed.service})"
    return {
        "picture": pgettext("figure", "Picture"),
        "gallery": gettext("Gallery"),
        "see-also": gettext("Read also"),
    }.get(placeholder.kind, "")


def _words(placeholder: Placeholder, resolved: Resolved) -> str:
    if placeholder.kind == "see-also":
        line = resolved.stories.get(placeholder.id)
        return line.headline if line else ""
    if placeholder.kind == "embed":
        return placeholder.caption or placeholder.url
    shown = [resolved.pictures[each] for each in placeholder.ids if each in resolved.pictures]
    own = [picture.public_name for picture in shown]
    return placeholder.caption or " · ".join(own)
