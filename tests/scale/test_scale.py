"""With a hundred times the stories the desk is as quick, and asks the database as often."""

import pytest

from tests.scale.archive import FREQUENT, MIDDLING, RARE
from tests.scale.pace import HEAD, Page, drop_archive, make_archive, measure

SMALL, LARGE = 2_000, 200_000
ROUNDS = 15
SLOWER_AT_MOST = 1.5

LIST = "/articles/article/"
TABS = (
    "desk", "draft", "sent_back", "submitted", "in_review", "approved", "scheduled", "published",
    "retracted", "spiked", "all",
)  # fmt: skip
EVERYBODY = ("reporter", "editor", "network_editor")
EDITORS = ("editor", "network_editor")

PAGES = [
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
]


@pytest.fixture(scope="module")
def archives(django_db_setup, django_db_blocker, worker_id):
    with django_db_blocker.unblock():
        made = [make_archive(f"scale_{worker_id}_{stories}", stories) for stories in (SMALL, LARGE)]
        yield tuple(made)
        for archive in made:
            drop_archive(archive)


@pytest.mark.soak
@pytest.mark.django_db
def test_every_page_of_the_desk_is_as_quick_with_a_hundred_times_the_stories(archives, capsys):
    paces = measure(PAGES, archives, ROUNDS)

    with capsys.disabled():
        print("", HEAD, *paces, sep="\n")
    fair = [pace for pace in paces if pace.is_fair]
    assert [str(pace) for pace in fair if len(set(pace.queries)) > 1] == []
    slower = [pace for pace in fair if pace.ratio > SLOWER_AT_MOST]
    assert [str(pace) for pace in slower] == []
