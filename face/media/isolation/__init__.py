"""Decodes strangers' bytes in child processes that hold no keys, have few rights, and may crash."""
