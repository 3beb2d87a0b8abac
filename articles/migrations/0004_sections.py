"""The usual sections, so that the first story of a new newsroom has where to stand."""

from django.db import migrations

SECTIONS = [
    ("hukum", "Hukum", "Law"),
    ("politik", "Politik", "Politics"),
    ("ekonomi", "Ekonomi", "Economy"),
    ("lingkungan", "Lingkungan", "Environment"),
    ("pendidikan", "Pendidikan", "Education"),
    ("kesehatan", "Kesehatan", "Health"),
    ("maritim", "Maritim", "Maritime"),
    ("peristiwa", "Peristiwa", "Events"),
    ("budaya", "Budaya", "Culture"),
    ("wisata", "Wisata", "Travel"),
    ("olahraga", "Olahraga", "Sport"),
    ("opini", "Opini", "Opinion"),
]


def create_sections(apps, schema_editor):
    section = apps.get_model("articles", "Section")
    for position, (slug, name, name_en) in enumerate(SECTIONS, 1):
        section.objects.get_or_create(
            slug=slug, defaults={"name": name, "name_en": name_en, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_unchangeable")]

    operations = [migrations.RunPython(create_sections, migrations.RunPython.noop)]
