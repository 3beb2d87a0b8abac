"""A story that readers may see has a share card; no other story has, whatever is asked."""

import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image

from articles import cards, tasks, workflow
from articles.models import Article, Edition, Picture
from articles.structured_data import news_article
from newsroom import share_card
from newsroom.storage import WholeFiles
from tests.factories import (
    approve_story,
    make_picture,
    make_story,
    publish_next,
    rewrite,
)
from tests.reading import html_of, meta_of

HOME = "http://cilacap.bentara.test"


def path_of(edition: Edition) -> str:
    """The path at which a card is read, if it may be."""
    return f"/kartu/{cards.name_of(fresh(edition))}.jpg"


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related(*cards.RELATED).get(pk=edition.pk)


def run_tasks() -> list[int]:
    """Draw what is queued, as the worker would; the stories that were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE queue_name = 'cards'"
            " RETURNING id, (args->>'article_id')::bigint"
        )
        found = [article_id for _id, article_id in sorted(cursor.fetchall())]
    for article_id in found:
        tasks.draw_cards(article_id=article_id)
    return found


def files() -> set[str]:
    if not default_storage.exists("cards"):
        return set()
    folders = default_storage.listdir("cards")[0]
    return {
        f"/kartu/{name}"
        for folder in folders
        for name in default_storage.listdir(f"cards/{folder}")[1]
    }


def drawn(monkeypatch) -> list[share_card.Card]:
    """What is drawn from now on."""
    found = []
    real = share_card.draw

    def draw(card, *more):
        found.append(card)
        return real(card, *more)

    monkeypatch.setattr(share_card, "draw", draw)
    return found


def test_the_page_of_a_story_names_its_card_and_the_card_is_there(reader, publish, cilacap):
    edition = publish(picture=make_picture(cilacap))
    client = reader("cilacap")
    meta = meta_of(html_of(client, edition))
    assert meta["og:image"] == [HOME + path_of(edition)]
    for prefix in ("/en", "/teks", "/teks/en"):
        assert meta_of(html_of(client, edition, prefix))["og:image"] == meta["og:image"]
    response = client.get(path_of(edition))
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    image = Image.open(BytesIO(response.content))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert len(response.content) < 200_000
    assert not response.cookies


def test_a_card_says_what_it_shows_and_holds_no_longer_than_its_page(
    reader, publish, cilacap, correspondent, editor
):
    picture = make_picture(cilacap)
    edition = publish(picture=picture)
    response = reader("cilacap").get(path_of(edition))
    assert response.headers["Surrogate-Key"] == (
        f"article:{edition.article_id} picture:{picture.pk} bureau:{cilacap.pk} network"
    )
    assert response.headers["Cache-Control"] == "public, max-age=30, s-maxage=3600"
    rewrite(edition.article, by=correspondent, headline="Kabar baru")
    approve_story(edition.article, by=correspondent, editor=editor)
    soon = timezone.now() + timedelta(seconds=20)
    workflow.update(edition.article, by=editor, at=soon)
    assert reader("cilacap").get(path_of(edition)).holds_until == soon


@pytest.mark.parametrize("has_picture", [True, False])
def test_a_kept_card_costs_two_queries(
    reader, publish, cilacap, django_assert_num_queries, has_picture
):
    edition = publish(picture=make_picture(cilacap) if has_picture else None)
    path = path_of(edition)
    for _time in ("drawn", "kept"):
        with django_assert_num_queries(2):
            assert reader("cilacap").get(path).status_code == 200


# Who may see it


@pytest.fixture
def hidden(publish, correspondent, cilacap, editor, network_editor):
    """Editions that nobody may see, by what became of them."""
    in_an_hour = timezone.now() + timedelta(hours=1)

    def approved(**more) -> Article:
        story = make_story(correspondent, cilacap, **more)
        return approve_story(story, by=correspondent, editor=editor)

    scheduled = workflow.schedule(approved(), by=editor, at=in_an_hour)
    cancelled = workflow.schedule(approved(), by=editor, at=in_an_hour)
    workflow.unschedule(cancelled.article, by=editor)
    embargoed = workflow.schedule(approved(embargo_until=in_an_hour), by=editor, at=in_an_hour)
    retracted = publish()
    workflow.retract(retracted.article, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(retracted.article, by=network_editor)
    live = publish()
    rewrite(live.article, by=correspondent, headline="Yang akan datang")
    approve_story(live.article, by=correspondent, editor=editor)
    next_one = workflow.update(live.article, by=editor, at=in_an_hour)
    return {
        "scheduled": scheduled,
        "cancelled": cancelled,
        "embargoed": embargoed,
        "retracted": retracted,
        "to come": next_one,
    }


def test_nothing_but_a_live_edition_has_a_card(reader, hidden):
    run_tasks()  # some of them are drawn by now
    for host in ("cilacap", ""):
        answers = {
            name: reader(host).get(path_of(edition)).status_code for name, edition in hidden.items()
        }
        assert answers == dict.fromkeys(hidden, 404), host


def test_a_retraction_ends_the_card_at_once_and_takes_its_file_away(
    reader, publish, editor, network_editor
):
    edition = publish()
    path = path_of(edition)
    run_tasks()
    assert reader("cilacap").get(path).status_code == 200
    assert files() == {path}
    workflow.retract(edition.article, by=editor, ground="factual", reason="Keliru.")
    workflow.confirm_retraction(edition.article, by=network_editor)
    assert reader("cilacap").get(path).status_code == 404
    run_tasks()
    assert files() == set()


def test_a_file_of_a_card_has_no_address_of_its_own(reader, publish):
    edition = publish()
    run_tasks()
    name = path_of(edition).removeprefix("/kartu/")
    for path in (
        f"/media/cards/{edition.article_id}/{name}",
        f"/media/pictures/../cards/{edition.article_id}/{name}",
        f"/media/{name}",
    ):
        assert reader("cilacap").get(path).status_code == 404


def test_the_mark_is_of_this_newsroom_and_of_this_edition(reader, publish, settings):
    edition, other = publish(), publish()
    path = path_of(edition)
    mark = path.partition("-")[2]
    for wrong in (
        f"/kartu/{other.pk}-{mark}",
        f"/kartu/{edition.pk}-{'0' * 32}.jpg",
        f"/kartu/{edition.pk}-{mark[:-5]}.jpg",
        f"/kartu/{edition.pk}.jpg",
        f"/kartu/999999999999999999-{mark}",
        f"/kartu/0-{mark}",
        f"/kartu/{edition.pk}-{mark.upper()}",
        f"{path}?w=4000",
    ):
        expected = 200 if "?" in wrong else 404
        assert reader("cilacap").get(wrong).status_code == expected, wrong
    settings.SECRET_KEY = "another newsroom's key, by which nobody here signs"
    assert path_of(edition) != path


def test_a_card_is_read_on_its_own_bureaus_host_alone(reader, publish, cilacap, makassar):
    edition = publish()
    path = path_of(edition)
    for host in ("makassar", ""):
        response = reader(host).get(path)
        assert (response.status_code, response.headers["Location"]) == (302, HOME + path)


def test_the_card_of_a_bureau_that_has_closed_is_the_networks(reader, publish, cilacap):
    edition = publish()
    path = path_of(edition)
    cilacap.is_open = False
    cilacap.save()
    assert reader("cilacap").get(path).headers["Location"] == f"http://bentara.test{path}"
    assert reader().get(path).status_code == 200
    assert cards.card_of(fresh(edition)).url == f"http://bentara.test{path}"


# A new edition has a new card


def test_a_new_edition_has_a_new_card_and_the_old_address_leads_to_it(
    reader, publish, correspondent, editor
):
    first = publish()
    second = publish_next(first.article, by=correspondent, editor=editor, headline="Kabar baru")
    assert path_of(first) != path_of(second)
    response = reader("cilacap").get(path_of(first))
    assert (response.status_code, response.headers["Location"]) == (302, HOME + path_of(second))
    assert reader("cilacap").get(path_of(second)).status_code == 200


def test_whatever_is_drawn_is_in_the_address(publish, cilacap, network):
    edition = publish(picture=make_picture(cilacap))
    seen = [path_of(edition)]
    changes = [
        (cilacap, {"name": "Cilacap Raya"}),
        (cilacap, {"accent": "tosca"}),
        (network, {"name": "Bentara Baru"}),
        (edition.section, {"name": "Hukum dan Kriminal"}),
        (edition.picture, {"credit": "Orang lain"}),
        (edition.picture, {"key": "lain"}),
    ]
    for thing, values in changes:
        type(thing).objects.filter(pk=thing.pk).update(**values)
        seen.append(path_of(edition))
    assert len(set(seen)) == len(changes) + 1
    # What is not drawn is not: the page may change as it likes.
    Picture.objects.update(caption="Lain", alt_text="Lain")
    assert path_of(edition) == seen[-1]


# What it shows


def test_a_card_bears_the_labels_that_readers_must_see(reader, publish, monkeypatch):
    found = drawn(monkeypatch)
    paid = publish(paid=True, source="press_release", source_name="Bank Nusa")
    unverified = publish(unverified=True)
    for edition in (paid, unverified):
        reader("cilacap").get(path_of(edition))
    assert [[(label.text, label.is_alert) for label in card.labels] for card in found] == [
        [("Advertorial", False)],
        [("Belum terverifikasi", True)],
    ]
    # Nor does the bureau sign what it did not write.
    assert [card.host for card in found] == ["", "CILACAP.BENTARA.ID"]
    alts = [cards.card_of(fresh(edition)).alt for edition in (paid, unverified)]
    assert [alt.partition(". ")[0] for alt in alts] == ["Advertorial", "Belum terverifikasi"]


def test_the_labels_are_indonesian_in_whatever_language_the_page_is_read(reader, publish):
    edition = publish(unverified=True)
    for prefix in ("", "/en"):
        meta = meta_of(html_of(reader("cilacap"), edition, prefix))
        assert meta["og:image:alt"] == [f"Belum terverifikasi. {edition.headline}"]


def test_no_picture_is_on_the_card_of_a_story_about_a_child_or_a_victim(reader, publish, cilacap):
    picture = make_picture(cilacap)
    protected = publish(protected=True, picture=picture)
    shown = publish(picture=picture)
    right = {}
    for edition in (protected, shown):
        content = reader("cilacap").get(path_of(edition)).content
        right[edition.pk] = Image.open(BytesIO(content)).convert("RGB").getpixel((1190, 300))
    assert min(right[protected.pk]) > 245, "paper"
    assert max(right[shown.pk]) < 160, "the photograph"
    assert "Kapal kayu" not in cards.card_of(fresh(protected)).alt


def test_the_date_is_the_one_printed_at_the_bureau(reader, archived, monkeypatch):
    found = drawn(monkeypatch)
    reader("cilacap").get(path_of(archived()))
    assert [card.date for card in found] == ["22 Mei 2024"]


def test_search_engines_get_the_card_of_a_story_without_a_picture(publish, cilacap):
    plain, pictured = fresh(publish()), fresh(publish(picture=make_picture(cilacap)))
    images = {
        edition.pk: news_article(edition, authors={}, notices=[], history=[])["image"]
        for edition in (plain, pictured)
    }
    assert images[plain.pk] == [
        {
            "@type": "ImageObject",
            "url": HOME + path_of(plain),
            "width": 1200,
            "height": 630,
        }
    ]
    assert [image["height"] for image in images[pictured.pk]] == [675, 800, 800]


# Drawing


def test_publishing_draws_the_card_once_it_has_committed(reader, publish, monkeypatch):
    edition = publish()
    assert files() == set()
    assert run_tasks() == [edition.article_id]
    assert files() == {path_of(edition)}
    found = drawn(monkeypatch)
    assert reader("cilacap").get(path_of(edition)).status_code == 200
    assert found == []


def test_the_task_may_run_twice_and_leaves_only_what_is_or_will_be_shown(
    publish, correspondent, editor, monkeypatch
):
    first = publish()
    run_tasks()
    second = publish_next(first.article, by=correspondent, editor=editor, headline="Kabar baru")
    rewrite(second.article, by=correspondent, headline="Yang akan datang")
    approve_story(second.article, by=correspondent, editor=editor)
    coming = workflow.update(second.article, by=editor, at=timezone.now() + timedelta(hours=1))
    assert run_tasks() == [first.article_id] * 2
    assert files() == {path_of(second), path_of(coming)}
    found = drawn(monkeypatch)
    tasks.draw_cards(article_id=first.article_id)
    assert found == []
    tasks.draw_cards(article_id=0)


def test_a_first_publication_that_is_moved_gets_the_card_of_its_new_day(
    correspondent, editor, cilacap
):
    story = approve_story(make_story(correspondent, cilacap), by=correspondent, editor=editor)
    for days in (1, 2):
        edition = workflow.schedule(story, by=editor, at=timezone.now() + timedelta(days=days))
        run_tasks()
        assert files() == {path_of(edition)}


def test_half_a_file_is_never_served(reader, publish):
    edition = publish()
    run_tasks()
    file = Path(default_storage.path(f"cards/{edition.article_id}{path_of(edition)[6:]}"))
    whole = file.read_bytes()
    file.write_bytes(whole[:5000])
    assert reader("cilacap").get(path_of(edition)).content == whole
    assert file.read_bytes() == whole


def test_a_disk_that_is_full_costs_the_file_and_not_the_card(reader, publish, monkeypatch):
    edition = publish()

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(WholeFiles, "_save", full)
    assert reader("cilacap").get(path_of(edition)).status_code == 200
    assert files() == set()


def test_a_picture_that_cannot_be_read_leaves_the_words_and_is_asked_for_again(
    reader, publish, cilacap
):
    picture = make_picture(cilacap)
    edition = publish(picture=picture)
    file = default_storage.path(picture.name_of("960.jpg"))
    moved = f"{file}.away"
    Path(file).rename(moved)
    assert reader("cilacap").get(path_of(edition)).status_code == 200
    assert files() == set()
    Path(moved).rename(file)
    assert reader("cilacap").get(path_of(edition)).status_code == 200
    assert files() == {path_of(edition)}


class Held:
    """A drawing that waits until it is let go."""

    def __init__(self, monkeypatch):
        self.begun, self.let_go, self.count = threading.Event(), threading.Event(), 0
        real = share_card.draw

        def draw(*args):
            self.count += 1
            self.begun.set()
            assert self.let_go.wait(20)
            return real(*args)

        monkeypatch.setattr(share_card, "draw", draw)


def test_who_asks_for_one_card_at_once_waits_for_one_drawing(publish, monkeypatch):
    edition = fresh(publish())
    held, answers = Held(monkeypatch), []
    threads = [
        threading.Thread(target=lambda: answers.append(cards.image_of(edition)))
        for _number in range(cards.MOST_WAITING)
    ]
    for thread in threads:
        thread.start()
    assert held.begun.wait(20)
    held.let_go.set()
    for thread in threads:
        thread.join(20)
    assert held.count == 1
    assert len(answers) == cards.MOST_WAITING
    assert len(set(answers)) == 1


def test_more_than_a_few_who_ask_for_old_cards_are_told_to_come_again(reader, publish, monkeypatch):
    edition, other = fresh(publish()), publish()
    held = Held(monkeypatch)
    threads = [
        threading.Thread(target=cards.image_of, args=[edition])
        for _number in range(cards.MOST_WAITING)
    ]
    for thread in threads:
        thread.start()
    assert held.begun.wait(20)
    while cards._waiting._value:  # all of them have come
        threading.Event().wait(0.01)
    response = reader("cilacap").get(path_of(other))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    held.let_go.set()
    for thread in threads:
        thread.join(20)
    assert reader("cilacap").get(path_of(other)).status_code == 200


# At the desk


def test_the_desk_sees_the_card_of_the_working_copy(
    desk_client, publish, correspondent, editor, monkeypatch
):
    edition = publish()
    rewrite(edition.article, by=correspondent, headline="Kalimat yang belum terbit")
    found = drawn(monkeypatch)
    path = f"/articles/article/{edition.article_id}/card/"
    response = desk_client(editor).get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert [card.headline for card in found] == ["Kalimat yang belum terbit"]
    assert files() == set()
    page = desk_client(editor).get(f"/articles/article/{edition.article_id}/change/")
    assert f'src="{path}?{page.context["story"].version}"' in page.text
    assert "Kartu bagikan" in page.text


def test_an_empty_draft_has_a_card_at_the_desk(desk_client, correspondent, cilacap):
    story = make_story(correspondent, cilacap)
    Article.objects.update(headline="", section=None, summary="", kicker="")
    response = desk_client(correspondent).get(f"/articles/article/{story.pk}/card/")
    assert response.status_code == 200


def test_nobody_sees_the_card_of_a_story_that_is_not_theirs(
    desk_client, correspondent, cilacap, other_editor, administrator, outsider
):
    story = make_story(correspondent, cilacap)
    path = f"/articles/article/{story.pk}/card/"
    for person in (other_editor, administrator):
        assert desk_client(person).get(path).status_code == 404
    assert desk_client(outsider).get(path).status_code in (302, 403, 404)
    assert desk_client().get(path).status_code == 302
