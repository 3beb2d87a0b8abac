import django.db.models.functions.text
from django.db import migrations, models

# As `createcachetable` would make it. Not logged: after a crash, counting begins anew.
CREATE = """
CREATE UNLOGGED TABLE bureaus_sign_in_counts (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX bureaus_sign_in_counts_expires ON bureaus_sign_in_counts (expires);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bureaus", "0005_desk"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="user_email_once",
                violation_error_message="Another account has this e-mail address.",
            ),
        ),
        migrations.RunSQL(CREATE, "DROP TABLE bureaus_sign_in_counts"),
    ]
