"""Tests of the central server, each on SQLite and on a real PostgreSQL."""
