"""What became of a story after publication, as its own page tells it."""

from datetime import timedelta

from django.utils import timezone, translation

from articles import workflow
from articles.dates import printed_stamp
from articles.models import Edition
from tests.articles.conftest import AFTERNOON
from tests.factories import (
    approve_story,
    make_story,
    publish_correction,
    publish_next,
    rewrite,
)
from tests.reading import html_of, path_of, words_of


def test_editing_changes_nothing_for_readers_until_the_next_edition(
    reader, publish, correspondent, editor
):
    edition = publish(headline="Harga turun", body="<p>Semula.</p>")
    rewrite(edition.article, by=correspondent, headline="Harga naik", body="<p>Kemudian.</p>")
    client = reader("cilacap")
    html = html_of(client, edition)
    assert ("Semula." in html, "Kemudian." in html, "Harga naik" in html) == (True, False, False)
    approve_story(edition.article, by=correspondent, editor=editor)
    workflow.update(edition.article, by=editor)
    html = html_of(client, edition)
    assert ("Semula." in html, "Kemudian." in html, "Harga naik" in html) == (False, True, True)


def test_an_update_says_when_but_a_new_printed_date_does_not(
    reader, publish, correspondent, editor, network_editor
):
    edition = publish()
    client = reader("cilacap")
    english = f"/en{path_of(edition)}"
    assert "Updated" not in client.get(english).content.decode()
    update = publish_next(
        edition.article, by=correspondent, editor=editor, headline="Harga ikan naik"
    )
    assert client.get(english).content.decode().count("Updated <time") == 1
    dated = workflow.backdate(
        update.article, by=network_editor, printed_at=AFTERNOON, reason="Arsip."
    )
    html = client.get(f"/en{path_of(dated)}").content.decode()
    assert "May 22, 2024 - 15:45 WIB" in html
    moment = update.live.lower.astimezone(update.bureau.zone).isoformat(timespec="seconds")
    assert f'Updated <time datetime="{moment}">' in html


def test_a_correction_stands_above_the_dateline_with_its_time(reader, publish):
    edition = publish_correction(publish(dateline="Cilacap"))
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    assert 'notice__name">Correction <time datetime=' in html
    assert html.index("<p>Yang benar 408 kapal.</p>") < html.index('<span class="dateline">')


def test_the_notice_of_a_scheduled_correction_waits_for_its_edition(
    reader, publish, correspondent, editor
):
    edition = publish()
    rewrite(edition.article, by=correspondent, headline="Yang benar 408 kapal")
    approve_story(edition.article, by=correspondent, editor=editor)
    workflow.correct(
        edition.article,
        by=editor,
        notice="Angka kapal keliru.",
        at=timezone.now() + timedelta(hours=1),
    )
    assert "Angka kapal keliru." not in html_of(reader("cilacap"), edition)


def test_the_history_lists_every_edition_with_the_start_of_its_hash(reader, publish):
    edition = publish_correction(publish())
    html = reader("cilacap").get(f"/en{path_of(edition)}").content.decode()
    history = html[html.index('id="history"') :]
    first, second = Edition.objects.filter(article=edition.article).order_by("number")
    for line in (first, second):
        digits = line.record_sha256
        assert f"{digits[:4]} {digits[4:8]} {digits[8:12]} …" in history
    assert history.index("<b>2</b>") < history.index("<b>1</b>")
    assert "First publication" in history


def history_of(client, edition: Edition) -> list[str]:
    """The words of each line of the history, its hash cut off."""
    html = client.get(f"/en{path_of(edition)}").content.decode()
    opened = html[html.index("<details") : html.index("</details>")].partition('<ol id="history">')[
        2
    ]
    lines = opened[: opened.index("</ol>")].split("<li>")[1:]
    return [words_of(line.partition("<code")[0]) for line in lines]


def test_a_story_dated_back_says_when_it_came_here_and_its_date(
    reader, correspondent, cilacap, network, network_editor, editor
):
    article = make_story(correspondent, cilacap)
    approve_story(article, by=correspondent, editor=network_editor)
    edition = workflow.publish(article, by=network_editor, printed_at=AFTERNOON, reason="Arsip.")
    with translation.override("en"):
        here = printed_stamp(edition.live.lower, cilacap)
    first = f"1 · Published here {here}, dated May 22, 2024 - 15:45 WIB"
    client = reader("cilacap")
    assert history_of(client, edition) == [first]
    update = publish_next(article, by=correspondent, editor=network_editor, headline="Kini naik")
    assert "dated" not in history_of(client, update)[0]  # it is the same date still
    assert history_of(client, update)[1] == first


def test_a_new_printed_date_stands_in_the_history(reader, archived):
    second, first = history_of(reader("cilacap"), archived())
    assert second.endswith(", dated May 22, 2024 - 15:45 WIB · New date")
    assert first.endswith(" · First publication")


def test_a_correction_leads_to_the_history_which_says_what_was_corrected(reader, publish):
    edition = publish_correction(publish())
    html = html_of(reader("cilacap"), edition)
    changes = f"{edition.address.get_absolute_url()}/perubahan"
    assert f'class="notice__more"><a href="{changes}#edition-2">' in html
    correction, first = history_of(reader("cilacap"), edition)
    assert correction.endswith(" · Correction: Yang benar 408 kapal.")
    assert first.endswith(" · First publication")
