"""Who sees what at the desk: rights come from memberships; another bureau's text never shows."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import get_resolver

from articles import workflow
from articles.models import Article, Byline, Section, Tag
from bureaus.models import Author
from tests.desk import ADD, byline, change_url, form_data, verb_url
from tests.factories import (
    approve_story,
    make_picture,
    make_story,
    make_user,
    publish_story,
)

SECRET = "Rahasia dapur redaksi"


@pytest.fixture
def foreign(other_editor, makassar):
    """A draft of another bureau with a picture of that bureau."""
    picture = make_picture(makassar, caption=SECRET, alt_text=SECRET)
    return make_story(
        other_editor,
        makassar,
        headline=SECRET,
        summary=SECRET,
        body=f"<p>{SECRET}</p>",
        picture=picture,
        tags=[SECRET],
    )


def urls_of(story: Article) -> list[str]:
    return [
        change_url(story),
        f"{change_url(story)}?_to_field=id",
        f"{change_url(story)}?_popup=1",
        f"/articles/article/{story.pk}/",
        f"/articles/article/{story.pk}/history/",
        f"/articles/article/{story.pk}/delete/",
        verb_url(story, "submit"),
        verb_url(story, "retract"),
        f"/articles/picture/{story.picture_id}/change/",
        f"/articles/picture/{story.picture_id}/thumbnail/",
        f"/articles/picture/{story.picture_id}/history/",
    ]


@pytest.mark.parametrize("who", ["correspondent", "editor", "administrator", "photo_editor"])
def test_a_story_of_another_bureau_is_refused_at_every_address(request, desk_client, foreign, who):
    client = desk_client(request.getfixturevalue(who))
    library = who == "photo_editor"

    for url in urls_of(foreign):
        if library and "/picture/" in url:
            continue
        response = client.get(url, follow=True)
        assert response.status_code in (403, 404), url
        assert SECRET not in response.content.decode(), url


@pytest.mark.parametrize("who", ["correspondent", "editor", "administrator", "photo_editor"])
def test_posting_to_a_story_of_another_bureau_changes_nothing(request, desk_client, foreign, who):
    client = desk_client(request.getfixturevalue(who))
    before = Article.objects.values().get()

    saved = client.post(change_url(foreign), form_data(foreign, headline="Milik saya"))
    verb = client.post(verb_url(foreign, "submit"), {"version": 1})
    delete = client.post(f"/articles/article/{foreign.pk}/delete/", {"post": "yes"})

    assert [saved.status_code, verb.status_code, delete.status_code] in (
        [404, 404, 403],
        [403, 404, 403],
    )
    for response in (saved, verb, delete):
        assert SECRET not in response.content.decode()
    assert Article.objects.values().get() == before


@pytest.mark.parametrize("query", ["q=Rahasia", "q=dapur", "tab=draft", "section__id__exact=1"])
def test_lists_and_search_show_no_story_of_another_bureau(
    desk_client, correspondent, editor, foreign, query
):
    for user in (correspondent, editor):
        client = desk_client(user)
        for url in (f"/articles/article/?{query}", f"/articles/picture/?{query}", "/"):
            assert SECRET not in client.get(url, follow=True).content.decode()


@pytest.mark.parametrize(
    "lookup",
    [
        "bylines__author__name=Nurhayati",
        "created_by__password__startswith=md5",
    ],
)
def test_a_list_cannot_be_asked_for_what_it_does_not_offer(desk_client, editor, lookup):
    response = desk_client(editor).get(f"/articles/article/?{lookup}")

    assert response.status_code in (302, 400)
    assert response.headers.get("Location", "") in ("", "/articles/article/?e=1")


def autocomplete(client, model: str, field: str, term: str, app: str = "articles"):
    return client.get(
        "/autocomplete/",
        {"app_label": app, "model_name": model, "field_name": field, "term": term},
    )


def found(response) -> list[str]:
    return [line["text"] for line in response.json()["results"]]


def test_typing_finds_ones_own_stories_and_pictures_and_nobody_elses(
    desk_client, correspondent, cilacap, foreign
):
    make_picture(cilacap, caption="Kapal")
    story = make_story(correspondent, cilacap, headline="Kapal melaut")
    client = desk_client(correspondent)

    assert found(autocomplete(client, "article", "picture", "")) == ["Kapal"]
    assert found(autocomplete(client, "event", "article", "")) == [story.headline]
    assert found(autocomplete(client, "byline", "author", "nur")) == ["Nurhayati Rahim"]
    assert found(autocomplete(client, "taggedarticle", "tag", "nel")) == ["nelayan"]


def test_typing_finds_no_topic_of_another_bureaus_draft_until_it_is_public(
    desk_client, correspondent, other_editor, network_editor, foreign
):
    client = desk_client(correspondent)

    assert found(autocomplete(client, "taggedarticle", "tag", "rahasia")) == []
    approve_story(foreign, by=other_editor, editor=network_editor)
    workflow.publish(foreign, by=network_editor)
    assert found(autocomplete(client, "taggedarticle", "tag", "rahasia")) == [SECRET]


def test_typing_finds_no_logins_but_for_administrators(
    desk_client, correspondent, editor, network_editor, administrator
):
    for user in (correspondent, editor, network_editor):
        client = desk_client(user)
        assert autocomplete(client, "author", "user", "", "bureaus").status_code == 403
        assert autocomplete(client, "article", "created_by", "").status_code == 403
    response = autocomplete(desk_client(administrator), "author", "user", "retno", "bureaus")
    assert found(response) == ["Retno Wijayanti"]


def test_a_picture_of_another_bureau_cannot_be_put_into_a_story(
    desk_client, correspondent, cilacap, makassar
):
    story = make_story(correspondent, cilacap)
    picture = make_picture(makassar)

    desk_client(correspondent).post(change_url(story), form_data(story, picture=picture.pk))

    assert Article.objects.get().picture is None


def test_a_forged_row_changes_no_credit(desk_client, correspondent, cilacap, foreign):
    story = make_story(correspondent, cilacap)
    theirs, own = foreign.bylines.get(), story.bylines.get()
    before = list(Byline.objects.order_by("pk").values())
    client = desk_client(correspondent)

    for row in (
        byline(0, correspondent.author, "editor", theirs.pk),
        byline(0, correspondent.author, "editor", theirs.pk, DELETE="on"),
        byline(0, correspondent.author, "editor", own.pk, article=foreign.pk),
    ):
        client.post(change_url(story), form_data(story, **row))

    assert list(Byline.objects.order_by("pk").values()) == before


def test_a_link_puts_no_words_into_a_form(desk_client, correspondent):
    page = desk_client(correspondent).get(f"{ADD}?headline={SECRET}&body={SECRET}&paid=1")

    assert SECRET not in page.content.decode()
    assert page.context["adminform"].form["paid"].value() is False


# Pages by role: 200, or where it leads instead.
PLACES = (
    "/",
    "/articles/article/",
    ADD,
    "/articles/picture/",
    "/articles/picture/add/",
    "/bureaus/author/",
    "/bureaus/user/",
    "/bureaus/bureau/",
    "/bureaus/network/1/change/",
    "/articles/section/",
    "/articles/tag/",
    "/profile/",
    "/articles/pin/network/",
    "/articles/page/",
)
ALLOWED = {
    #                  home story write pict. send auth. user bur. netw. sect. tag prof. front text
    "correspondent":  (200, 200, 200,  200,  200,  403,  403, 403, 403,  403,  403, 200, 404,  403),
    "editor":         (200, 200, 200,  200,  200,  200,  403, 403, 403,  403,  403, 200, 404,  200),
    "network_editor": (200, 200, 200,  200,  200,  200,  403, 403, 403,  403,  200, 200, 200,  200),
    "photo_editor":   (200, 403, 403,  200,  200,  403,  403, 403, 403,  403,  403, 200, 404,  403),
    "administrator":  (200, 403, 403,  403,  403,  200,  200, 200, 200,  200,  200, 200, 404,  200),
    "outsider":       (302, 302, 302,  302,  302,  302,  302, 302, 302,  302,  302, 302, 302,  302),
}  # fmt: skip


@pytest.mark.parametrize("who", ALLOWED)
def test_each_role_reaches_its_own_pages(request, desk_client, cilacap, who):
    client = desk_client(request.getfixturevalue(who))

    assert tuple(client.get(url).status_code for url in PLACES) == ALLOWED[who]


def test_staff_flag_and_permissions_of_django_open_no_door(desk_client, outsider, correspondent):
    outsider.is_staff = correspondent.is_staff = True
    for user in (outsider, correspondent):
        user.save()
        user.user_permissions.set(Permission.objects.all())

    assert (
        tuple(desk_client(outsider).get(url).status_code for url in PLACES) == (ALLOWED["outsider"])
    )
    assert (
        tuple(desk_client(correspondent).get(url).status_code for url in PLACES)
        == (ALLOWED["correspondent"])
    )


def test_an_administrator_without_another_role_sees_no_story(
    desk_client, administrator, correspondent, cilacap
):
    story = make_story(correspondent, cilacap, headline=SECRET)
    client = desk_client(administrator)

    assert client.get(change_url(story)).status_code == 403
    assert SECRET not in client.get("/").content.decode()


def test_a_closed_account_sees_nothing(desk_client, editor):
    client = desk_client(editor)
    editor.is_active = False
    editor.save()

    assert client.get("/articles/article/").status_code == 302


def test_nobody_deletes_anything_through_the_admin(
    desk_client, administrator, network_editor, correspondent, editor, cilacap
):
    publish_story(correspondent, editor, cilacap)
    rows = {
        "articles/article": Article.objects.get().pk,
        "articles/section": Section.objects.first().pk,
        "articles/tag": Tag.objects.get().pk,
        "bureaus/author": Author.objects.first().pk,
        "bureaus/user": correspondent.pk,
        "bureaus/bureau": cilacap.pk,
    }
    sections = Section.objects.count()
    for user in (administrator, network_editor):
        client = desk_client(user)
        for model, pk in rows.items():
            response = client.post(f"/{model}/{pk}/delete/", {"post": "yes"})
            assert response.status_code == 403, model
            client.post(f"/{model}/", {"action": "delete_selected", "_selected_action": pk})
    assert [Article.objects.count(), Tag.objects.count()] == [1, 1]
    assert Section.objects.count() == sections


def test_the_desk_has_no_redirect_that_tells_addresses_by_number():
    routes = get_resolver("newsroom.urls.desk").reverse_dict
    admin = get_resolver("newsroom.urls.desk").namespace_dict["admin"][1].reverse_dict

    assert "view_on_site" not in routes
    assert "view_on_site" not in admin


def test_a_reporter_of_two_bureaus_chooses_between_these_two(
    desk_client, cilacap, makassar, jayapura
):
    roamer = make_user("lina", ("reporter", cilacap), ("reporter", makassar), name="Lina Sari")

    form = desk_client(roamer).get(ADD).context["adminform"].form

    assert list(form["bureau"].field.queryset) == [cilacap, makassar]
    assert form["bureau"].field.disabled is False
