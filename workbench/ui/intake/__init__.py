"""Saapuneet: what has arrived, the document beside its suggestion, and registering with one keystroke."""
