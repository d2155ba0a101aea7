"""Draws challenges and decides whether a person follows them, live or in a recording."""
