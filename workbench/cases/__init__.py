"""Case handling (asianhallinta): register, records plan, intake, parties, documents, tasks."""
