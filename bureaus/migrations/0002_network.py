from django.db import migrations


def create_network(apps, schema_editor):
    apps.get_model("bureaus", "Network").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("bureaus", "0001_initial")]

    operations = [migrations.RunPython(create_network, migrations.RunPython.noop)]
