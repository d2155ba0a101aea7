"""Retention times, and deletion at a person's request."""
