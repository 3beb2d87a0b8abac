"""Pictures get an original of their own, renditions from it, words and rights."""

from contextlib import suppress

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.utils.timezone
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import migrations, models

import bureaus.rendered
import newsroom.storage

# As for stories in migration 0010: words that were made once, without their places.
WORDS = """
ALTER TABLE articles_picture ADD COLUMN words tsvector GENERATED ALWAYS AS (
    strip(to_tsvector('simple', caption || ' ' || alt_text || ' ' || credit || ' ' || creator
                      || ' ' || place || ' ' || keywords))
) STORED;
CREATE INDEX picture_words ON articles_picture USING gin (words);
"""


def move_originals(apps, schema_editor):
    """The files of before stay where pages show them; the largest is the original from now on.

    It moves to where nobody reaches it. The worker makes the renditions that are new. A file that
    is gone stays gone: it must not hold up the others.
    """
    pictures = apps.get_model("articles", "Picture").objects
    for picture in pictures.exclude(original="").iterator():
        name = picture.original.name
        with suppress(FileNotFoundError):
            with default_storage.open(name) as file:
                newsroom.storage.originals().save(name, file)
            default_storage.delete(name)
        pictures.filter(pk=picture.pk).update(
            key=name.rpartition("/")[2].removesuffix(".jpg"),
            made={f"{width}.jpg": weight for width, weight in picture.weights.items()},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_sitemaps"),
        ("bureaus", "0006_sign_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField(model_name="picture", old_name="file", new_name="original"),
        migrations.AlterModelOptions(
            name="picture",
            options={
                "ordering": ["-uploaded_at", "-id"],
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
            },
        ),
        migrations.AddField(
            model_name="picture",
            name="ai",
            field=models.CharField(
                blank=True,
                choices=[("", "No"), ("made", "Made with AI"), ("altered", "Altered with AI")],
                default="",
                help_text="Readers are told beside the credit.",
                max_length=7,
                verbose_name="made or altered with AI",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="copyright",
            field=models.CharField(blank=True, max_length=200, verbose_name="copyright"),
        ),
        migrations.AddField(
            model_name="picture",
            name="creator",
            field=models.CharField(blank=True, max_length=100, verbose_name="photographer"),
        ),
        migrations.AddField(
            model_name="picture",
            name="focal_x",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point, across, %",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="focal_y",
            field=models.PositiveSmallIntegerField(
                default=50,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point, down, %",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="is_finished",
            field=models.BooleanField(
                default=False, editable=False, help_text="Whether every rendition exists."
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="is_for_all",
            field=models.BooleanField(
                default=False,
                help_text="Otherwise only those chosen.",
                verbose_name="every bureau may use it",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=40),
        ),
        migrations.AddField(
            model_name="picture",
            name="keywords",
            field=models.CharField(
                blank=True,
                help_text="Part them with commas.",
                max_length=300,
                verbose_name="keywords",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="licence",
            field=models.CharField(
                choices=[
                    ("own", "The newsroom's own"),
                    ("permitted", "With the owner's permission"),
                    ("once", "For one use"),
                    ("contract", "By contract with an agency"),
                    ("cc-by", "Creative Commons, credit"),
                    ("cc-by-sa", "Creative Commons, credit, share alike"),
                    ("free", "In the public domain"),
                ],
                default="own",
                max_length=10,
                verbose_name="licence",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="made",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="picture",
            name="owner",
            field=models.CharField(
                blank=True,
                help_text="Empty: the newsroom.",
                max_length=100,
                verbose_name="owner of the rights",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="place",
            field=models.CharField(blank=True, max_length=120, verbose_name="place"),
        ),
        migrations.AddField(
            model_name="picture",
            name="shared_with",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="shared with",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="taken_on",
            field=models.DateField(blank=True, null=True, verbose_name="taken on"),
        ),
        migrations.AddField(
            model_name="picture",
            name="tone",
            field=models.CharField(default="222", editable=False, max_length=3),
        ),
        migrations.AddField(
            model_name="picture",
            name="upload_key",
            field=models.UUIDField(
                editable=False,
                help_text="By which a file sent twice is known.",
                null=True,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="usable_until",
            field=models.DateField(
                blank=True,
                help_text="The last day. After it no story with the picture is published.",
                null=True,
                verbose_name="may be used until",
            ),
        ),
        migrations.AlterField(
            model_name="picture",
            name="original",
            field=models.FileField(
                storage=newsroom.storage.originals,
                upload_to=bureaus.rendered.original_path,
                verbose_name="file",
            ),
        ),
        migrations.AlterField(
            model_name="picture",
            name="uploaded_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="uploaded at"
            ),
        ),
        migrations.RunPython(move_originals, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="picture",
            name="weights",
        ),
        migrations.RunSQL(WORDS, "ALTER TABLE articles_picture DROP COLUMN words"),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(fields=["-uploaded_at", "-id"], name="picture_newest"),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(fields=["bureau", "-uploaded_at", "-id"], name="picture_of_bureau"),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("is_for_all", True)),
                fields=["-uploaded_at", "-id"],
                name="picture_for_all",
            ),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("is_finished", False)), fields=["id"], name="picture_unfinished"
            ),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["shared_with"], name="picture_shared_with"
            ),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("credit", config="simple"),
                name="picture_credit",
            ),
        ),
    ]
