"""Brings a file of beneficiaries into the imported registry, in batches."""
