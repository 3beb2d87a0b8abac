"""What readers have not seen, and each mark, are found without passing other stories."""

from django.conf import settings
from django.db import migrations, models

# Words that were made once: a search in an order looks at the words of many stories, and making them
# anew for each took longer than everything else. Without places, which no search asks for.
WORDS = """
ALTER TABLE articles_article ADD COLUMN words tsvector GENERATED ALWAYS AS (
    strip(to_tsvector('simple', coalesce(headline, '') || ' ' || coalesce(body, '')))
) STORED;
CREATE INDEX article_words ON articles_article USING gin (words);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_autosaves_by_form"),
        ("bureaus", "0005_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="article_open",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_marked",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_own_open",
        ),
        migrations.AddField(
            model_name="article",
            name="is_out",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(edition_version=models.F("version"), then=models.Value(True)),
                    default=models.Value(False),
                ),
                help_text="Whether the last edition has the text as it stands.",
                output_field=models.BooleanField(),
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("stage"),
                models.OrderBy(models.F("changed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(
                    ("discarded_at", None),
                    ("is_out", False),
                    ("retracted_at", None),
                    ("spiked_at", None),
                ),
                name="article_open",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("created_by"),
                models.F("stage"),
                condition=models.Q(
                    ("discarded_at", None),
                    ("is_out", False),
                    ("retracted_at", None),
                    ("spiked_at", None),
                ),
                name="article_own_open",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("changed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("breaking", True)),
                name="article_is_breaking",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("changed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("unverified", True)),
                name="article_is_unverified",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("changed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("protected", True)),
                name="article_is_protected",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("changed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("paid", True)),
                name="article_is_paid",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("changed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("embargo_until__isnull", False)),
                name="article_is_embargo",
            ),
        ),
        migrations.RemoveIndex(model_name="article", name="article_words"),
        migrations.RunSQL(WORDS, "ALTER TABLE articles_article DROP COLUMN words"),
    ]
