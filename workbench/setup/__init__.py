"""Bringing municipalities into use (käyttöönotto), for the guided page and ``workbench init`` alike, and
the demonstration region."""
