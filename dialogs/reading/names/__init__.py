"""Reads a person's name: in an answer to the question for one, or among other words."""
