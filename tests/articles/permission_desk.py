"""The desk as the permission matrix asks it: the cast, what is sent, what came of it."""

import json
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from articles import writing
from articles.models import Article, Page, PolicyReport, Revision, Tag
from articles.picture_rights import mark_of
from bureaus.models import Author
from tests.articles.permission_table import ALL, PEOPLE, PLACES, Cell
from tests.articles.test_workflow_table import bring_to
from tests.desk import form_data
from tests.factories import (
    make_author,
    make_bureau,
    make_picture,
    make_portrait,
    make_section,
    make_story,
    make_user,
    picture_bytes,
    publish_story,
)
from tests.routes import paths

# What a request may change without changing the newsroom: who is signed in, seen or counted.
UNCOUNTED = (
    "django_session", "usersessions_usersession", "articles_presence", "bureaus_sign_in_counts",
)  # fmt: skip
SECRET = "Rahasia dapur redaksi"
NEW = "Judul naskah yang baru"
OLDER = 0  # the number of a text that each story had before: another one than it has now
TYPED = "Kalimat yang belum disimpan"
# A story that is no draft is told of nowhere but on its own pages: nothing else is furnished then.
MAY_KNOW = {"own": {"writer", "editor", "network"}, "other": {"elsewhere", "network"}}


class Desk:
    """People, and something of everything at their bureau ("own") and at another ("other")."""

    def __init__(self, host: str = "desk.bentara.test"):
        self.host = host
        self.bureaus = {
            "own": make_bureau("cilacap", name="Cilacap"),
            "other": make_bureau("makassar", "Asia/Makassar", name="Makassar"),
        }
        own, other = self.bureaus.values()
        roles = {
            "writer": ("reporter", own),
            "colleague": ("reporter", own),
            "editor": ("bureau_editor", own),
            "manager": ("administrator", own),
            "network": ("network_editor", None),
            "photo": ("photo_editor", None),
            "administrator": ("administrator", None),
            "elsewhere": ("bureau_editor", other),
        }
        self.people = {name: make_user(name, role) for name, role in roles.items()}
        for name in ("writer", "colleague"):
            make_author(name, bureau=own, user=self.people[name])
        there = make_user("their-writer", ("reporter", other))
        make_author("their-writer", bureau=other, user=there)
        self.staff = {
            "own": {
                "writer": self.people["writer"],
                "holder": self.people["editor"],
                "second": make_user("second", ("bureau_editor", own)),
            },
            "other": {
                "writer": there,
                "holder": self.people["elsewhere"],
                "second": make_user("their-second", ("bureau_editor", other)),
            },
        }
        self.clients = {name: self._client(name) for name in PEOPLE}
        self.things: dict[str, dict] = {"own": {}, "other": {}}
        self.secrets: dict[str, list[str]] = {"own": [], "other": []}
        self.keys = {place: uuid4() for place in self.bureaus}

    def _client(self, name: str) -> Client:
        client = Client(headers={"host": self.host}, raise_request_exception=False)
        if name != "nobody":
            client.force_login(self.people[name])
        return client

    def bring_story_to(self, state: str, place: str) -> None:
        staff = self.staff[place]
        story = bring_to(state, staff, self.bureaus[place])
        self._keep_a_text_of(story, place)
        self.things[place]["articles/article"] = story
        self.secrets = {place: [story.headline, "Deru mesin terdengar"]}

    def _keep_a_text_of(self, story, place: str) -> None:
        last = story.revisions.first()
        Revision.objects.create(
            article=story,
            number=OLDER,
            saved_by=last.saved_by,
            content=last.content | {"headline": "Judul yang lama"},
        )
        pairs = [[name, str(value)] for name, value in form_data(story, headline=TYPED).items()]
        writer, key = self.staff[place]["writer"], self.keys[place]
        writing.keep(writer, pairs, key=key, version=story.version, article=story)

    def furnish(self) -> None:
        """Put one of everything that is no story's into each bureau, and a draft beside it."""
        for place, bureau in self.bureaus.items():
            staff = self.staff[place]
            picture = make_picture(bureau, uploaded_by=staff["writer"])
            draft = make_story(staff["writer"], bureau, headline=f"{SECRET} {place}")
            self._keep_a_text_of(draft, place)
            left = make_user(f"left-{place}", ("reporter", bureau), is_active=False)
            person = make_user(f"invited-{place}", ("reporter", bureau))
            person.set_unusable_password()
            person.save()
            Authenticator.objects.create(user=person, type="totp", data={})
            author = make_author(f"Penulis {place}", bureau=bureau)
            make_portrait(author)
            self.secrets[place] = [draft.headline]
            self.things[place] = {
                "articles/article": draft,
                "articles/page": Page.objects.create(kind="about", bureau=bureau, body="<p>x</p>"),
                "articles/picture": picture,
                "articles/policyreport": PolicyReport.objects.create(
                    directive="script-src", blocked=f"https://{place}.example/"
                ),
                "articles/section": make_section(),
                "articles/tag": Tag.objects.get(name="nelayan"),
                "bureaus/author": author,
                "bureaus/bureau": bureau,
                "bureaus/network": bureau.network,
                "bureaus/user": person,
                "left": left,
                "live": publish_story(staff["writer"], staff["holder"], bureau).article,
            }

    # Asking

    def path(self, cell: Cell) -> str:
        things = self.things[cell.place]
        model = "/".join(cell.route.split("/")[:2])
        thing = things.get("left" if cell.route.endswith("return/") else model)
        picture = things.get("articles/picture")
        samples = {
            "name": picture.name_of("240.jpg") if picture else "",
            "object_id": thing.pk if thing else "",
            "user_id": thing.pk if thing else "",
            "author_id": thing.pk if thing else "",
            "article_id": thing.pk if thing else "",
            "picture_id": thing.pk if thing else "",
            "bureau_id": self.bureaus[cell.place].pk,
            "key": "set-password" if "uidb36" in cell.route else self.keys[cell.place],
            "verb": cell.verb,
            "number": OLDER,
            "uidb36": "1",
            "pk": 1,
            "token": "x",
            "app_label": "articles",
            "url": "no-such-page",
        }
        (path,) = paths(cell.route, {name: [value] for name, value in samples.items()})
        query = {
            "articles/page/add/": f"?kind=contact&bureau={self.bureaus[cell.place].pk}",
            "articles/picture/rights/": f"?picture={picture.pk}" if picture else "",
            "autocomplete/": "?app_label=articles&model_name=article&field_name=picture&term=",
        }
        return f"/{path}{query.get(cell.route, '')}"

    def ask(self, cell: Cell, before: dict[str, str | None]) -> str:
        """What is wrong with the answer; empty when it is as the table says."""
        client = self.clients[cell.person]
        cookies = client.cookies.copy()
        earlier = writes()
        with undone():
            more = {}
            if cell.method == "POST":
                more = self._sent(cell)
            response = client.generic(cell.method, self.path(cell), **more)
            # A text that is refused is kept for its writer, and the story stays as it is.
            kept = {"articles_autosave"} if is_story_form(cell) else set()
            written = {name for name, times in writes().items() if times != earlier.get(name, 0)}
            now = contents(written & before.keys() - kept)
            has_changed = any(now[name] != before[name] for name in now)
            is_astray = "articles_article" in written and self._has_gone_astray(cell)
        client.cookies = cookies
        found = []
        if not is_as_expected(cell, response):
            found.append(f"answers {response.status_code}, not {cell.expected!r}")
        if has_changed != cell.changes:
            found.append("changes something" if has_changed else "changes nothing")
        if is_astray:
            found.append("files a story at a bureau where this person does not work")
        return ", ".join([*found, *self._leaks(cell, response)])

    def _has_gone_astray(self, cell: Cell) -> bool:
        workplaces = {"elsewhere": ("other",), "network": PLACES}.get(cell.person, ("own",))
        theirs = [self.bureaus[place].pk for place in workplaces]
        return Article.objects.filter(headline=NEW).exclude(bureau__in=theirs).exists()

    def _leaks(self, cell: Cell, response) -> list[str]:
        told = response.getvalue().decode(errors="replace") + response.headers.get("Location", "")
        found = []
        for place, secrets in self.secrets.items():
            if cell.person not in MAY_KNOW[place]:
                found += [f"tells {words!r}" for words in secrets if words in told]
        if cell.person != "writer" and TYPED in told:
            found.append("tells what somebody else has typed")
        return found

    # What a browser would send

    def _sent(self, cell: Cell) -> dict:
        data = self._fields(cell)
        if isinstance(data, str):
            return {"data": data, "content_type": "application/json"}
        data = {name: value for name, value in data.items() if value is not None}
        return {"data": encode_multipart(BOUNDARY, data), "content_type": MULTIPART_CONTENT}

    def _fields(self, cell: Cell) -> dict | str:
        bureau = self.bureaus[cell.place]
        story = self.things[cell.place].get("articles/article")
        data: dict | str = {}
        match cell.route:
            case "articles/article/<path:object_id>/change/":
                data = form_data(story, headline="Judul yang baru")
            case "articles/article/add/":
                data = form_data(headline=NEW, bureau=bureau.pk)
            case "articles/article/autosave/" | "articles/article/<int:article_id>/autosave/":
                data = self._typed(cell, story)
            case "articles/article/objects/":
                data = json.dumps(
                    {"objects": ['<figure data-object="picture" data-id="1"></figure>']}
                )
            case "articles/article/bulk/":
                data = {"verb": "submit", "story": f"{story.pk}.{story.version}", "back": ""}
            case "articles/article/<int:article_id>/verb/<slug:verb>/":
                data = self._told(cell, story)
            case "articles/pin/network/" | "articles/pin/<int:bureau_id>/":
                data = self._order(cell)
            case "articles/picture/rights/":
                picture = self.things[cell.place]["articles/picture"]
                data = {
                    "picture": f"{picture.pk}.{mark_of(picture)}",
                    "credit": bureau.name,
                    "replace_credit": "on",
                }
            case "articles/picture/upload/":
                data = {"file": photo(), "bureau": bureau.pk}
            case "articles/picture/<int:picture_id>/words/":
                data = {"alt_text": "Kapal", "caption": "Takarir yang baru", "credit": bureau.name}
            case "profile/":
                data = {"first_name": "Nama", "last_name": "Baru", "language": "en"}
            case route if route.endswith("/delete/"):
                data = {"post": "yes"}
            case route if route.endswith(("/add/", "/change/")) and "passkeys" not in route:
                data = self._filled(cell)
        return data

    def _order(self, cell: Cell) -> dict:
        page = self.clients["network"].get(self.path(cell))
        live, version = self.things[cell.place]["live"].pk, page.context["arrangement"].version
        return {"save": "1", "version": version, "story": live, f"{live}-until": "1d"}

    def _told(self, cell: Cell, story) -> dict:
        tomorrow = timezone.localtime() + timedelta(days=1)
        long_ago = timezone.localtime() - timedelta(days=9)
        elsewhere = self.bureaus["other" if cell.place == "own" else "own"]
        told = {
            "version": story.version,
            "reason": "Sebab.",
            "ground": "factual",
            "notice": "Yang benar 408 kapal.",
            "bureau": elsewhere.pk if cell.verb in ("place", "unplace") else "",
        }
        if cell.verb in ("schedule", "approve_and_schedule"):
            told |= {"at_date": f"{tomorrow:%Y-%m-%d}", "at_time": "10:15"}
        if cell.verb == "backdate":
            told |= {"printed_at_date": f"{long_ago:%Y-%m-%d}", "printed_at_time": "10:15"}
        return told

    def _typed(self, cell: Cell, story) -> str:
        user = self.people.get(cell.person)
        is_new = "article_id" not in cell.route
        fields = form_data(None if is_new else story, headline="Sedang diketik")
        return json.dumps(
            {
                "key": str(uuid4()),
                "writer": user.pk if user else 0,
                "version": 0 if is_new else story.version,
                "fields": [[name, str(value)] for name, value in fields.items()],
            }
        )

    # Values for forms: as the page of somebody who may has them, with something new.

    def _filled(self, cell: Cell) -> dict:
        new = {
            "articles/page": {"body": "<p>Teks yang baru.</p>"},
            "articles/picture": {"caption": "Takarir yang baru"},
            "articles/policyreport": {"times": 0},
            "articles/section": {"name": "Rubrik Baru", "slug": "rubrik-baru", "position": 40},
            "articles/tag": {"introduction": "Tentang topik ini."},
            "bureaus/author": {"name": "Nama Baru", "slug": "nama-baru"},
            "bureaus/bureau": {"name": "Biro Baru", "slug": "biro-baru"},
            "bureaus/network": {"tagline": "Kabar yang baru"},
            "bureaus/user": {"first_name": "Nama Baru"},
        }
        model = "/".join(cell.route.split("/")[:2])
        more = dict(new[model])
        if cell.route.endswith("/add/"):
            more |= self._beginnings(model, self.bureaus[cell.place].pk)
        asker = "network" if model == "articles/picture" else "administrator"
        page = self.clients[asker].get(self.path(cell))
        if not page.context or "adminform" not in page.context:
            return more
        # Whoever may open the form gets the marks of one's own.
        own = self.clients[cell.person].get(self.path(cell))
        if own.context and "adminform" in own.context:
            page = own
        return values_of(page) | more

    @staticmethod
    def _beginnings(model: str, bureau: int) -> dict:
        return {
            "articles/picture": {
                "file": photo(), "alt_text": "Kapal", "credit": "Danu", "source": "agency",
                "licence": "contract", "owner": "Kantor berita", "bureau": bureau,
            },
            "bureaus/author": {"kind": Author.Kind.STAFF, "bureau": bureau},
            "bureaus/bureau": {"time_zone": "Asia/Jakarta", "accent": "laut"},
            "bureaus/user": {
                "username": "baru", "last_name": "", "email": "baru@example.org", "language": "id",
                "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0,
                "memberships-0-role": "reporter", "memberships-0-bureau": bureau,
            },
        }.get(model, {})  # fmt: skip


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("kapal.jpg", picture_bytes(80, 60), "image/jpeg")


