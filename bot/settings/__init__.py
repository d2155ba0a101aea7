"""The settings: one table, their parsers, and the files that they name."""
