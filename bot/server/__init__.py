"""The HTTP server of a program, and the addresses by which a supervisor watches it."""
