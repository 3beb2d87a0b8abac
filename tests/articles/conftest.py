"""A newsroom with a name, and stories that are out."""

from datetime import UTC, datetime

import pytest

from articles import workflow
from articles.models import Edition
from bureaus.models import Network
from tests.factories import make_live

AFTERNOON = datetime(2024, 5, 22, 8, 45, tzinfo=UTC)  # 15:45 in Cilacap


@pytest.fixture
def network(db):
    Network.objects.update(name="Bentara", printed_domain="BENTARA.ID")
    return Network.objects.get()


@pytest.fixture
def publisher(db):
    """The network with everything that it says of itself."""
    Network.objects.update(
        name="Bentara",
        printed_domain="BENTARA.ID",
        tagline="Kabar dari daerah",
        publisher="PT Bentara Media",
        address="Jalan Perintis 18, Cilacap",
        email="redaksi@bentara.test",
        phone="0282 500100",
    )
    return Network.objects.get()


@pytest.fixture
def publish(cilacap, correspondent, editor, network):
    def publish(**more) -> Edition:
        return make_live(correspondent, cilacap, editor=editor, **more)

    return publish


@pytest.fixture
def in_review(story, correspondent, editor):
    """The module's own story, claimed by the editor."""
    workflow.submit(story, by=correspondent)
    return workflow.claim(story, by=editor)


@pytest.fixture
def archived(publish, network_editor):
    """A story with the printed date of 22 May 2024, 15:45 WIB."""

    def archived(**more) -> Edition:
        edition = publish(**more)
        return workflow.backdate(
            edition.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip."
        )

    return archived
