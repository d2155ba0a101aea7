"""Inbound events, outbound messages, and every text; each language is one folder."""
