"""Documents on the screen: looking at them in the window, and working copies for other programs."""
