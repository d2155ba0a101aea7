"""The rows that `audit verify` reads, counted as they are read: a large trail takes minutes."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema.captures import certifications
from storage.schema.columns import sealed_tables
from storage.schema.office import audit

Progress = Callable[[int], None]


async def rows_to_check(conn: AsyncConnection) -> int:
    """Count them: entries, passes, and every row with a sealed value, passes among them once more."""
    tables = (audit, certifications, *sealed_tables())
    counts = [await conn.execute(select(func.count()).select_from(table)) for table in tables]
    return sum(int(count.scalar_one()) for count in counts)


async def checked_rows(
    conn: AsyncConnection, statement: Select[*tuple[Any, ...]], progress: Progress
) -> AsyncIterator[Row[*tuple[Any, ...]]]:
    """Stream rows; `progress` is called with 1 after each row was checked."""
    async with conn.stream(statement) as rows:
        async for row in rows:
            yield row
            progress(1)


def no_progress(_: int) -> None:
    """Report no progress."""
