"""Tables of what the office uploads in the console: files of people or photos, and single photos."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from storage.schema.columns import BigId, UtcDateTime, metadata, sealed

COUNTS = ("new", "changed", "unchanged", "refused")
"""Names of the counts; each stage has one column per count."""


def _counts(stage: str) -> "list[Column[int]]":
    return [Column(f"{stage}_{name}", Integer, nullable=False, server_default="0") for name in COUNTS]


console_loads = Table(
    "console_loads",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("only_one", Integer, unique=True),
    Column("account", Text, nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    sealed("file_name", by=("account", "began_at"), nullable=False),
    sealed("digest", by=("account", "began_at")),
    Column("city", Text, nullable=False),
    Column("size", BigInteger, nullable=False, server_default="0"),
    Column("rows", Integer, nullable=False, server_default="0"),
    *_counts("counted"),
    *_counts("applied"),
    Column("held", Integer),
    Column("missing", Integer),
    sealed("fault", by=("account", "began_at")),
    Column("applied_by", Text),
    Column("cancelled_by", Text),
    Column("touched_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)
"""`only_one` is 1 while a load is open and null afterwards, so that there is never a second open load."""

waiting_photos = Table(
    "waiting_photos",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("pack", Text, nullable=False),
    sealed("template", by=("pack", "taken_at"), nullable=False),
    sealed("picture", by=("pack", "taken_at"), nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
)
