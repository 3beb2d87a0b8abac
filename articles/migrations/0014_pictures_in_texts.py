"""The stories in whose text a picture stands are found by an index over the texts themselves.

Nothing has to be filled, and nothing that writes a text, COPY included, has to keep a list of its
pictures. As articles.objects.pictures_in(): a see-also has the number of a story.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Figures beyond what a bigint holds are no picture, and must not keep a text from being saved.
FUNCTION = """
CREATE FUNCTION articles_pictures_in(body text) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(
        SELECT DISTINCT number::bigint
        FROM regexp_matches(
                body,
                '<figure(?![^>]* data-object="see-also")[^>]* data-(?:id|ids|still)="([0-9,]+)"',
                'g'
            ) AS found(groups),
            unnest(string_to_array(found.groups[1], ',')) AS number
        WHERE number ~ '^[1-9][0-9]{0,17}$'
    );
"""


def picture():
    return models.ForeignKey(
        blank=True,
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="%(class)ss",
        to="articles.picture",
        verbose_name="lead picture",
    )


def with_lead(name, number):
    return models.Index(
        models.F("picture"),
        models.OrderBy(models.F(number), descending=True),
        condition=models.Q(("picture__isnull", False)),
        name=name,
    )


def with_placed(name):
    return django.contrib.postgres.indexes.GinIndex(
        models.Func(
            models.F("body"),
            function="articles_pictures_in",
            output_field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), size=None
            ),
        ),
        condition=models.Q(("body__contains", "<figure")),
        name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_policy_reports"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION articles_pictures_in(text)"),
        migrations.AlterField(model_name="article", name="picture", field=picture()),
        migrations.AlterField(model_name="edition", name="picture", field=picture()),
        migrations.AddIndex(model_name="article", index=with_lead("article_with_lead", "id")),
        migrations.AddIndex(model_name="article", index=with_placed("article_with_placed")),
        migrations.AddIndex(model_name="edition", index=with_lead("edition_with_lead", "article")),
        migrations.AddIndex(model_name="edition", index=with_placed("edition_with_placed")),
    ]
