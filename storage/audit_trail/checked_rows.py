"""The rows that `audit verify` reads, counted as they are read: a large trail takes minutes."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

from sqlalchemy import Row, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.any_row import AnyRow
from storage.errors import StorageError
from storage.schema.captures import certifications
from storage.schema.columns import sealed_tables
from storage.schema.office import audit

Progress = Callable[[int], None]


class UnreadableRow(StorageError):
    """A stored time, date or list of scores is not valid; SQLite keeps whatever is written into its file."""

    def __init__(self, table: str, place: str) -> None:
        super().__init__(f"{table}: {place} has a value that cannot be read; no row behind it is read")


async def rows_to_check(conn: AsyncConnection) -> int:
    """Count the rows: entries, passes, and every row with a sealed value, which counts passes again."""
    tables = (audit, certifications, *sealed_tables())
    counts = [await conn.execute(select(func.count()).select_from(table)) for table in tables]
    return sum(int(count.scalar_one()) for count in counts)


async def checked_rows(
    conn: AsyncConnection,
    table: Table,
    statement: Select[*tuple[Any, ...]],
    progress: Progress,
    name: Callable[[AnyRow], str],
) -> AsyncGenerator[Row[*tuple[Any, ...]], None]:
    """Stream the rows of a table that a statement selects; `progress` is called with 1 after each was read.

    Raises UnreadableRow, which locates a row that cannot be read by the `name` of the row before it.
    """
    last: AnyRow | None = None
    async with conn.stream(statement) as rows:
        try:
            async for row in rows:
                yield row
                progress(1)
                last = row
        except (TypeError, ValueError):
            place = "the first row" if last is None else f"the row after {name(last)}"
            raise UnreadableRow(table.name, place) from None


def no_progress(_: int) -> None:
    """Report no progress."""
