"""Työpöytä: what waits, what is late, what comes next."""
