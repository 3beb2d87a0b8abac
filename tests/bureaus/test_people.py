"""Logins, roles, authors and settings: only administrators, and nobody above the own role."""

import pytest
from django.utils.translation import override

from articles.models import Section, Tag
from bureaus.models import Author, Bureau, Network, User
from tests.desk import LIMITS, errors_of, save, text_of
from tests.factories import make_author, make_user

ROLES = {
    "memberships-TOTAL_FORMS": 0,
    "memberships-INITIAL_FORMS": 0,
    "memberships-MIN_NUM_FORMS": 0,
    "memberships-MAX_NUM_FORMS": 1000,
}


def person(user: User, **more) -> dict:
    """The form of a login as it stands."""
    data = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "language": user.language,
    }
    kept = list(user.memberships.all())
    for number, membership in enumerate(kept):
        data |= role(number, membership.role, membership.bureau, pk=membership.pk)
    return data | ROLES | {
        "memberships-TOTAL_FORMS": len(kept), "memberships-INITIAL_FORMS": len(kept)
    } | more  # fmt: skip


def role(number: int, name: str, bureau=None, pk="", **more) -> dict:
    row = {"id": pk, "role": name, "bureau": bureau.pk if bureau else "all", **more}
    return {f"memberships-{number}-{field}": value for field, value in row.items()}


def with_role(user: User, name: str, bureau=None) -> dict:
    count = user.memberships.count()
    return person(user, **role(count, name, bureau)) | {"memberships-TOTAL_FORMS": count + 1}


def url(user: User) -> str:
    return f"/bureaus/user/{user.pk}/change/"


def roles_of(user: User) -> set:
    return set(user.memberships.values_list("role", "bureau__slug"))


def test_a_login_that_differs_by_the_case_of_a_letter_is_refused(desk_client, administrator):
    make_user("ratih")
    user = make_user("wening")
    answer = desk_client(administrator).post(url(user), person(user, username="Ratih"))
    assert answer.status_code == 200
    assert "username" in answer.context["adminform"].form.errors
    user.refresh_from_db()
    assert user.username == "wening"


@pytest.fixture
def bureau_administrator(cilacap):
    return make_user("sekretaris", ("administrator", cilacap), name="Sekretaris Redaksi")


def test_an_administrator_gives_a_role_at_a_bureau(
    desk_client, administrator, correspondent, makassar
):
    save(
        desk_client(administrator),
        url(correspondent),
        with_role(correspondent, "bureau_editor", makassar),
    )

    assert roles_of(correspondent) == {("reporter", "cilacap"), ("bureau_editor", "makassar")}


@pytest.mark.parametrize("name", ["reporter", "bureau_editor", "photo_editor", "administrator"])
def test_nobody_gets_every_bureau_because_none_was_chosen(
    desk_client, administrator, correspondent, name
):
    client = desk_client(administrator)
    typed = with_role(correspondent, name)

    left = save(client, url(correspondent), typed | {"memberships-1-bureau": ""})
    assert "Pilih bironya." in left.content.decode()
    assert roles_of(correspondent) == {("reporter", "cilacap")}

    save(client, url(correspondent), typed)
    assert roles_of(correspondent) == {("reporter", "cilacap"), (name, None)}


def test_a_network_editor_needs_no_choice_for_there_is_only_one(
    desk_client, administrator, correspondent, cilacap
):
    client = desk_client(administrator)

    at_one = save(client, url(correspondent), with_role(correspondent, "network_editor", cilacap))
    assert "Redaktur jaringan bekerja di semua biro" in at_one.content.decode()
    typed = with_role(correspondent, "network_editor") | {"memberships-1-bureau": ""}
    save(client, url(correspondent), typed)

    assert roles_of(correspondent) == {("reporter", "cilacap"), ("network_editor", None)}


def test_every_bureau_is_offered_to_whoever_may_give_it(
    desk_client, administrator, bureau_administrator, correspondent
):
    def choices(user) -> list[str]:
        page = desk_client(user).get(url(correspondent))
        (inline,) = page.context["inline_admin_formsets"]
        return [str(words) for _value, words in inline.formset.empty_form.fields["bureau"].choices]

    assert choices(administrator) == ["Pilih biro", "Semua biro", "Cilacap"]
    assert choices(bureau_administrator) == ["Pilih biro", "Cilacap"]


