"""The server's command line, ``workbench-server``."""
