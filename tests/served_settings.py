"""For web servers that tests start: a test's database, and a domain without a port."""

import os

from newsroom.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["NEWSROOM_TEST_DATABASE"]  # noqa: F405
DOMAIN = os.environ["NEWSROOM_TEST_DOMAIN"]
SCHEME = "http"
SECURE_SSL_REDIRECT = False
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