def test_a_role_at_every_bureau_stays_when_something_else_is_changed(desk_client, administrator):
    photographer = make_user("danu", ("photo_editor", None))

    page = desk_client(administrator).get(url(photographer))
    (inline,) = page.context["inline_admin_formsets"]
    assert inline.formset.forms[0]["bureau"].value() == "all"
    save(desk_client(administrator), url(photographer), person(photographer, first_name="Danu"))

    photographer.refresh_from_db()
    assert (photographer.first_name, roles_of(photographer)) == ("Danu", {("photo_editor", None)})


def test_the_list_of_users_says_where_each_role_is_held(
    desk_client, administrator, editor, network_editor
):
    make_user("danu", ("photo_editor", None), name="Danu Prasetya")

    page = text_of(desk_client(administrator).get("/bureaus/user/"))

    assert "Redaktur biro Cilacap" in page
    assert "Redaktur foto (semua biro)" in page
    assert "Redaktur jaringan (semua biro)" not in page


@pytest.mark.parametrize(
    "who", ["correspondent", "editor", "network_editor", "photo_editor", "administrator"]
)
def test_nobody_gives_a_role_to_himself(request, desk_client, who):
    user = request.getfixturevalue(who)
    before = roles_of(user)

    save(desk_client(user), url(user), with_role(user, "network_editor"))

    assert roles_of(user) == before


def test_nobody_takes_away_or_changes_the_own_role(desk_client, administrator):
    membership = administrator.memberships.get()
    client = desk_client(administrator)

    save(client, url(administrator), person(administrator, **{"memberships-0-DELETE": "on"}))
    save(
        client,
        url(administrator),
        person(administrator, **role(0, "network_editor", pk=membership.pk)),
    )

    assert roles_of(administrator) == {("administrator", None)}


def test_an_administrator_of_one_bureau_gives_roles_there_alone(
    desk_client, bureau_administrator, correspondent, cilacap, makassar
):
    client = desk_client(bureau_administrator)

    save(client, url(correspondent), with_role(correspondent, "bureau_editor", cilacap))
    for name, bureau in (
        ("bureau_editor", makassar),
        ("network_editor", None),
        ("administrator", None),
    ):
        save(client, url(correspondent), with_role(correspondent, name, bureau))

    assert roles_of(correspondent) == {("reporter", "cilacap"), ("bureau_editor", "cilacap")}


def test_an_administrator_of_one_bureau_reaches_no_login_with_a_role_elsewhere(
    desk_client, bureau_administrator, administrator, other_editor, network_editor, correspondent
):
    superuser = make_user("akar", is_superuser=True)
    client = desk_client(bureau_administrator)

    statuses = {
        user.username: (
            client.get(url(user)).status_code,
            client.post(f"/bureaus/user/{user.pk}/invite/").status_code,
        )
        for user in (administrator, other_editor, network_editor, superuser, correspondent)
    }

    assert statuses == {
        "tata": (404, 404),
        "nurhayati": (404, 404),
        "retno": (404, 404),
        "akar": (404, 404),
        "ratih": (200, 302),
    }


def test_an_administrator_cannot_take_over_a_superuser(desk_client, administrator):
    superuser = make_user("akar", is_superuser=True)

    assert desk_client(administrator).get(url(superuser)).status_code == 404


def test_posting_rights_that_the_form_does_not_show_gives_none(
    desk_client, administrator, correspondent
):
    save(
        desk_client(administrator),
        url(correspondent),
        person(
            correspondent, is_superuser="on", is_staff="on", groups=[1], user_permissions=[1, 2]
        ),
    )

    correspondent.refresh_from_db()
    assert not correspondent.is_superuser
    assert correspondent.user_permissions.count() == 0


def test_a_bureau_editor_adds_and_edits_authors_of_the_own_bureau(
    desk_client, editor, correspondent, cilacap, makassar
):
    client = desk_client(editor)
    typed = {
        "name": "Lina Sari", "slug": "lina-sari", "kind": "contributor", "place": "Kroya",
        "biography": "", "is_active": "on",
    }  # fmt: skip

    client.post("/bureaus/author/add/", {**typed, "bureau": cilacap.pk, "user": correspondent.pk})
    client.post("/bureaus/author/add/", {**typed, "slug": "lain", "bureau": makassar.pk})
    client.post("/bureaus/author/add/", {**typed, "slug": "tanpa", "bureau": ""})

    authors = Author.objects.filter(name="Lina Sari")
    assert [(author.slug, author.bureau, author.user) for author in authors] == [
        ("lina-sari", cilacap, None)
    ]


