"""Signing in at the desk: django-allauth with the desk's own rules, words and looks."""
