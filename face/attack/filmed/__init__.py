"""Holds the measured frames of clips, and sorts them into rests and movements."""
