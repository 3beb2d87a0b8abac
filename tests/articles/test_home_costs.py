"""What the home of the desk costs: the same for one story and for many."""

from articles import workflow
from tests.factories import make_picture, make_story, publish_story


def fill(count: int, reporter, editor, bureau) -> None:
    picture = make_picture(bureau)
    for number in range(count):
        for step in range(6):
            story = make_story(reporter, bureau, breaking=number % 2 == 0)
            if step > 0:
                workflow.submit(story, by=reporter)
            if step > 1:
                workflow.claim(story, by=editor)
            if step == 3:
                workflow.approve(story, by=editor)
            if step == 4:
                workflow.send_back(story, by=editor, reason="Kurang.")
        live = publish_story(reporter, editor, bureau, picture=picture).article
        workflow.retract(live, by=editor, ground="factual", reason="Keliru.")
        make_story(editor, bureau)


QUERIES = {"correspondent": 19, "editor": 26, "network_editor": 21}


def test_home_reads_the_same_number_of_queries_for_one_story_and_for_many(
    request, desk_client, django_assert_num_queries, correspondent, editor, network_editor,
    cilacap, makassar,
):  # fmt: skip
    for more in (1, 7):
        fill(more, correspondent, editor, cilacap)
        for who, queries in QUERIES.items():
            client = desk_client(request.getfixturevalue(who))
            client.get("/")
            with django_assert_num_queries(queries):
                client.get("/")
