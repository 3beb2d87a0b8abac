"""What was changed last of a month's own stories is found without reading the month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_story_list")]

    operations = [
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                models.F("list"),
                models.Func(
                    models.F("first_published"),
                    output_field=models.DateTimeField(),
                    template="date_trunc('month', %(expressions)s AT TIME ZONE 'UTC')",
                ),
                models.OrderBy(
                    models.Func(
                        models.F("live"), function="lower", output_field=models.DateTimeField()
                    ),
                    descending=True,
                ),
                condition=models.Q(
                    ("list__startswith", "bureau:"),
                    ("placement", None),
                    models.Q(("list__contains", "/"), _negated=True),
                ),
                name="listing_changed",
            ),
        ),
    ]
