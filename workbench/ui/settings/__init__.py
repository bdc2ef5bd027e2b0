"""Asetukset and käyttöönotto."""
