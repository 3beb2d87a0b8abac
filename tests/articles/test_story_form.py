"""Writing a story at the desk: what is typed is saved, or stays in the form with a reason."""

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Autosave, Byline, Event, Revision
from bureaus.models import Author
from tests.desk import (
    ADD,
    byline,
    change_url,
    errors_of,
    form_data,
    in_english,
    messages_of,
    text_of,
)
from tests.factories import (
    approve_story,
    make_author,
    make_picture,
    make_story,
    publish_story,
    rewrite,
)


@pytest.fixture(autouse=True)
def _english(correspondent, editor):
    in_english(correspondent, editor)


@pytest.fixture
def writing(desk_client, correspondent):
    return desk_client(correspondent)


def test_a_reporter_saves_a_story_that_has_nothing_but_its_bureau(writing, correspondent, cilacap):
    response = writing.post(ADD, form_data())

    story = Article.objects.get()
    assert response["Location"] == change_url(story)
    assert (story.headline, story.body, story.stage, story.version) == ("", "", "draft", 1)
    assert (story.created_by, story.bureau) == (correspondent, cilacap)


def test_a_new_story_of_a_reporter_credits_the_reporter(writing, correspondent):
    form = writing.get(ADD)

    rows = form.context["inline_admin_formsets"][0].formset.forms
    assert [row.initial for row in rows] == [{"author": correspondent.author.pk, "role": "writer"}]


def test_everything_typed_is_in_the_story_and_in_its_first_revision(
    writing, correspondent, cilacap, section
):
    picture = make_picture(cilacap)
    second = make_author("Danu Prasetya", bureau=cilacap)

    writing.post(
        ADD,
        form_data(
            kicker="Perikanan",
            headline="Kapal kembali\nmelaut ",
            body="<p>Deru mesin <script>alert(1)</script>terdengar.</p>",
            summary="Larangan dicabut.",
            dateline="Cilacap",
            section=section.pk,
            picture=picture.pk,
            tags="nelayan, Teluk Penyu, NELAYAN",
            source="agency",
            source_name="Antara",
            protected="on",
            embargo_until_date="2031-05-01",
            embargo_until_time="17:00",
            **byline(0, correspondent.author),
            **byline(1, second, "photographer"),
            **{"bylines-TOTAL_FORMS": 2},
        ),
    )

    story = Article.objects.get()
    revision = Revision.objects.get()
    assert story.headline == "Kapal kembali melaut"
    assert story.body == "<p>Deru mesin terdengar.</p>"
    assert story.embargo_until.isoformat() == "2031-05-01T10:00:00+00:00"
    assert sorted(story.tags.names()) == ["Teluk Penyu", "nelayan"]
    assert revision.number == story.version == 1
    assert revision.content == {
        "bureau": cilacap.pk,
        "section": section.pk,
        "kicker": "Perikanan",
        "headline": "Kapal kembali melaut",
        "summary": "Larangan dicabut.",
        "dateline": "Cilacap",
        "body": "<p>Deru mesin terdengar.</p>",
        "source": "agency",
        "source_name": "Antara",
        "picture": picture.pk,
        "picture_caption": "",
        "paid": False,
        "unverified": False,
        "protected": True,
        "bylines": [[correspondent.author.pk, "writer"], [second.pk, "photographer"]],
        "tags": ["nelayan", "Teluk Penyu"],
    }


def test_one_press_saves_one_revision_and_a_press_without_a_change_saves_none(
    writing, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)

    writing.post(change_url(story), form_data(story, headline="Judul lain", tags="laut, muara"))
    story.refresh_from_db()
    writing.post(change_url(story), form_data(story))

    assert list(story.revisions.values_list("number", flat=True)) == [2, 1]


@pytest.mark.parametrize(
    ("typed", "field", "error"),
    [
        (
            {"headline": "J" * 300},
            "headline",
            "Ensure this value has at most 200 characters (it has 300).",
        ),
        (
            {"tags": "laut, " + "t" * 200},
            "tags",
            f"The topic “{'t' * 39}…” is too long: 200 letters, at most 60.",
        ),
        (
            {"tags": ", ".join(f"topik {number}" for number in range(21))},
            "tags",
            "21 topics are too many: choose at most 20.",
        ),
        (
            {"embargo_until_date": "2031-05-01"},
            "embargo_until",
            "Give both the date and the time.",
        ),
    ],
)
def test_what_is_too_long_or_half_is_refused_at_its_field_and_stays_typed(
    writing, correspondent, cilacap, typed, field, error
):
    story = make_story(correspondent, cilacap)
    second = make_author("Danu Prasetya", bureau=cilacap)
    rows = {**byline(1, second, "photographer"), "bylines-TOTAL_FORMS": 2}

    response = writing.post(change_url(story), form_data(story, **typed, **rows))

    form = response.context["adminform"].form
    credits = response.context["inline_admin_formsets"][0].formset
    assert errors_of(response) == {field: [error]}
    assert {name: form.data[name] for name in typed} == typed
    assert [row["author"].value() for row in credits.initial_forms + credits.extra_forms] == [
        str(correspondent.author.pk),
        str(second.pk),
    ]
    assert story.revisions.count() == 1
    assert Article.objects.get().bylines.count() == 1


