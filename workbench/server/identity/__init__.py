"""Who is asking (tunnistus): accounts, sign-in, tokens, devices."""
