"""English words by which people are understood."""
