"""Asiat and Asia: the list of cases and one case."""
