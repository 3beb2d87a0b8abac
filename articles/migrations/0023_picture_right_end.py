"""The rights that ended last are found without passing those of every other picture."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_owner_of_rights"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("usable_until__isnull", False)),
                fields=["usable_until"],
                name="picture_right_end",
            ),
        ),
    ]
