"""Seals stored fields, makes keyed hashes and signatures, and exchanges the keys."""
