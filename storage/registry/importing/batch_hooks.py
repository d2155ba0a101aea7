"""Hooks for what else belongs to the transaction of a batch.

Counts are recorded, so that an interrupted run can continue, and the office learns whom a batch certified.
"""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from dialogs.values import Beneficiary
from storage.registry.importing.row_counts import RowCounts

RecordBatch = Callable[[AsyncConnection, RowCounts], Awaitable[None]]
"""Stores the counts so far; an exception undoes the batch and ends the run."""


async def record_nothing(_conn: AsyncConnection, _counts: RowCounts) -> None:
    """Store nothing, as a command does: it prints the counts, and a new run starts over."""


SettleTasks = Callable[[AsyncConnection, Sequence[Beneficiary]], Awaitable[None]]
"""Does what follows for stored people for whom a batch names a newer certification (数据比对, counter)."""


async def settle_nothing(_conn: AsyncConnection, _rows: Sequence[Beneficiary]) -> None:
    """Settle no tasks: the caller has none to end."""
