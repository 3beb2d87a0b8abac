"""Since when each story waits for an editor, and the indexes of the desk's home."""

from django.conf import settings
from django.db import migrations, models

# A release or another editor's claim leaves the time of the submission as it was.
FILL = """
UPDATE articles_article AS story SET submitted_at = coalesce(
    (
        SELECT at FROM articles_event
        WHERE article_id = story.id AND verb = 'submit'
        ORDER BY id DESC
        LIMIT 1
    ),
    story.stage_since
)
WHERE story.stage IN ('submitted', 'in_review');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_desk_standing"),
        ("bureaus", "0005_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="article_queue",
        ),
        migrations.AddField(
            model_name="article",
            name="submitted_at",
            field=models.DateTimeField(
                editable=False,
                help_text="While an editor has yet to decide, claimed or not.",
                null=True,
                verbose_name="waiting since",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("bureau"),
                models.OrderBy(models.F("breaking"), descending=True),
                models.F("submitted_at"),
                models.F("id"),
                condition=models.Q(("submitted_at__isnull", False)),
                name="article_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("submitted_at"),
                models.F("id"),
                condition=models.Q(("submitted_at__isnull", False)),
                name="article_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("submitted_at"),
                models.F("id"),
                condition=models.Q(("breaking", True), ("stage", "submitted")),
                name="article_breaking",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("bureau"),
                models.OrderBy(models.F("public_from"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("public_from__isnull", False), ("retracted_at", None)),
                name="article_published",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                models.F("by"),
                models.OrderBy(models.F("at"), descending=True),
                name="event_by_person",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                models.OrderBy(models.F("at"), descending=True),
                condition=models.Q(
                    ("stage_before", "in_review"), ("verb__in", ["approve", "send_back"])
                ),
                name="event_decision",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("created_by"),
                models.F("stage"),
                condition=models.Q(
                    ("discarded_at", None),
                    ("retracted_at", None),
                    ("spiked_at", None),
                    models.Q(
                        ("edition_version", None),
                        models.Q(("edition_version", models.F("version")), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="article_own_open",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("created_by"),
                models.OrderBy(models.F("public_from"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("public_from__isnull", False), ("retracted_at", None)),
                name="article_own_published",
            ),
        ),
        migrations.AddIndex(
            model_name="byline",
            index=models.Index(
                models.F("author"),
                models.OrderBy(models.F("article"), descending=True),
                name="byline_of_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stage__in", ("submitted", "in_review")), ("submitted_at__isnull", False)
                    ),
                    models.Q(
                        models.Q(("stage__in", ("submitted", "in_review")), _negated=True),
                        ("submitted_at", None),
                    ),
                    _connector="OR",
                ),
                name="article_clock_runs_at_desk",
            ),
        ),
    ]