def values_of(page) -> dict:
    """What stands in the form on a page, as a browser would send it."""
    forms = [page.context["adminform"].form]
    for inline in page.context.get("inline_admin_formsets", ()):
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    found = {}
    for form in forms:
        for name in form.fields:
            value = form[name].value()
            if name != "file" and value is not None and value is not False:
                found[form.add_prefix(name)] = value
    return found


@contextmanager
def undone():
    """Whatever happens inside has not happened afterwards."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def counted() -> set[str]:
    """The tables that belong to the newsroom. One that is added later counts by itself."""
    names = set(connection.introspection.table_names()) - set(UNCOUNTED)
    others = ("procrastinate", "django_migrations", "auth_permission")
    return {name for name in names if not name.startswith(others)}


def contents(tables: set[str]) -> dict[str, str | None]:
    """A mark of all that stands in each of these tables, by the table's name."""
    if not tables:
        return {}
    each = (
        f"SELECT '{name}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{name}\" t"
        for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def writes() -> dict[str, int]:
    """How many rows this transaction has written so far, undone ones too, by the table's name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def is_story_form(cell: Cell) -> bool:
    return cell.method == "POST" and cell.route == "articles/article/<path:object_id>/change/"


def is_as_expected(cell: Cell, response) -> bool:
    status = response.status_code
    if status == 405 and (cell.person != "nobody" or cell.row.leads_in == ALL):
        # A page that has no such method has it for nobody, whoever asks.
        return cell.method != "GET" or cell.row.takes_posts_alone or "drop" in cell.route
    if cell.method == "OPTIONS" and status == 200 and not response.getvalue():
        return True  # which methods there are is no secret
    found = "yes"
    leads_in = response.headers.get("Location", "").partition("?")[0] == "/login/"
    if leads_in or status == 401 or (status == 403 and cell.person == "nobody"):
        found = "in"
    elif status == 403 and cell.method == "POST" and cell.row.changes and not cell.changes:
        return True  # whoever may only look is refused, whether the page opens or not
    elif status in (403, 404):
        found = "no"
    elif status == 410:
        return cell.expected != "yes"
    elif status >= 500:
        found = "broken"
    return found == cell.expected
