"""Records of the office console: accounts, sessions, and the figures of its first page."""