def test_a_bureau_editor_cannot_unlink_the_own_login_from_the_own_byline(
    desk_client, editor, cilacap
):
    author = editor.author
    typed = {
        "name": author.name, "slug": author.slug, "kind": "staff", "bureau": cilacap.pk,
        "place": "", "biography": "", "is_active": "on", "user": "",
    }  # fmt: skip

    save(desk_client(editor), f"/bureaus/author/{author.pk}/change/", typed)

    author.refresh_from_db()
    assert (author.kind, author.user) == ("staff", editor)


def test_the_form_of_an_author_says_what_its_fields_are_in_indonesian(desk_client, editor, cilacap):
    form = desk_client(editor).get("/bureaus/author/add/").context["adminform"].form
    with override("id"):
        labels = {name: str(form[name].label) for name in ("name", "slug", "position")}
    assert labels == {"name": "Nama", "slug": "Alamat", "position": "Jabatan"}


def test_a_bureau_editor_does_not_reach_an_author_of_another_bureau(desk_client, editor, makassar):
    author = make_author("Nurhayati Rahim", bureau=makassar)

    response = desk_client(editor).get(f"/bureaus/author/{author.pk}/change/")

    assert response.status_code == 404


def test_the_network_is_one_row_that_cannot_be_added_to(desk_client, administrator):
    client = desk_client(administrator)

    assert client.get("/bureaus/network/")["Location"] == "/bureaus/network/1/change/"
    assert client.get("/bureaus/network/add/").status_code == 403
    save(client, "/bureaus/network/1/change/",
        {
            "name": "BIG ISSUE", "printed_domain": "BIGISSUE.ID", "tagline": "", "accent": "merah",
            "publisher": "", "address": "", "person_responsible": "",
        },
    )  # fmt: skip
    assert [str(network) for network in Network.objects.all()] == ["BIG ISSUE"]


def test_a_reserved_subdomain_is_refused_at_its_field(desk_client, administrator):
    response = desk_client(administrator).post(
        "/bureaus/bureau/add/",
        {"name": "Meja", "slug": "desk", "time_zone": "Asia/Jakarta", "accent": "laut", **LIMITS},
    )

    assert errors_of(response) == {
        "slug": ["“desk” is used by the program itself. Choose another subdomain."]
    }
    assert not Bureau.objects.exists()


def test_an_administrator_of_one_bureau_does_not_move_its_host_or_clock(
    desk_client, bureau_administrator, cilacap
):
    save(desk_client(bureau_administrator), f"/bureaus/bureau/{cilacap.pk}/change/",
        {
            "name": "Cilacap", "slug": "lain", "time_zone": "Asia/Jayapura", "accent": "bata",
            "province": "Jawa Tengah", **LIMITS,
        },
    )  # fmt: skip

    cilacap.refresh_from_db()
    assert (cilacap.slug, cilacap.time_zone, cilacap.accent, cilacap.is_open) == (
        "cilacap", "Asia/Jakarta", "bata", True,
    )  # fmt: skip


def test_what_stands_in_an_address_is_fixed_once_saved(desk_client, administrator, cilacap):
    author = make_author("Lina Sari", bureau=cilacap)
    section = Section.objects.get(slug="hukum")
    tag = Tag.objects.create(name="Gempa Mamuju")
    client = desk_client(administrator)
    typed = {"name": "Nama baru", "slug": "lain", "kind": "staff", "position": "1"}

    for row, path in (
        (author, "bureaus/author"),
        (section, "articles/section"),
        (tag, "articles/tag"),
    ):
        page = client.get(f"/{path}/{row.pk}/change/")
        assert 'name="slug"' not in page.content.decode()
        save(client, f"/{path}/{row.pk}/change/", typed)
        before = row.slug
        row.refresh_from_db()
        assert (row.name, row.slug) == ("Nama baru", before)


def test_an_author_has_a_position_and_a_topic_an_introduction(
    desk_client, editor, network_editor, cilacap
):
    author = make_author("Lina Sari", bureau=cilacap)
    tag = Tag.objects.create(name="Gempa Mamuju")

    save(
        desk_client(editor),
        f"/bureaus/author/{author.pk}/change/",
        {"name": "Lina Sari", "kind": "staff", "bureau": cilacap.pk, "position": "Redaktur foto"},
    )
    save(
        desk_client(network_editor),
        f"/articles/tag/{tag.pk}/change/",
        {"name": "Gempa Mamuju", "introduction": "Gempa 15 Januari 2021."},
    )

    author.refresh_from_db()
    tag.refresh_from_db()
    assert (author.position, tag.introduction) == ("Redaktur foto", "Gempa 15 Januari 2021.")
