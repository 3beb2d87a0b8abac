#!/usr/bin/env python
"""Runs a management command: ``manage.py run`` serves the newsroom."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from newsroom.database import DatabaseError
from newsroom.secret_key import SecretKeyError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except (DatabaseError, ImproperlyConfigured, SecretKeyError) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
