"""Two forms of one story, open on two devices, each keep their text."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_desk_queue"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="autosave",
            name="autosave_once",
        ),
    ]
