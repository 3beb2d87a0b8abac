"""Who may open, and who may change something at, each address of the desk: written by hand.

From the rules, not from the program. The people: nobody (not signed in); of the bureau Cilacap the
reporter who wrote the story (writer), another reporter (colleague), an editor and an administrator
of that bureau alone (manager); the network editor, the photo editor and the administrator of the
whole network; and an editor of another bureau (elsewhere).

Each row is written for what belongs to Cilacap. What belongs to the other bureau is its editor's as
the other is the editor's, and the network's people have both; nobody else has anything of it.
"""

from dataclasses import dataclass, field

from articles.verbs import VERBS
from tests.articles.test_workflow_table import EXPECTED

PEOPLE = (
    "nobody", "writer", "colleague", "editor", "manager", "network", "photo", "administrator",
    "elsewhere",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PLACES = ("own", "other")
STATES = tuple(EXPECTED)

ALL = " ".join(PEOPLE)
STAFF = ALL.removeprefix("nobody ")
WRITING = "writer colleague editor network elsewhere"
ON_STORY = "writer editor network"
# The same person's place at the other bureau.
THERE = {"editor": "elsewhere"} | {name: name for name in ("network", "photo", "administrator")}


@dataclass(frozen=True)
class Row:
    """``opens`` to these people; a well-formed POST of these ``changes`` the newsroom.

    ``of`` is what the address, or what is sent there, belongs to: nothing, a "bureau" or a "story"
    (whose stage and public state then count). A page that ``is_shared`` opens to the same people
    whatever it is asked for; only what it does is bounded. ``leads_in``: to these people it shows
    the way to sign in.
    """

    opens: str = ""
    changes: str | dict[str, str] = ""
    of: str = ""
    is_shared: bool = False
    leads_in: str = ""
    takes_posts_alone: bool = False

    def who_opens(self, place: str, state: str) -> set[str]:
        if self.is_shared:
            return set(self.opens.split())
        if self.of == "story" and state == "discarded":
            return set()
        return self._at(place, self.opens)

    def who_changes(self, place: str, state: str, verb: str) -> set[str]:
        if verb:
            return self._at(place, granted(state, verb))
        if isinstance(self.changes, dict):
            return self._at(place, self.changes[state])
        if self.of == "story" and state == "discarded":
            return set()
        return self._at(place, self.changes)

    def _at(self, place: str, people: str) -> set[str]:
        names = people.split()
        if self.of and place == "other":
            return {THERE[name] for name in names if name in THERE}
        return set(names)


def granted(state: str, verb: str) -> str:
    """Who may do the verb, by the table of the workflow; "second" is nobody's part here."""
    names = [name for name, verbs in EXPECTED[state].items() if verb in verbs.split()]
    return " ".join({"holder": "editor", "second": ""}.get(name, name) for name in names)


# Who may change the text as it stands. A reporter not while the desk has it; nobody once it was
# retracted, spiked or discarded.
EDITED = dict.fromkeys(STATES, ON_STORY) | {
    "submitted": "editor network",
    "in_review": "editor network",
    "retracted": "",
    "spiked": "",
    "discarded": "",
}

OPEN = Row(ALL)
FOR_STAFF = Row(STAFF, leads_in="nobody")
REFUSED = Row()  # to everybody, and changes nothing
# Django's short form of an address leads to the form, whatever it names, and tells nothing.
SHORT = Row(STAFF)
KEEPS_AUTHORS = "editor manager network administrator"
KEEPS_PAGES = KEEPS_AUTHORS
HAS_PICTURES = "writer colleague editor network photo"
WORDS_PICTURES = "writer editor network photo"
MANAGES = "manager administrator"
CURATES = "editor network"


def kept(opens: str, *, of: str = "", changes: str | None = None) -> dict[str, Row]:
    """The addresses of one row of a model that nobody deletes."""
    changes = opens if changes is None else changes
    return {
        "<path:object_id>/history/": Row(opens, of=of),
        "<path:object_id>/delete/": REFUSED,
        "<path:object_id>/change/": Row(opens, changes, of=of),
        "<path:object_id>/": SHORT,
    }


def below(prefix: str, rows: dict[str, Row]) -> dict[str, Row]:
    return {prefix + route: row for route, row in rows.items()}


TABLE: dict[str, Row] = {
    "media/<path:name>": OPEN,
    "robots.txt": OPEN,
    "healthz": OPEN,
    # Takes a report of anybody; one of somebody who is not signed in changes nothing.
    "policy-reports/": Row(ALL, takes_posts_alone=True),
    # Signing in
    "login/": OPEN,
    "login/passkey/": Row(leads_in=ALL),  # without what a key has answered
    "login/step/": FOR_STAFF,
    "login/closed/": Row(leads_in=ALL),
    "login/password/": OPEN,
    "login/password/sent/": OPEN,
    "login/password/saved/": OPEN,
    "login/password/<slug:uidb36>/<str:key>/": OPEN,
    "invitation/<str:token>/": REFUSED,  # without an invitation
    "logout/": OPEN,
    "logout/done/": OPEN,
    # One's own
    "second-factor/": FOR_STAFF,
    "again/": FOR_STAFF,
    "again/code/": FOR_STAFF,
    "again/passkey/": FOR_STAFF,
    "password_change/": FOR_STAFF,
    "password_change/set/": OPEN,
    **below(
        "profile/security/",
        {
            "": FOR_STAFF,
            "app/": FOR_STAFF,
            "app/remove/": REFUSED,  # to whoever has none, as the next
            "codes/": REFUSED,
            "codes/new/": FOR_STAFF,
            "passkeys/": OPEN,
            "passkeys/add/": FOR_STAFF,
            "passkeys/<int:pk>/": FOR_STAFF,
            "passkeys/<int:pk>/remove/": FOR_STAFF,
        },
    ),
    "profile/sessions/": FOR_STAFF,
    "profile/": Row(STAFF, STAFF),
    "health/": Row("administrator"),
    "profile/email/": FOR_STAFF,
    # The desk
    "": FOR_STAFF,
    "autocomplete/": Row("writer colleague editor network photo elsewhere"),
    "jsi18n/": FOR_STAFF,
    "<app_label>/": FOR_STAFF,
    "<url>": REFUSED,
    **below(
        "bureaus/author/",
        {
            "": Row(f"{KEEPS_AUTHORS} elsewhere"),
            "add/": Row(f"{KEEPS_AUTHORS} elsewhere", KEEPS_AUTHORS, of="bureau", is_shared=True),
            "<int:author_id>/portrait/": Row(KEEPS_AUTHORS, of="bureau"),
            **kept(KEEPS_AUTHORS, of="bureau"),
        },
    ),
    **below(
        "bureaus/bureau/",
        {
            "": Row(MANAGES),
            "add/": Row("administrator", "administrator"),
            "icon.svg": Row(MANAGES),
            "<int:bureau_id>/close/": Row("administrator", "administrator"),
            "<int:bureau_id>/preview/": Row(MANAGES, of="bureau"),
            **kept(MANAGES, of="bureau"),
        },
    ),
    **below(
        "bureaus/network/",
        {"": Row("administrator"), "add/": REFUSED, **kept("administrator")},
    ),
    **below(
        "bureaus/user/",
        {
            "": Row(MANAGES),
            "add/": Row(MANAGES, MANAGES, of="bureau", is_shared=True),
            "<int:user_id>/invite/": Row(MANAGES, MANAGES, of="bureau"),
            "<int:user_id>/leave/": Row(MANAGES, MANAGES, of="bureau"),
            "<int:user_id>/return/": Row(MANAGES, MANAGES, of="bureau"),
            "<int:user_id>/second-factor/": Row(MANAGES, MANAGES, of="bureau"),
            **kept(MANAGES, of="bureau"),
        },
    ),
    **below(
        "articles/policyreport/",
        {"": Row("administrator"), "add/": REFUSED, **kept("")},
    ),
    # Stories
    **below(
        "articles/article/",
        {
            "": Row(WRITING),
            # Whoever works at one bureau files there, whatever bureau is sent.
            "add/": Row(WRITING, WRITING),
            "session/": FOR_STAFF,
            "signed-in/": FOR_STAFF,
            "unsaved/": FOR_STAFF,
            "unsaved/<uuid:key>/drop/": Row(STAFF, "writer", of="bureau", is_shared=True),
            "autosave/": Row(WRITING, WRITING, takes_posts_alone=True),
            "objects/": Row(WRITING, takes_posts_alone=True),
            "stories/": Row(WRITING),
            "bulk/": Row(
                WRITING,
                {state: granted(state, "submit") for state in STATES},
                of="story",
                is_shared=True,
            ),
            "<int:article_id>/autosave/": Row(
                ON_STORY, ON_STORY, of="story", takes_posts_alone=True
            ),
            "<int:article_id>/leave/": Row(ON_STORY, of="story", takes_posts_alone=True),
            "<int:article_id>/unsaved/": Row(ON_STORY, of="story"),
            # Only whose text it is chooses; the text is the writer's.
            "<int:article_id>/conflict/<uuid:key>/": Row("writer", of="story"),
            "<int:article_id>/card/": Row(ON_STORY, of="story"),
            "<int:article_id>/compare/": Row(ON_STORY, of="story"),
            "<int:article_id>/take/<int:number>/": Row(
                ON_STORY, EDITED, of="story", takes_posts_alone=True
            ),
            "<int:article_id>/preview/": Row(ON_STORY, of="story"),
            "<int:article_id>/preview/page/": Row(ON_STORY, of="story"),
            "<int:article_id>/verb/<slug:verb>/": Row(ON_STORY, of="story"),
            "<path:object_id>/history/": SHORT,
            "<path:object_id>/delete/": REFUSED,
            "<path:object_id>/change/": Row(ON_STORY, EDITED, of="story"),
            "<path:object_id>/": SHORT,
        },
    ),
    # Fronts
    **below(
        "articles/pin/",
        {
            "": Row("editor network elsewhere"),
            "network/": Row("network", "network"),
            "network/preview/": Row("network"),
            "network/preview/page/": Row("network"),
            "<int:bureau_id>/": Row(CURATES, CURATES, of="bureau"),
            "<int:bureau_id>/preview/": Row(CURATES, of="bureau"),
            "<int:bureau_id>/preview/page/": Row(CURATES, of="bureau"),
        },
    ),
    **below(
        "articles/page/",
        {
            "": Row(f"{KEEPS_PAGES} elsewhere"),
            "add/": Row(KEEPS_PAGES, KEEPS_PAGES, of="bureau"),
            **kept(KEEPS_PAGES, of="bureau"),
            "<path:object_id>/delete/": Row(KEEPS_PAGES, KEEPS_PAGES, of="bureau"),
        },
    ),
    **below(
        "articles/picture/",
        {
            "": Row(f"{HAS_PICTURES} elsewhere"),
            "add/": Row(f"{HAS_PICTURES} elsewhere", HAS_PICTURES, of="bureau", is_shared=True),
            "choose/": Row(f"{HAS_PICTURES} elsewhere"),
            # Opens for any pictures; each is then decided by itself.
            "rights/": Row(
                f"{HAS_PICTURES} elsewhere", WORDS_PICTURES, of="bureau", is_shared=True
            ),
            "upload/": Row(HAS_PICTURES, HAS_PICTURES, of="bureau", takes_posts_alone=True),
            "<int:picture_id>/words/": Row(
                WORDS_PICTURES, WORDS_PICTURES, of="bureau", takes_posts_alone=True
            ),
            "<int:picture_id>/remove/": Row(
                WORDS_PICTURES, WORDS_PICTURES, of="bureau", takes_posts_alone=True
            ),
            "<int:picture_id>/thumbnail/": Row(HAS_PICTURES, of="bureau"),
            # As it came, with what the files for readers leave out: for those who word it.
            "<int:picture_id>/original/": Row(WORDS_PICTURES, of="bureau"),
            # The words of a picture: whoever put it there, and those who decide.
            **kept(HAS_PICTURES, of="bureau", changes=WORDS_PICTURES),
        },
    ),
    **below(
        "articles/section/",
        {
            "": Row("administrator"),
            "add/": Row("administrator", "administrator"),
            **kept("administrator"),
        },
    ),
    **below(
        "articles/tag/",
        {
            "": Row("network administrator"),
            "add/": REFUSED,
            **kept("network administrator"),
        },
    ),
}


@dataclass(frozen=True)
class Cell:
    """One question to the desk."""

    route: str
    method: str
    person: str
    place: str
    state: str = ""
    verb: str = ""
    row: Row = field(init=False, compare=False, repr=False)

    def __post_init__(self):
        object.__setattr__(self, "row", TABLE[self.route])

    def __str__(self):
        parts = (self.person, self.method, f"/{self.route}", self.verb, self.place, self.state)
        return " ".join(filter(None, parts))

    @property
    def changes(self) -> bool:
        who = self.row.who_changes(self.place, self.state, self.verb)
        return self.method == "POST" and self.person in who

    @property
    def expected(self) -> str:
        """ "yes", "no" or "in": shown the way to sign in."""
        if self.person in self.row.leads_in.split():
            return "in"
        if self.person in self.row.who_opens(self.place, self.state):
            return "yes"
        return "in" if self.person == "nobody" else "no"


def cells(*, place: str, state: str = "") -> list[Cell]:
    """The cells of stories in a state or, without one, of everything else."""
    questions = [
        (route, verb)
        for route, row in TABLE.items()
        if (row.of == "story") == bool(state)
        for verb in (VERBS if "<slug:verb>" in route else ("",))
    ]
    return [
        Cell(route, method, person, place, state, verb)
        for route, verb in questions
        for person in PEOPLE
        for method in METHODS
    ]
