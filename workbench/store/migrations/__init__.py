"""Bringing a store of an older schema (rakenne) up to the one this program knows.

Each step is an Alembic revision in ``versions``, named by the schema version it leads to. All steps of an
update run in one write transaction, after a backup.
"""
