import django.db.models.deletion
from django.db import migrations, models


def keep_present_hosts(apps, schema_editor):
    """Those of every bureau that readers have found so far."""
    used_host = apps.get_model("bureaus", "UsedHost")
    bureaus = apps.get_model("bureaus", "Bureau").objects.exclude(opened_at=None)
    used_host.objects.bulk_create(
        used_host(bureau_id=pk, host=host)
        for pk, *hosts in bureaus.values_list("pk", "slug", "custom_domain")
        for host in hosts
        if host
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bureaus", "0003_bureau_in_a_box"),
    ]

    operations = [
        migrations.CreateModel(
            name="UsedHost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "host",
                    models.CharField(max_length=253, unique=True, verbose_name="address"),
                ),
                (
                    "bureau",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="used_hosts",
                        to="bureaus.bureau",
                        verbose_name="bureau",
                    ),
                ),
            ],
            options={
                "verbose_name": "used address",
                "verbose_name_plural": "used addresses",
            },
        ),
        migrations.RunPython(keep_present_hosts, migrations.RunPython.noop),
    ]
