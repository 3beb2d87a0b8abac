from django.db import migrations


class Migration(migrations.Migration):
    """Files that are to go in a month have barred whatever was to be done for their picture."""

    dependencies = [
        ("bureaus", "0008_portraits"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE procrastinate_jobs SET priority = -1"
            " WHERE task_name = 'bureaus.tasks.remove_files' AND status = 'todo'",
            migrations.RunSQL.noop,
        ),
    ]
