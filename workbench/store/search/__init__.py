"""Full-text search over rows: what is indexed when, how rights enter the match, how excerpts are cut."""
