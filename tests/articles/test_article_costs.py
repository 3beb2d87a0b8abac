"""What a story's page costs, what it names, how long it holds."""

from datetime import timedelta

from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests.factories import approve_story, make_picture, publish_correction, rewrite
from tests.reading import path_of


def test_an_article_costs_three_queries_alone_or_among_thirty(
    reader, publish, cilacap, django_assert_num_queries
):
    tags = [f"topik {number}" for number in range(12)]
    edition = publish(picture=make_picture(cilacap), tags=["nelayan", *tags])
    for number in (4, 3):  # the first reads the new line of the side list, too
        with django_assert_num_queries(number):
            assert reader("cilacap").get(path_of(edition)).status_code == 200
    for _number in range(29):
        publish()
    edition = publish_correction(edition)
    for number in (4, 3):
        with django_assert_num_queries(number):
            assert reader("cilacap").get(path_of(edition)).status_code == 200


def test_public_pages_never_read_the_working_copy(reader, publish, django_assert_num_queries):
    edition = publish()
    publish()
    with django_assert_num_queries(4) as captured:
        reader("cilacap").get(path_of(edition))
    table = Article._meta.db_table
    assert [f'"{table}".' in query["sql"] for query in captured.captured_queries] == [False] * 4


def test_the_response_names_what_it_shows_and_until_when_it_holds(reader, publish, cilacap):
    picture = make_picture(cilacap)
    other = publish()
    edition = publish(picture=picture)
    response = reader("cilacap").get(path_of(edition))
    names = [
        "network",
        f"bureau:{cilacap.pk}",
        f"article:{edition.article_id}",
        f"picture:{picture.pk}",
        *(f"author:{byline['id']}" for byline in edition.bylines),
        f"article:{other.article_id}",
    ]
    assert response.headers["Surrogate-Key"] == " ".join(names)
    assert response.headers["Cache-Tag"] == ",".join(names)
    # The side list names its stories and ages out in a minute.
    assert timedelta(seconds=50) < response.holds_until - timezone.now() <= timedelta(seconds=60)


def test_a_page_holds_no_longer_than_until_its_scheduled_update(
    reader, publish, correspondent, editor
):
    edition = publish()
    rewrite(edition.article, by=correspondent, headline="Kabar baru")
    approve_story(edition.article, by=correspondent, editor=editor)
    soon = timezone.now() + timedelta(seconds=20)
    workflow.update(edition.article, by=editor, at=soon)
    response = reader("cilacap").get(path_of(edition))
    assert "Kabar baru" not in response.content.decode()
    assert response.holds_until == soon
