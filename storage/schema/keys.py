"""The table of keys: since when each one is in use. The keys themselves are in no table."""

from sqlalchemy import Column, Table, Text

from storage.schema.columns import UtcDateTime, metadata

key_uses = Table(
    "key_uses",
    metadata,
    Column("role", Text, primary_key=True),
    Column("key_id", Text, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)
