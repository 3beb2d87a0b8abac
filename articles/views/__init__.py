"""Readers' pages, a module for each kind."""
