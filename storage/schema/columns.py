"""Kinds of columns (numbered rows, times with a zone, sealed fields), partial indexes, the one metadata."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum, auto
from functools import cache

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TextClause,
    TypeDecorator,
)

from storage.any_row import AnyRow

metadata = MetaData()

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows automatically only in a column of type INTEGER."""


_PLAIN: tuple[tuple[type[object], type[object]], ...] = ((Integer, int), (Text, str), (LargeBinary, bytes))
"""Types of columns that SQLite does not enforce, and of their values."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware in, UTC stored, aware out: SQLite keeps no zone, and a naive time is a bug."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the base class names it)
        """Return the time in UTC, to be stored; raises ValueError for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (as above)
        """Return the stored time, aware and in UTC; raises ValueError for one outside the calendar."""
        if value is None:
            return None
        try:
            return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        except OverflowError as error:
            raise ValueError(str(error)) from None


class Holds(Enum):
    """The plain text of a sealed column from which the row's `number_blind` can be made again."""

    IDENTITY = auto()
    PEOPLE = auto()
    REQUEST = auto()
    ACT = auto()


def sealed(
    name: str, *, by: tuple[str, ...], holds: Holds | None = None, nullable: bool = True
) -> "Column[bytes]":
    """Declare a column whose values are sealed by the vault; key rotation moves every such column.

    A value is bound to its row by the columns `by`: it does not open in another row, nor after one of them
    was changed. They are the row's key, as far as it is known before the row is written, and whatever
    somebody who writes to the database must not change unnoticed.
    """
    return Column(name, LargeBinary, nullable=nullable, info={"sealed": True, "by": by, "holds": holds})


def are_as_declared(table: Table, row: AnyRow) -> bool:
    """Whether the values of a complete row have their columns' types, which SQLite does not enforce."""
    kinds = zip(_kinds(table), row, strict=True)
    return all(value is None or isinstance(value, kind) for kind, value in kinds)


@cache
def _kinds(table: Table) -> list[type[object]]:
    """Return the type of the values of each column, `object` for a column that converts them itself."""
    return [
        next((kind for of_column, kind in _PLAIN if isinstance(column.type, of_column)), object)
        for column in table.columns
    ]


def partial_index(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """Declare an index of only the rows for which `where` holds, on either database."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def is_sealed(column: "Column[bytes]") -> bool:
    """Whether a column was declared with `sealed`."""
    return bool(column.info.get("sealed"))


def sealed_columns(table: Table) -> list[Column[bytes]]:
    """Return the columns that a table declares as sealed."""
    return [column for column in table.columns if is_sealed(column)]


def sealed_tables() -> list[Table]:
    """Return the tables with sealed columns, in the order of their dependence."""
    return [table for table in metadata.sorted_tables if sealed_columns(table)]


def holds_of(column: "Column[bytes]") -> Holds | None:
    """Return what a sealed column holds, if its row's keyed hash can be made from it."""
    held: Holds | None = column.info.get("holds")
    return held


def context_of(column: "Column[bytes]") -> str:
    """Return the place of a column, `table.column`."""
    return f"{column.table.name}.{column.name}"


def bound_context(place: str, *key: object) -> str:
    """Return the vault's context of one value: its place, and the row's key."""
    return "\0".join((f"{place}@", *[part if type(part) is str else _key_text(part) for part in key]))


def context_in(column: "Column[bytes]", facts: Mapping[str, object]) -> str:
    """Return the vault's context of a column's value in a row that is about to be written."""
    names: tuple[str, ...] = column.info["by"]
    return bound_context(context_of(column), *(facts[name] for name in names))


def stored_context(column: "Column[bytes]", row: AnyRow) -> str:
    """Return the vault's context of a column's value in a row that was read, completely or with its key."""
    names: tuple[str, ...] = column.info["by"]
    return bound_context(context_of(column), *(getattr(row, name) for name in names))


def _key_text(value: object) -> str:
    """Write a part of a key as both databases return it."""
    match value:
        case str():
            return value
        case bytes():
            return value.hex()
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case None:
            return "-"
        case _:  # an integer, or what SQLite stores instead: no value was sealed with that
            return str(value)


def number_context(table: Table) -> str:
    """Return the vault's context of a table's `number_blind`."""
    return f"{table.name}.number"
