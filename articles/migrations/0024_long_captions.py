"""Captions of agencies are kept whole in the library, and found without their accents.

The words by which a picture is found are made of the caption: PostgreSQL changes no column of which
another is made.
"""

from unicodedata import normalize

from django.db import migrations, models

LATIN = (*range(0x00C0, 0x0180), *range(0x01CD, 0x01DD), *range(0x1E00, 0x1F00))
BARE = {chr(code): normalize("NFD", chr(code))[0] for code in LATIN}
BARE = {letter: bare for letter, bare in BARE.items() if bare.isascii()}
MARKS = "".join(map(chr, range(0x0300, 0x0370)))  # go, for they stand in no second list

WITHOUT_WORDS = "ALTER TABLE articles_picture DROP COLUMN words"
WORDS = """
caption || ' ' || alt_text || ' ' || credit || ' ' || creator || ' ' || place || ' ' || keywords
|| ' ' || regexp_replace(file_name, '[^[:alnum:]]+', ' ', 'g')
"""
WITH_WORDS = """
ALTER TABLE articles_picture ADD COLUMN words tsvector GENERATED ALWAYS AS (
    strip(to_tsvector('simple', {words}))
) STORED;
CREATE INDEX picture_words ON articles_picture USING gin (words);
"""
FORMER = WITH_WORDS.format(words=WORDS)
FOLDED = WITH_WORDS.format(
    words=f"translate({WORDS}, '{''.join(BARE)}{MARKS}', '{''.join(BARE.values())}')"
)


class Migration(migrations.Migration):
    dependencies = [("articles", "0023_picture_right_end")]

    operations = [
        migrations.RunSQL(WITHOUT_WORDS, FORMER),
        migrations.AlterField(
            model_name="picture",
            name="caption",
            field=models.CharField(blank=True, max_length=1000, verbose_name="caption"),
        ),
        migrations.RunSQL(FOLDED, WITHOUT_WORDS),
    ]
