"""The cast: who works for which bureau in every test."""

import gc
import signal
from itertools import count

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings

from tests.database_plugin import migrated_database
from tests.emptied_tables import empty_tables, remember
from tests.factories import make_author, make_bureau, make_section, make_user

# The garbage collector would take a twentieth of the time: few rounds, and none through what is
# loaded to stay.
gc.set_threshold(100_000, 20, 20)

# Under nohup a hangup is ignored, by what is started here, too, and no test of one would end.
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_finish():
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Have the database made as a copy of the one that was migrated, if there is one."""
    if name := migrated_database():
        connection.settings_dict["TEST"] |= {"TEMPLATE": name, "MIGRATE": False}


@pytest.fixture(scope="session", autouse=True)
def _settings_of_all_tests(django_test_environment):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        DOMAIN="bentara.test",
        SCHEME="http",
        LISTENER_URL="",
        # The tests of it turn it on.
        SECOND_FACTOR_IS_DEMANDED=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**project.STORAGES, "staticfiles": plain},
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_quickly(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        remember()
        connection.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty_tables())
        yield


@pytest.fixture(scope="session", autouse=True)
def _files_are_not_forced_to_disk():
    """As the tests' database does not: nobody needs them after a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsroom.storage.os.fsync", lambda _number: None)
        yield


@pytest.fixture(scope="session")
def _stores(tmp_path_factory):
    """Folders for the files that a test stores, of which it makes its own when it stores one."""
    folder = tmp_path_factory.mktemp("stores")
    return (folder / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def _settings(settings, _stores):
    store = next(_stores)
    settings.MEDIA_ROOT = store / "media"
    settings.ORIGINALS_ROOT = store / "originals"


@pytest.fixture
def cilacap(db):
    return make_bureau("cilacap", name="Cilacap")


@pytest.fixture
def makassar(db):
    return make_bureau("makassar", "Asia/Makassar", name="Makassar")


@pytest.fixture
def jayapura(db):
    return make_bureau("jayapura", "Asia/Jayapura", name="Jayapura")


@pytest.fixture
def section(db):
    return make_section()


@pytest.fixture
def correspondent(cilacap):
    user = make_user("ratih", ("reporter", cilacap), name="Ratih Purwandari")
    make_author("Ratih Purwandari", bureau=cilacap, user=user)
    return user


@pytest.fixture
def editor(cilacap):
    user = make_user("wening", ("bureau_editor", cilacap), name="Wening Kusumastuti")
    make_author("Wening Kusumastuti", bureau=cilacap, user=user)
    return user


@pytest.fixture
def second_editor(cilacap):
    return make_user("bagus", ("bureau_editor", cilacap), name="Bagus Santosa")


@pytest.fixture
def other_editor(makassar):
    return make_user("nurhayati", ("bureau_editor", makassar), name="Nurhayati Rahim")


@pytest.fixture
def network_editor(db):
    return make_user("retno", ("network_editor", None), name="Retno Wijayanti")


@pytest.fixture
def photo_editor(db):
    return make_user("danu", ("photo_editor", None), name="Danu Prasetya")


@pytest.fixture
def administrator(db):
    return make_user("tata", ("administrator", None), name="Tata Usaha")


@pytest.fixture
def outsider(db):
    """A login that works for no bureau."""
    return make_user("yang-lain", name="Orang Luar")


@pytest.fixture
def reader():
    """A reader's browser: ``reader("cilacap").get("/")``; with no label, the network's host."""

    def at(label: str = "", **more) -> Client:
        return Client(headers={"host": f"{label}.bentara.test".lstrip(".")}, **more)

    return at


@pytest.fixture
def desk_client():
    """A signed-in browser at the desk: ``desk_client(editor)``."""

    def signed_in(user=None, **more) -> Client:
        client = Client(headers={"host": "desk.bentara.test"}, **more)
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
