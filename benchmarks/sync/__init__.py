"""What synchronising costs, on a real server process and real, encrypted workstations (see ``__main__``)."""
