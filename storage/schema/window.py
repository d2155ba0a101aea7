"""The table that says which programs may use this schema: one row, which migrations write."""

from sqlalchemy import Column, Table, Text

from storage.schema.columns import metadata

schema_window = Table(
    "schema_window",
    metadata,
    Column("oldest_program", Text, primary_key=True),
)
"""Revision of the oldest program's own schema."""
