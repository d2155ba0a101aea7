"""Column kinds of the tables: numbered rows, times with a zone, sealed fields; and the one metadata."""

from datetime import UTC, datetime
from enum import Enum, auto

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    TypeDecorator,
)

metadata = MetaData()

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column of type INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, UTC stored, aware out: SQLite keeps no zone, and a naive time is a bug."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the base class names it)
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (as above)
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Holds(Enum):
    """The plain text of a sealed column, where the row's `number_blind` can be made from it again."""

    IDENTITY = auto()
    PEOPLE = auto()
    REQUEST = auto()


def sealed(name: str, *, holds: Holds | None = None, nullable: bool = True) -> "Column[bytes]":
    """Declare a column whose values are sealed by the vault; key rotation moves every such column."""
    return Column(name, LargeBinary, nullable=nullable, info={"sealed": True, "holds": holds})


def is_sealed(column: "Column[bytes]") -> bool:
    """Whether a column was declared with `sealed`."""
    return bool(column.info.get("sealed"))


def holds_of(column: "Column[bytes]") -> Holds | None:
    """Return what a sealed column holds, where its row's keyed hash can be made from it."""
    held: Holds | None = column.info.get("holds")
    return held


def context_of(column: "Column[bytes]") -> str:
    """Return the vault's context of a column, `table.column`: a value copied to another one does not open."""
    return f"{column.table.name}.{column.name}"


def number_context(table: Table) -> str:
    """Return the vault's context of a table's `number_blind`."""
    return f"{table.name}.number"
