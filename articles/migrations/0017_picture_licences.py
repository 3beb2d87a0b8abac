"""Pictures whose licence nobody has said are found without passing the others."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0016_picture_file_names"),
        ("bureaus", "0008_portraits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("licence", "")),
                fields=["-uploaded_at", "-id"],
                name="picture_no_licence",
            ),
        ),
    ]
