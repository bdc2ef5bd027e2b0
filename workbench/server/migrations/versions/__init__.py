"""The steps themselves, one file a schema version."""
