"""A library of any size, and pictures in the texts of stories."""

from django.db import connection

from articles.models import Article, Edition, Picture
from bureaus.models import Bureau
from newsroom.archive.stories import FREQUENT, MIDDLING, RARE

FIVE = 5
IN_TEXT = 40  # one story of so many has a picture in its text


def fill(count: int) -> None:
    """Add so many pictures, of all bureaus, sent one after the other in ten years.

    Half have the frequent word, one of twenty the middling one, five the rare one. All share the
    files of one.
    """
    bureaus = list(Bureau.objects.open().order_by("pk").values_list("pk", flat=True))
    words = (
        f"CASE WHEN n % {every} = 0 THEN ' {word}' END"
        for every, word in ((2, FREQUENT), (20, MIDDLING), (count // FIVE, RARE))
    )
    values = {
        "caption": f"concat('Kapal nomor ', n, ' di dermaga', {', '.join(words)})",
        "alt_text": "CASE WHEN n % 50 = 0 THEN '' ELSE 'Kapal kayu di muara' END",
        "credit": "'Danu ' || n % 400",
        "uploaded_at": f"now() - n * interval '10 years' / {count}",
        "bureau_id": f"(ARRAY{bureaus})[1 + n % {len(bureaus)}]",
        "is_for_all": "n % 10 = 0",
        "usable_until": "CASE WHEN n % 97 = 0 THEN current_date + (n % 20 - 10) END",
        "ai": "CASE WHEN n % 60 = 0 THEN 'made' ELSE '' END",
        "upload_key": "NULL",
    }
    columns = [field.column for field in Picture._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO articles_picture ({', '.join(columns)})"
            f" SELECT {', '.join(values.get(column, f'one.{column}') for column in columns)}"
            " FROM (SELECT * FROM articles_picture ORDER BY id LIMIT 1) AS one,"
            f" generate_series({count}, 1, -1) AS n"
        )


def place() -> Picture:
    """Put pictures into texts, each into a few; one that stands in five, whatever the archive."""
    first, last = Picture.objects.earliest("pk").pk, Picture.objects.latest("pk").pk
    figure = (
        '\'\n<figure data-object="picture" data-id="\' || '
        f'{first} + {{number}} % {last - first} || \'" data-size="text"></figure>\''
    )
    chosen = Picture.objects.latest("pk")
    with connection.cursor() as cursor:
        for model, number in ((Article, "id"), (Edition, "article_id")):
            table = model._meta.db_table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(
                f"UPDATE {table} SET body = body || {figure.format(number=number)}"
                f" WHERE {number} % {IN_TEXT} = 0"
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        numbers = list(Article.objects.order_by("-pk").values_list("pk", flat=True)[:FIVE])
        cursor.execute(
            "UPDATE articles_article SET body = body || %s WHERE id = ANY(%s)",
            [f'\n<figure data-object="picture" data-id="{chosen.pk}"></figure>', numbers],
        )
    return chosen
