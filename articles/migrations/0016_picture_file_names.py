"""What the file of a picture was called, for the desk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_library_filters"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="file_name",
            field=models.CharField(
                default="",
                editable=False,
                help_text="Of the upload, for the desk alone: it may tell of a story.",
                max_length=120,
            ),
        ),
    ]
