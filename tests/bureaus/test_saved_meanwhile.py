"""Two people with the same form open: neither overwrites unknowingly what the other has saved."""

import json

import pytest

from articles.models import Section, Tag
from bureaus.models import Bureau, Network
from tests.articles.test_concurrency import at_once
from tests.bureaus.test_people import person, with_role
from tests.desk import LIMITS, errors_of, save, text_of
from tests.factories import make_author, make_user

UNKNOWN = (
    "This was changed after you had opened it. Nothing was overwritten: look it over, then save"
    " again."
)


@pytest.fixture
def first(desk_client, administrator):
    administrator.language = "en"
    administrator.save()
    return desk_client(administrator)


@pytest.fixture
def second(desk_client):
    return desk_client(make_user("sekar", ("administrator", None), name="Sekar Arum"))


def bureau_form(**more) -> dict:
    values = {"name": "Cilacap", "slug": "cilacap", "time_zone": "Asia/Jakarta", "accent": "laut"}
    return values | LIMITS | more


def version(client, url: str) -> str:
    return client.get(url).context["adminform"].form["version"].value()


def url(row) -> str:
    return f"/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def value(answer, name: str):
    return answer.context["adminform"].form[name].value()


def shown(answer) -> list[tuple[str, str, bool]]:
    found = answer.context["adminform"].form.meanwhile
    return [(each.label, each.value, each.is_taken) for each in found]


def test_what_another_saved_meanwhile_is_shown_beside_what_was_typed(first, second, cilacap):
    opened = version(first, url(cilacap))
    save(second, url(cilacap), bureau_form(phone="0282-1", province="Jawa Tengah"))

    answer = first.post(url(cilacap), bureau_form(phone="0282-2", accent="bata", version=opened))

    said = errors_of(answer)[""][0]
    assert said.startswith("Sekar Arum saved this at ")
    assert said.endswith(
        " WIB, after you had opened it. Nothing was overwritten: look it over, then save again."
    )
    assert shown(answer) == [
        ("Province", "Jawa Tengah", True), ("Telephone", "0282-1", False),
    ]  # fmt: skip
    assert "0282-1 Below stands what you typed; saving replaces this." in text_of(answer)
    names = ("phone", "province", "accent")
    assert [value(answer, name) for name in names] == ["0282-2", "Jawa Tengah", "bata"]
    cilacap.refresh_from_db()
    assert (cilacap.phone, cilacap.accent) == ("0282-1", "laut")


def test_sent_once_more_it_replaces_the_other_knowingly(first, second, cilacap):
    opened = version(first, url(cilacap))
    save(second, url(cilacap), bureau_form(phone="0282-1", province="Jawa Tengah"))
    refused = first.post(url(cilacap), bureau_form(phone="0282-2", version=opened))

    names = ("phone", "province", "version")
    again = bureau_form(**{name: value(refused, name) for name in names})
    answer = first.post(url(cilacap), again)

    assert answer.status_code == 302
    cilacap.refresh_from_db()
    assert (cilacap.phone, cilacap.province) == ("0282-2", "Jawa Tengah")


def test_a_third_save_in_between_is_noticed_too(first, second, cilacap):
    opened = version(first, url(cilacap))
    save(second, url(cilacap), bureau_form(phone="0282-1"))
    refused = first.post(url(cilacap), bureau_form(phone="0282-2", version=opened))
    save(second, url(cilacap), bureau_form(phone="0282-3"))

    again = bureau_form(phone="0282-2", version=value(refused, "version"))
    answer = first.post(url(cilacap), again)

    assert shown(answer) == [("Telephone", "0282-3", False)]


def test_the_sections_of_a_menu_count_as_a_part_of_the_form(first, second, cilacap):
    hukum, politik = Section.objects.get(slug="hukum"), Section.objects.exclude(slug="hukum")[0]
    cilacap.sections.set([hukum])
    opened = version(first, url(cilacap))
    save(second, url(cilacap), bureau_form(sections=[politik.pk]))

    typed = bureau_form(sections=[hukum.pk], accent="bata", version=opened)
    answer = first.post(url(cilacap), typed)

    assert shown(answer) == [("Sections in the menu", politik.name_en, True)]
    assert [int(each) for each in value(answer, "sections")] == [politik.pk]
    assert list(cilacap.sections.all()) == [politik]


