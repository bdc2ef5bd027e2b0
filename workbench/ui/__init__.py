"""Everything that imports Qt. Pages talk to the domain through two calls: run_command and run_query."""
