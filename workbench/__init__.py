"""Seutupöytä: one desktop workbench for the staff of several small Finnish municipalities."""

__version__ = "0.1.0"
