"""Filters of the library that find few do not pass all other pictures."""

from django.db import migrations, models

FEW = {
    "right_ends": models.Q(("usable_until__isnull", False)),
    "ai": models.Q(("ai", ""), _negated=True),
    "no_alt_text": models.Q(("alt_text", "")),
    "no_credit": models.Q(("credit", "")),
}


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_pictures_in_texts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=few, fields=["-uploaded_at", "-id"], name=f"picture_{name}"
            ),
        )
        for name, few in FEW.items()
    ]
