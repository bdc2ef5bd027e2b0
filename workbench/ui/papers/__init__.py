"""Documents on the screen: viewer, opening in the word processor, new versions by themselves."""
