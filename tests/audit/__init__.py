"""Longer examinations of the running site: ``make lighthouse`` and ``make validate``."""
