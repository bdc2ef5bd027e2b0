"""Intake (saapuvat): from a file on the disk to a confirmed registration. Nothing is registered before
the person confirms, and nothing that arrived is lost."""
