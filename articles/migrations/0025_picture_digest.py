"""A file that is sent again is known by its digest; pictures from before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_long_captions"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="digest",
            field=models.BinaryField(
                help_text="SHA-256 of the original; of pictures from before it was kept there is"
                " none.",
                max_length=32,
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("digest__isnull", False)),
                fields=["digest"],
                name="picture_digest",
            ),
        ),
    ]
