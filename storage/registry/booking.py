"""Books the counts of a run in the transaction of its last batch, so that an interrupted run can continue."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.registry.row_counts import RowCounts

Book = Callable[[AsyncConnection, RowCounts], Awaitable[None]]
"""Keeps the counts so far; an exception undoes the batch and ends the run."""


async def unbooked(_conn: AsyncConnection, _counts: RowCounts) -> None:
    """Keep nothing, as a command does: it prints the counts, and runs from the start again."""
