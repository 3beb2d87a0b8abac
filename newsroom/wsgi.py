"""What the web server serves: Django, behind the pages that are kept in memory."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ.setdefault("NEWSROOM_POOL", "1")  # read by the settings
application = get_wsgi_application()

from newsroom import serving  # noqa: E402 - reads the settings, which are there only now

application = serving.from_memory(application)
