from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bureaus", "0006_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="author",
            name="position_en",
            field=models.CharField(
                blank=True,
                help_text="For English pages; empty, they print the Indonesian one.",
                max_length=60,
                verbose_name="position in English",
            ),
        ),
    ]
