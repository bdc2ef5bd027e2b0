"""Migration in (tietojen tuonti vanhasta järjestelmästä): a documented bundle, a verdict per row, all or
nothing, resumable, and harmless to run again. The format is in ``docs/bundle.md``."""
