"""Saapuneet: what has arrived, and registering it."""
