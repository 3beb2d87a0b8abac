"""The demo newsroom: complete, true to the workflow, loaded once."""

import pytest
from django.core.management import CommandError, call_command

from articles import record
from articles.models import Article, Edition, Picture
from bureaus.models import Author, Bureau, User
from newsroom.demo import loader
from newsroom.demo.stories import read_stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.IS_LOCAL = True
    settings.DATA_DIR = tmp_path
    call_command("load_demo")


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Bureau, Author, User, Article, Edition, Picture)
    )


def test_the_demo_has_every_state_and_loading_it_twice_changes_nothing(demo, capsys):
    before = counts()
    call_command("load_demo")
    assert counts() == before
    assert before[0] >= 6
    assert before[1] >= 15
    assert len(read_stories()) == before[3] >= 30
    assert set(Bureau.objects.values_list("time_zone", flat=True)) == {
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
    }
    states = set(Article.objects.with_public_state().values_list("stage", "public"))
    assert states == {
        ("draft", "none"),
        ("submitted", "none"),
        ("in_review", "none"),
        ("approved", "none"),
        ("approved", "scheduled"),
        ("approved", "live"),
        ("draft", "live"),
        ("draft", "retracted"),
    }
    assert Edition.objects.live().filter(paid=True).exists()
    assert Edition.objects.live().filter(kind="correction").exists()
    assert Edition.objects.live().filter(picture=None).exists()
    assert [fault for story in Article.objects.all() for fault in record.faults(story)] == []
    logins = User.objects.filter(username__in=loader.LOGINS)
    assert [user.has_usable_password() for user in logins] == [True] * 4
    assert "reporter, redaktur, redpel, admin" in capsys.readouterr().out


def test_the_demo_is_not_loaded_on_a_real_domain(settings):
    settings.IS_LOCAL = False
    settings.DOMAIN = "bentara.id"
    with pytest.raises(CommandError, match=r"bentara\.id"):
        call_command("load_demo")
    assert Bureau.objects.count() == 0


def test_the_demo_is_not_loaded_over_a_newsroom_of_ones_own(cilacap, settings, capsys):
    settings.IS_LOCAL = True
    call_command("load_demo")
    assert Article.objects.count() == 0
    assert "has bureaus of its own" in capsys.readouterr().out
