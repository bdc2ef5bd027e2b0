"""The store (tietovarasto): engine, keys, commands and unit of work, kinds, outbox, journal, blobs,
search, migrations, backup. It knows rows only through the kind registry and no domain word at all."""
