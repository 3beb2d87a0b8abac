"""With a hundred times the stories the desk is as quick, and asks the database as often."""

from dataclasses import replace

import pytest

from tests.scale.archive import FREQUENT, MIDDLING, RARE
from tests.scale.pace import HEAD, Archive, Page, drop_archive, make_archive, measure

SMALL, LARGE = 2_000, 200_000
ROUNDS = 15
SLOWER_AT_MOST = 1.5

LIST = "/articles/article/"
LIBRARY = "/articles/picture/"
TABS = (
    "desk", "draft", "sent_back", "submitted", "in_review", "approved", "scheduled", "published",
    "retracted", "spiked", "all",
)  # fmt: skip
EVERYBODY = ("reporter", "editor", "network_editor")
EDITORS = ("editor", "network_editor")

PAGES_ASKED_FOR = [
    *(Page("home", who, "/") for who in EVERYBODY),
    *(Page(f"list, {tab}", who, f"{LIST}?tab={tab}") for tab in TABS for who in EVERYBODY),
    *(Page("list, deep", who, f"{LIST}?tab=published&before={{deep}}") for who in EVERYBODY),
    *(Page("list, deep, backwards", who, f"{LIST}?tab=all&after={{deep}}") for who in EVERYBODY),
    *(
        Page(f"list, {query}", who, f"{LIST}?{query}")
        for query in (
            "tab=published&section=3",
            "tab=published&author={writer}",
            "tab=published&changed=year",
            "tab=all&changed_from=2024-01-01&changed_until=2024-12-31",
            "tab=published&picture=no",
            "tab=published&mark=breaking",
            "tab=published&mark=paid",
            "tab=all&mark=embargo",
            "tab=desk&held=me",
            "tab=published&section=2&picture=no&mark=protected&changed=year",
        )
        for who in EDITORS
    ),
    Page("list, bureau=8", "network_editor", f"{LIST}?tab=published&bureau=8"),
    *(
        Page(f"search, {kind}", who, f"{LIST}?q={words}{more}")
        for kind, words, more in (
            ("frequent", FREQUENT, ""),
            ("frequent, retracted", FREQUENT, "&tab=retracted"),
            ("frequent, desk", FREQUENT, "&tab=desk"),
            ("frequent, deep", FREQUENT, "&tab=published&before={deep}"),
            ("frequent, one section", FREQUENT, "&tab=published&section=3"),
            ("middling", MIDDLING, ""),
            ("frequent and middling", f"{FREQUENT} {MIDDLING}", ""),
            ("rare", RARE, ""),
            ("none", "tidakadakataini", ""),
            ("a beginning", FREQUENT[:4], ""),
        )
        for who in EVERYBODY
    ),
    *(Page("story, live", who, f"{LIST}{{live}}/change/") for who in EVERYBODY),
    *(Page("story, waiting", who, f"{LIST}{{waiting}}/change/") for who in EDITORS),
    *(Page("story, draft", who, f"{LIST}{{draft}}/change/") for who in EVERYBODY),
    *(Page("picture, lead of many", who, f"{LIBRARY}{{lead}}/change/") for who in EVERYBODY),
    *(Page("picture, in five texts", who, f"{LIBRARY}{{placed}}/change/") for who in EDITORS),
]

# A network editor's choice of a bureau holds from page to page: each page says that it is of all.
PAGES = [
    replace(page, url=f"{page.url}&bureau=")
    if page.who == "network_editor" and f"{LIST}?" in page.url and "bureau=" not in page.url
    else page
    for page in PAGES_ASKED_FOR
]

PICTURES = [
    *(
        Page(f"library, {name}", who, f"{LIBRARY}{query}")
        for name, query in (
            ("newest", ""),
            ("as a list", "?view=list"),
            ("deep", "?before={deep_picture}"),
            ("deep, backwards", "?after={deep_picture}"),
            ("shared", "?bureau=shared"),
            ("this year", "?sent=year"),
            ("credit", "?credit=Danu+7"),
            ("right ending", "?rights=ending"),
            ("right over", "?rights=over"),
            ("AI", "?rights=ai"),
            ("no alternative text", "?lacks=alt"),
            ("no credit", "?lacks=credit"),
            ("frequent", f"?q={FREQUENT}"),
            ("frequent, deep", f"?q={FREQUENT}&before={{deep_picture}}"),
            ("frequent, right over", f"?q={FREQUENT}&rights=over"),
            ("middling", f"?q={MIDDLING}"),
            ("frequent and middling", f"?q={FREQUENT}+{MIDDLING}"),
            ("rare", f"?q={RARE}"),
            ("rare, shared", f"?q={RARE}&bureau=shared"),
            ("none", "?q=tidakadakataini"),
            ("a beginning", f"?q={FREQUENT[:4]}"),
        )
        for who in EVERYBODY
    ),
    *(Page("chooser", who, f"{LIBRARY}choose/") for who in EVERYBODY),
    *(Page("chooser, frequent", who, f"{LIBRARY}choose/?part=1&q={FREQUENT}") for who in EVERYBODY),
    *(Page("chooser, rare", who, f"{LIBRARY}choose/?part=1&q={RARE}") for who in EVERYBODY),
]


def made(worker_id: str, kind: str, sizes: list[tuple[int, int]]):
    archives = [
        make_archive(f"scale_{worker_id}_{kind}_{number}", *size)
        for number, size in enumerate(sizes)
    ]
    yield tuple(archives)
    for archive in archives:
        drop_archive(archive)


@pytest.fixture(scope="module")
def archives(django_db_setup, django_db_blocker, worker_id):
    with django_db_blocker.unblock():
        yield from made(worker_id, "stories", [(SMALL, SMALL), (LARGE, SMALL)])


@pytest.fixture(scope="module")
def libraries(django_db_setup, django_db_blocker, worker_id):
    with django_db_blocker.unblock():
        yield from made(worker_id, "pictures", [(SMALL, SMALL), (SMALL, LARGE)])


def is_as_quick(pages: list[Page], archives: tuple[Archive, Archive], capsys) -> None:
    paces = measure(pages, archives, ROUNDS)

    with capsys.disabled():
        print("", HEAD, *paces, sep="\n")
    fair = [pace for pace in paces if pace.is_fair]
    assert [str(pace) for pace in fair if len(set(pace.queries)) > 1] == []
    slower = [pace for pace in fair if pace.ratio > SLOWER_AT_MOST]
    assert [str(pace) for pace in slower] == []


@pytest.mark.soak
@pytest.mark.django_db
def test_every_page_of_the_desk_is_as_quick_with_a_hundred_times_the_stories(archives, capsys):
    is_as_quick(PAGES, archives, capsys)


@pytest.mark.soak
@pytest.mark.django_db
def test_the_library_is_as_quick_with_a_hundred_times_the_pictures(libraries, capsys):
    is_as_quick(PICTURES, libraries, capsys)
