"""Captions of agencies are kept whole in the library.

The words by which a picture is found are made of the caption: PostgreSQL changes no column of which
another is made.
"""

from django.db import migrations, models

WITHOUT_WORDS = "ALTER TABLE articles_picture DROP COLUMN words"
WITH_WORDS = """
ALTER TABLE articles_picture ADD COLUMN words tsvector GENERATED ALWAYS AS (
    strip(to_tsvector('simple', caption || ' ' || alt_text || ' ' || credit || ' ' || creator
                      || ' ' || place || ' ' || keywords
                      || ' ' || regexp_replace(file_name, '[^[:alnum:]]+', ' ', 'g')))
) STORED;
CREATE INDEX picture_words ON articles_picture USING gin (words);
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_picture_right_end")]

    operations = [
        migrations.RunSQL(WITHOUT_WORDS, WITH_WORDS),
        migrations.AlterField(
            model_name="picture",
            name="caption",
            field=models.CharField(blank=True, max_length=1000, verbose_name="caption"),
        ),
        migrations.RunSQL(WITH_WORDS, WITHOUT_WORDS),
    ]
