"""Synchronising as the window shows it."""
