"""Stand-ins for what a test must hold in its hand: time, word analysis, the key ring, a small region."""
