"""What a person meets before the window: the start of an empty home, the guided set-up, a restore, the
passphrase."""
