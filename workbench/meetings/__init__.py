"""Bodies and meetings (toimielimet ja kokoukset)."""