def test_a_body_of_spaces_saves_and_holds_the_story_back_at_submission(
    writing, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)

    response = writing.post(
        change_url(story), form_data(story, body="<p>&nbsp;</p> <p>  </p>", _verb="submit")
    )

    story.refresh_from_db()
    assert (story.stage, story.version) == ("draft", 2)
    assert messages_of(writing, response) == [
        "The story is not complete yet: The story is empty. What you wrote has been saved."
    ]
    assert not Event.objects.exists()


def test_every_check_that_fails_is_named_with_the_way_to_its_field(writing):
    response = writing.post(ADD, form_data(kicker="Perikanan", _verb="submit"))

    page = writing.get(response["Location"]).content.decode()
    story = Article.objects.get()
    for anchor in ("id_headline", "story-body", "id_section", "bylines-group"):
        assert f'href="{change_url(story)}#{anchor}"' in page
    assert story.stage == "draft"


def test_the_same_name_twice_in_one_role_is_refused(writing, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    rows = {**byline(1, correspondent.author), "bylines-TOTAL_FORMS": 2}

    response = writing.post(change_url(story), form_data(story, **rows))

    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.non_form_errors() == ["The same name stands twice with the same role."]
    assert Byline.objects.count() == 1


def test_credits_keep_the_order_in_which_they_stand(writing, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    first = story.bylines.get()
    second = make_author("Danu Prasetya", bureau=cilacap)

    writing.post(
        change_url(story),
        form_data(
            story,
            **byline(0, first.author, pk=first.pk, position=1),
            **byline(1, second, position=0),
            **{"bylines-TOTAL_FORMS": 2},
        ),
    )

    assert [line.author for line in story.bylines.all()] == [second, first.author]


def test_an_author_who_has_left_gets_no_new_credit(writing, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    gone = make_author("Sudah Pindah", bureau=cilacap)
    Author.objects.filter(pk=gone.pk).update(is_active=False)
    rows = {**byline(1, gone), "bylines-TOTAL_FORMS": 2}

    writing.post(change_url(story), form_data(story, **rows))

    assert [line.author for line in story.bylines.all()] == [correspondent.author]


def test_nothing_is_overwritten_when_somebody_saved_in_between(
    writing, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap, headline="Judul lama")
    typed = form_data(story, headline="Judul reporter", tags="laut, muara")
    rewrite(story, by=editor, headline="Judul redaktur")

    response = writing.post(change_url(story), typed)

    story.refresh_from_db()
    kept = Autosave.objects.get()
    assert (story.headline, story.version) == ("Judul redaktur", 2)
    assert response["Location"] == f"/articles/article/{story.pk}/conflict/{kept.key}/"
    assert (kept.user, kept.version, kept.headline) == (correspondent, 1, "Judul reporter")
    assert ["tags", "laut, muara"] in kept.fields


def test_a_form_without_a_version_overwrites_nothing(writing, correspondent, cilacap):
    story = make_story(correspondent, cilacap, headline="Judul lama")

    writing.post(change_url(story), form_data(story, headline="Tanpa versi", version=""))

    assert Article.objects.get().headline == "Judul lama"


def test_what_was_typed_stays_when_the_desk_has_taken_the_story(
    writing, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    typed = form_data(story, headline="Judul reporter")
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)

    response = writing.post(change_url(story), typed)

    assert errors_of(response)[""] == [
        "You cannot change this story as it stands.",
        "What you wrote is still below: copy it before you leave.",
    ]
    assert response.context["adminform"].form["headline"].value() == "Judul reporter"
    assert Article.objects.get().headline == story.headline


def test_posting_fields_that_the_form_does_not_show_changes_none_of_them(
    writing, correspondent, editor, cilacap
):
    story = make_story(correspondent, cilacap)
    before = Article.objects.values().get()

    writing.post(
        change_url(story),
        form_data(
            story,
            stage="approved",
            claimed_by=correspondent.pk,
            approved_by=correspondent.pk,
            approved_version=1,
            created_by=editor.pk,
            filed_by=editor.pk,
            stage_since_0="2020-01-01",
            record_length=7,
            spiked_at="2020-01-01",
            discarded_at="2020-01-01",
            retraction_request=1,
        ),
    )

    assert Article.objects.values().get() == before


def test_a_reporter_cannot_put_a_story_into_another_bureau(
    writing, correspondent, cilacap, makassar
):
    writing.post(ADD, form_data(headline="Kapal", bureau=makassar.pk))

    assert Article.objects.get().bureau == cilacap


def test_bureau_and_address_are_fixed_once_the_story_was_public(
    desk_client, correspondent, network_editor, editor, cilacap, makassar
):
    edition = publish_story(correspondent, editor, cilacap)
    story = Article.objects.get()
    network = desk_client(network_editor)

    network.post(
        change_url(story), form_data(story, bureau=makassar.pk, slug="lain", summary="Baru.")
    )

    story.refresh_from_db()
    assert (story.bureau, story.slug) == (cilacap, edition.address.slug)
    assert story.summary == "Baru."


def test_an_embargo_is_typed_on_the_clock_of_the_bureau(desk_client, other_editor, makassar):
    client = desk_client(other_editor)
    client.post(ADD, form_data(embargo_until_date="2031-05-01", embargo_until_time="17:00"))
    story = Article.objects.get()
    other_editor.language = "en"
    other_editor.save()

    form = client.get(change_url(story)).context["adminform"].form

    assert story.embargo_until.isoformat() == "2031-05-01T09:00:00+00:00"
    assert form["embargo_until"].value() == timezone.datetime(2031, 5, 1, 17, 0)
    assert form["embargo_until"].help_text == "Time in Makassar (WITA)."


def test_the_text_changed_by_the_reporter_after_approval_must_be_approved_again(
    writing, correspondent, editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)

    writing.post(change_url(story), form_data(story, headline="Judul lain"))

    story.refresh_from_db()
    assert (story.stage, story.approved_by) == ("draft", None)
    assert Event.objects.first().verb == "reopen"


def test_a_story_that_was_sent_back_shows_the_whole_reason(writing, correspondent, editor, cilacap):
    story = make_story(correspondent, cilacap)
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    reason = "Angkanya belum ada sumbernya.\n\n" + "Tolong cek ke kecamatan. " * 30
    workflow.send_back(story, by=editor, reason=reason)

    page = text_of(writing.get(change_url(story)))

    assert "Sent back by Wening Kusumastuti" in page
    assert " ".join(reason.split()) in page


def test_markup_in_any_field_is_shown_as_the_letters_it_is(writing, correspondent, cilacap):
    evil = '"><script>alert(1)</script>'
    story = make_story(correspondent, cilacap, headline=evil, kicker=evil, tags=[evil])

    for url in (change_url(story), "/articles/article/", "/"):
        assert "<script>alert(1)" not in writing.get(url).content.decode()
    response = writing.post(change_url(story), form_data(story, _verb="submit"))
    page = writing.get(response["Location"]).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_with_the_editor_has_the_policy_of_the_whole_desk(writing):
    def scripts(response) -> str:
        policy = dict(
            part.strip().split(" ", 1)
            for part in response["Content-Security-Policy"].split(";")
            if " " in part.strip()
        )
        return policy["script-src"]

    assert scripts(writing.get("/")) == "'self'"
    assert scripts(writing.get("/articles/article/")) == "'self'"
    assert scripts(writing.get("/articles/picture/add/")) == "'self'"
    assert scripts(writing.get(ADD)) == "'self'"


def test_what_got_past_the_form_is_sanitised_on_its_way_into_the_editor(
    writing, correspondent, cilacap
):
    story = make_story(correspondent, cilacap)
    Article.objects.update(body="<p onclick=x()>Deru <img src=x onerror=y()></p><script>z</script>")

    page = writing.get(change_url(story)).content.decode()

    assert "&lt;p&gt;Deru&lt;/p&gt;</textarea>" in page
    assert "onerror" not in page


def test_the_bar_says_who_is_reviewing_the_story(
    desk_client, correspondent, editor, second_editor, cilacap
):
    story = make_story(correspondent, cilacap)
    workflow.submit(story, by=correspondent)
    workflow.claim(story, by=editor)
    own = desk_client(editor).get(change_url(story)).content.decode()
    others = desk_client(second_editor).get(change_url(story)).content.decode()
    assert ">In review by you<" in own.replace("</svg>", ">")
    assert ">Ditinjau Wening<" in others.replace("</svg>", ">")
