"""Reads a message in a person's own words: intent, person, number, city, question."""
