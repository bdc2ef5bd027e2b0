"""The steps of the server's schema, each an Alembic revision named by the version it leads to.

A step only adds, within a major: tables, indexes that are not unique, columns that may be empty. So programs of an
older version go on serving the same database while and after it is run. See docs/decisions/0013.
"""
