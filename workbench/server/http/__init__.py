"""The HTTP adapter: checks the shape of what comes in and hands it to a plain function."""
