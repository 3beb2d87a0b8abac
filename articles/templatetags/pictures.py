"""Pictures in readers' pages and at the desk."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bureaus.rendered import RenderedPicture
from newsroom.renditions.bounded import MAX_BYTES, PROBLEMS
from newsroom.renditions.sizes import FORMATS

register = template.Library()

register.simple_tag(lambda: MAX_BYTES, name="most_bytes")
register.simple_tag(lambda: PROBLEMS["bytes"], name="too_many_bytes")

TYPES = {"avif": "image/avif", "webp": "image/webp"}
LARGE = 960  # pixels; what a browser without srcset gets


@register.simple_tag
def picture(
    picture: RenderedPicture,
    shape: str = "free",
    *,
    sizes: str = "100vw",
    lazy: bool = True,
    alt: str | None = None,
    css: str = "",
    is_small: bool = False,
) -> SafeString:
    """A picture in a shape, one of sizes.SHAPES: ``<picture>`` with what exists of it.

    ``sizes`` says how wide the page shows it. ``alt`` replaces the picture's own words, as with ""
    beside a headline that says the same. One that is not ``lazy`` is what the page is about and is
    loaded first. ``is_small``: a browser without srcset gets the thumbnail.
    """
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        (
            (TYPES[ending], picture.srcset_of(shape, ending), sizes)
            for ending in FORMATS[:-1]
            if picture.widths(shape, ending)
        ),
    )
    # Of an older picture there may be nothing in this shape yet.
    own = shape if picture.widths(shape) else "free"
    width = picture.widths(own)[0] if is_small and picture.widths(own) else LARGE
    across, down = picture.shown_size(own)
    alt = getattr(picture, "alt_text", "") if alt is None else alt
    image = format_html(
        '<img class="{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}>',
        f"{css} tone-{picture.tone}".strip(),
        picture.url(width, own),
        picture.srcset_of(own),
        sizes,
        across,
        down,
        alt,
        SafeString(' lang="id"') if alt else "",
        SafeString(' loading="lazy"' if lazy else ' fetchpriority="high"'),
    )
    return format_html("<picture>{}{}</picture>", sources, image)
