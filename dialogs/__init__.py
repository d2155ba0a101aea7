"""The dialog: pure decisions over values; no I/O, no clock, no randomness."""
