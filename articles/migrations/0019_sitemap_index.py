"""A month's own stories, and what was changed last of them, are found by the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_open_of_bureau")]

    operations = [
        migrations.RemoveIndex(model_name="listing", name="listing_changed"),
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
                include=("first_published", "live", "id"),
                name="listing_changed",
            ),
        ),
    ]
