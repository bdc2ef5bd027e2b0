"""The statutes as pure functions; knows only the standard library (and holidays, stdnum)."""
