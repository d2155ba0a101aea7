"""Books what else belongs to the transaction of a batch.

Counts are booked, so that an interrupted run can continue, and the office hears whom a batch certified.
"""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Beneficiary
from storage.registry.importing.row_counts import RowCounts

Book = Callable[[AsyncConnection, RowCounts], Awaitable[None]]
"""Keeps the counts so far; an exception undoes the batch and ends the run."""


async def unbooked(_conn: AsyncConnection, _counts: RowCounts) -> None:
    """Keep nothing, as a command does: it prints the counts, and runs from the start again."""


Settle = Callable[[AsyncConnection, Sequence[Beneficiary]], Awaitable[None]]
"""Does what follows for held people of whom a batch names a newer certification (数据比对, counter)."""


async def unsettled(_conn: AsyncConnection, _rows: Sequence[Beneficiary]) -> None:
    """Settle no tasks: the caller has none to end."""
