"""Places: prefecture cities, the regions of document numbers, and offices."""
