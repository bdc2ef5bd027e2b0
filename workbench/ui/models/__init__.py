"""Models behind the widgets: lists of a million rows, forms that save as they go, settings."""
