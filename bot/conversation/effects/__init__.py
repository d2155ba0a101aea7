"""Plans what a step's effects write, and writes it."""
