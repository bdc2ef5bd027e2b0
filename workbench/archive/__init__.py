"""Retention, transfer packages, validation, disposal (säilytys, siirto ja hävittäminen)."""
