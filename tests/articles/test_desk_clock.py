"""The desk writes the time of day as its language does: 19.12 in Indonesian, 19:12 in English."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from bureaus.models import User
from tests.desk import text_of
from tests.factories import make_picture, picture_bytes

EVENING = datetime(2026, 11, 30, 12, 12, tzinfo=UTC)
NAME = "WhatsApp Image 2026-11-30 at 10.05.05.jpeg"


@pytest.fixture
def changed_picture(correspondent, cilacap) -> Picture:
    """Without a caption, changed on that evening."""
    picture = make_picture(cilacap, uploaded_by=correspondent, caption="")
    Picture.objects.filter(pk=picture.pk).update(file_name=NAME)
    LogEntry.objects.log_actions(correspondent.pk, [picture], CHANGE, "Diubah")
    LogEntry.objects.update(action_time=EVENING)
    return picture


@pytest.mark.parametrize(
    ("language", "when"), [("id", "30 Nov 2026, 19.12 WIB"), ("en", "Nov 30, 2026, 19:12 WIB")]
)
def test_a_history_says_when_in_the_language_of_its_reader(
    desk_client, correspondent, changed_picture, language, when
):
    User.objects.update(language=language)
    page = desk_client(correspondent).get(f"/articles/picture/{changed_picture.pk}/history/")
    assert when in text_of(page)


def test_the_history_of_a_picture_without_a_caption_has_the_whole_name_of_its_file(
    desk_client, correspondent, changed_picture
):
    page = desk_client(correspondent).get(f"/articles/picture/{changed_picture.pk}/history/")
    assert f"<h1>Riwayat: {NAME}</h1>" in page.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", "Berkas, Teks alternatif dan lisensi"), ("en", "File, alternative text and licence")],
)
def test_a_history_says_what_was_changed_in_the_language_of_its_reader(
    desk_client, correspondent, cilacap, language, said
):
    picture = make_picture(cilacap, uploaded_by=correspondent)
    url, client = f"/articles/picture/{picture.pk}/", desk_client(correspondent)
    form = client.get(f"{url}change/").context["adminform"].form
    shown = {name: form[name].value() for name in form.fields if name != "file"}
    sent = {name: value for name, value in shown.items() if value not in (None, False)}
    file = SimpleUploadedFile("IMG_1.jpg", picture_bytes(), "image/jpeg")
    client.post(f"{url}change/", sent | {"alt_text": "Kapal", "licence": "free", "file": file})
    User.objects.update(language=language)
    html = text_of(client.get(f"{url}history/"))
    assert said.casefold() in html.casefold()


@pytest.mark.parametrize(("language", "point"), [("id", "."), ("en", ":")])
def test_the_list_of_devices_says_since_when_in_the_language_of_its_reader(
    desk_client, correspondent, language, point
):
    User.objects.update(language=language)
    said = text_of(desk_client(correspondent).get("/profile/sessions/"))
    assert re.search(rf"\d\d{re.escape(point)}\d\d WIB", said), said


def test_no_template_writes_a_time_of_day_by_a_format_of_its_own():
    folders = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    own = [path.name for path in folders if re.search(r'date:"[^"]*[HGhgP]', path.read_text())]
    assert own == []
