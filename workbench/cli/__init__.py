"""Headless commands, one module per domain folder. The result alone goes to standard output."""
