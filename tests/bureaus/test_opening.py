"""What a bureau shows before it opens, and what has to be confirmed: having nothing of its own."""

import pytest

from articles.models import Page, Section
from bureaus.models import Bureau, Network
from tests.desk import LIMITS, errors_of, save, text_of
from tests.factories import make_bureau, make_user

WHO = {
    "publisher": "PT Kabar Bima",
    "address": "Jalan Soekarno-Hatta 4, Bima",
    "person_responsible": "Siti Rahma",
}
UNCONFIRMED = {"is_confirmed": ["Tick this as well, if that is what you want."]}
WHOLE_MASTHEAD = "Its whole masthead is the network’s."
NO_EDITOR = "No editor of its own works there."


@pytest.fixture(autouse=True)
def _newsroom(administrator):
    administrator.language = "en"
    administrator.save()
    Network.objects.get_or_create(pk=1)
    Network.objects.update(**WHO | {"publisher": "PT Bentara"})
    Page.objects.create(kind="guidelines", body="<p>Pedoman.</p>")


@pytest.fixture
def bima():
    return make_bureau("bima", is_open=False)


@pytest.fixture
def client(desk_client, administrator):
    return desk_client(administrator)


def url(bureau: Bureau) -> str:
    return f"/bureaus/bureau/{bureau.pk}/change/"


def typed(**more) -> dict:
    names = ("custom_domain", "province", "email", "phone", *WHO)
    values = {"name": "Bima", "slug": "bima", "time_zone": "Asia/Makassar", "accent": "tosca"}
    return dict.fromkeys(names, "") | values | LIMITS | {"is_open": "on"} | more


def shown_at_the_tick(answer) -> str:
    return answer.context["adminform"].form["is_confirmed"].help_text


def is_asked(answer) -> bool:
    return not answer.context["adminform"].form["is_confirmed"].is_hidden


def test_a_bureau_with_nothing_and_nobody_of_its_own_opens_only_when_that_is_confirmed(
    client, bima
):
    answer = save(client, url(bima), typed())

    assert errors_of(answer) == UNCONFIRMED
    assert shown_at_the_tick(answer) == f"{WHOLE_MASTHEAD} {NO_EDITOR}"
    assert not Bureau.objects.get().is_open
    save(client, url(bima), typed(is_confirmed="on"))
    assert Bureau.objects.get().is_open


def test_a_masthead_typed_into_the_same_form_is_its_own(client, bima):
    answer = save(client, url(bima), typed(publisher="PT Kabar Bima"))

    assert shown_at_the_tick(answer) == NO_EDITOR


def test_a_masthead_emptied_in_the_same_form_has_to_be_confirmed(client, bima):
    make_user("sari", ("bureau_editor", bima))
    Bureau.objects.update(**WHO)
    assert not is_asked(client.get(url(bima)))

    answer = save(client, url(bima), typed())

    assert errors_of(answer) == UNCONFIRMED
    assert is_asked(answer)
    assert shown_at_the_tick(answer) == WHOLE_MASTHEAD


def test_a_bureau_with_a_masthead_and_an_editor_of_its_own_opens_without_a_question(client, bima):
    make_user("sari", ("bureau_editor", bima))

    save(client, url(bima), typed(**WHO))

    assert Bureau.objects.get().is_open


@pytest.mark.parametrize("held", ["reporter here", "editor elsewhere", "editor of all", "has left"])
def test_only_an_editor_of_this_bureau_who_still_works_counts(client, bima, makassar, held):
    role, place, is_active = {
        "reporter here": ("reporter", bima, True),
        "editor elsewhere": ("bureau_editor", makassar, True),
        "editor of all": ("bureau_editor", None, True),
        "has left": ("bureau_editor", bima, False),
    }[held]
    make_user("sari", (role, place), is_active=is_active)

    assert shown_at_the_tick(save(client, url(bima), typed(**WHO))) == NO_EDITOR


def test_a_confirmation_opens_nothing_that_the_law_forbids(client, bima):
    Network.objects.update(person_responsible="")

    answer = save(client, url(bima), typed(is_confirmed="on"))

    assert list(errors_of(answer)) == ["person_responsible"]
    assert not Bureau.objects.get().is_open


def test_nothing_is_asked_while_a_bureau_is_only_prepared(client, bima):
    save(client, url(bima), typed(is_open="", accent="bata"))

    assert Bureau.objects.get().accent == "bata"


def test_the_checklist_names_all_that_the_site_will_show(client, bima, network_editor):
    Bureau.objects.update(address="Jalan Gajah Mada 2, Bima")
    bima.sections.set(Section.objects.all()[:3])

    text = text_of(client.get(url(bima)))

    for line in (
        "Publisher: the network’s PT Bentara",
        "Address: its own Jalan Gajah Mada 2, Bima",
        "Person responsible: the network’s Siti Rahma",
        "Editorial guidelines: the network’s",
        "Editors: only the network’s Nobody has the role of editor at this bureau.",
        "Menu: 3 sections",
        "Address of the site: bima.bentara.test",
    ):
        assert line in text


def test_the_checklist_names_the_bureaus_own_editors(client, bima):
    make_user("sari", ("bureau_editor", bima), ("reporter", bima), name="Sari Dewi")

    assert "Editors: its own Sari Dewi Menu" in text_of(client.get(url(bima)))


def test_where_nobody_edits_at_all_the_checklist_says_so(client, bima):
    assert "Editors: nobody" in text_of(client.get(url(bima)))
    assert "Address of the site: made from the name" in text_of(client.get("/bureaus/bureau/add/"))
