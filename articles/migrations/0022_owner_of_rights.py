"""What the field of a picture's owner says of being left empty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_own_stories")]

    operations = [
        migrations.AlterField(
            model_name="picture",
            name="owner",
            field=models.CharField(
                blank=True,
                help_text="Empty only for what is the newsroom's own.",
                max_length=100,
                verbose_name="owner of the rights",
            ),
        ),
    ]
