"""WSGI: a Django that only returns bytes which it has in memory."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.empty_settings"

from django.core.wsgi import get_wsgi_application

from tests.bench import empty_view

application = get_wsgi_application()
empty_view.load()