def test_the_same_form_sent_twice_is_no_conflict(first, cilacap):
    typed = bureau_form(accent="bata", version=version(first, url(cilacap)))

    assert [first.post(url(cilacap), typed).status_code for _time in "ab"] == [302, 302]


def test_a_bureau_that_closes_meanwhile_stays_closed_and_its_form_can_be_saved(first, cilacap):
    opened = version(first, url(cilacap))
    Bureau.objects.update(is_open=False)

    answer = first.post(url(cilacap), bureau_form(accent="bata", version=opened))

    assert answer.status_code == 302
    cilacap.refresh_from_db()
    assert (cilacap.is_open, cilacap.accent) == (False, "bata")


def test_a_change_that_nobodys_log_knows_of_is_noticed(first, cilacap):
    opened = version(first, url(cilacap))
    Bureau.objects.update(phone="0282-9")

    answer = first.post(url(cilacap), bureau_form(phone="0282-2", version=opened))

    assert errors_of(answer) == {"": [UNKNOWN]}


@pytest.mark.parametrize("sent", ["", "[]", "{", "null", '{"": 5}', '{"": "x"}', None])
def test_a_form_without_a_version_overwrites_nothing(first, cilacap, sent):
    Bureau.objects.update(phone="0282-9")
    typed = bureau_form(phone="0282-2") | ({} if sent is None else {"version": sent})

    answer = first.post(url(cilacap), typed)

    if sent and sent.startswith('{"'):  # says that it showed nothing of what it brings
        assert answer.status_code == 302
    else:
        assert ("Telephone", "0282-9", False) in shown(answer)
        assert Bureau.objects.get().phone == "0282-9"


def test_each_form_of_settings_and_people_notices(first, cilacap, correspondent):
    author, tag = make_author("Lina", bureau=cilacap), Tag.objects.create(name="Gempa")
    section = Section.objects.get(slug="hukum")
    network, _is_new = Network.objects.get_or_create(pk=1)
    masthead = {"name": "Mine", "printed_domain": "NEWSROOM.ID", "accent": "merah"}
    for row, field, typed in (
        (author, "name", {"name": "Mine", "kind": "correspondent", "bureau": cilacap.pk}),
        (tag, "introduction", {"name": "Gempa", "introduction": "Mine"}),
        (section, "name_en", {"name": section.name, "name_en": "Mine", "position": 1}),
        (network, "name", masthead),
        (correspondent, "first_name", person(correspondent, first_name="Mine")),
    ):
        opened = version(first, url(row))
        type(row).objects.filter(pk=row.pk).update(**{field: "Theirs"})

        answer = first.post(url(row), {**typed, "version": opened})

        assert errors_of(answer) == {"": [UNKNOWN]}, row
        assert value(answer, field) == "Mine"
        row.refresh_from_db()
        assert getattr(row, field) == "Theirs"


def test_roles_given_meanwhile_are_noticed_at_the_login(first, second, correspondent, makassar):
    opened = version(first, url(correspondent))
    stale = person(correspondent, first_name="Rati", version=opened)
    save(second, url(correspondent), with_role(correspondent, "reporter", makassar))

    answer = first.post(url(correspondent), stale)

    assert shown(answer) == [("Roles", "Reporter Cilacap, Reporter Makassar", False)]
    assert correspondent.memberships.count() == 2


def test_the_version_holds_marks_and_no_words(first, cilacap):
    Bureau.objects.update(phone="0282-9")
    opened = version(first, url(cilacap))

    assert "0282" not in opened
    assert {"name", "slug", "sections", "phone"} <= set(json.loads(opened))


@pytest.mark.django_db(transaction=True)
def test_of_two_forms_saved_in_the_same_moment_one_is_refused(first, second, cilacap):
    opened = version(first, url(cilacap))

    answers = at_once(
        lambda: first.post(url(cilacap), bureau_form(phone="0282-1", version=opened)),
        lambda: second.post(url(cilacap), bureau_form(phone="0282-2", version=opened)),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    refused = next(answer for answer in answers if answer.status_code == 200)
    cilacap.refresh_from_db()
    assert {cilacap.phone, value(refused, "phone")} == {"0282-1", "0282-2"}
