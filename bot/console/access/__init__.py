"""Decides who may use the console: sign-in, sessions, permissions, and the gate before every address."""
