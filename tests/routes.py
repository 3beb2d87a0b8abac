"""Every address that a URLconf answers, filled with samples: a new route joins by itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern, URLResolver

PART = re.compile(r"<(?:\w+:)?(\w+)>")
# A named group of the admin's own patterns, which hold no further groups.
GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")


def routes(urlconf: str) -> dict[str, bool]:
    """Templates of paths such as "rubrik/<words:slug>"; whether they are in each language, too."""
    return dict(_below(get_resolver(urlconf), "", False))


def _below(resolver: URLResolver, prefix: str, translated: bool) -> Iterator[tuple[str, bool]]:
    for entry in resolver.url_patterns:
        if isinstance(entry.pattern, LocalePrefixPattern):
            yield from _below(entry, prefix, True)
            continue
        route = prefix + _template(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _below(entry, route, translated)
        else:
            yield route, translated


def _template(pattern) -> str:
    if isinstance(pattern, RoutePattern):
        return str(pattern._route)
    assert isinstance(pattern, RegexPattern)
    template = GROUP.sub(r"<\1>", pattern._regex.removeprefix("^").removesuffix("$"))
    plain = PART.sub("", template)
    assert plain == re.escape(plain), f"tests/routes.py cannot read the pattern {pattern._regex!r}"
    return template


def paths(route: str, samples: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """The route's paths with every combination of the samples of its parts."""
    names = PART.findall(route)
    missing = [name for name in names if name not in samples]
    assert not missing, (
        f"The route {route!r} has a part that no sample is known for: {', '.join(missing)}. "
        f"Add it to the samples, with values that lead to what must stay hidden."
    )
    for values in product(*(samples[name] for name in names)):
        filled = iter(values)
        yield PART.sub(lambda _part, filled=filled: str(next(filled)), route)
