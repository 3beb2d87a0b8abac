"""A picture is found by the name of its file, too: without a caption that is all it is known by."""

from django.db import migrations

# A parser of words takes "IMG_1402.jpg" and "10.05.jpeg" for the names of hosts.
NAME = "|| ' ' || regexp_replace(file_name, '[^[:alnum:]]+', ' ', 'g')"
WORDS = """
ALTER TABLE articles_picture DROP COLUMN words;
ALTER TABLE articles_picture ADD COLUMN words tsvector GENERATED ALWAYS AS (
    strip(to_tsvector('simple', caption || ' ' || alt_text || ' ' || credit || ' ' || creator
                      || ' ' || place || ' ' || keywords %s))
) STORED;
CREATE INDEX picture_words ON articles_picture USING gin (words);
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_sitemap_index")]

    operations = [migrations.RunSQL(WORDS % NAME, WORDS % "")]
