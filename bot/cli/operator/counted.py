"""Runs that count a file's rows: progress, an interrupt after whole batches, the counts, the audit."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

from bot.cli.operator.context import OperatorContext, case_work
from bot.cli.operator.terminal import account_name, progress_bar, stop_at_interrupt
from bot.errors import CommandRefused
from storage.audit_trail.actions import AuditAction
from storage.database import transaction
from storage.registry.importing.row_counts import RowCounts

Counting = AsyncGenerator[RowCounts, None]
"""Yields the counts so far after each batch."""


async def run_counted(
    context: OperatorContext, counting: Counting, action: AuditAction, rejects: Path, rows: int | None = None
) -> None:
    """Run, print the counts and audit them, also after an interrupt: finished batches stay applied.

    Raises CommandRefused after an interrupt. Refused rows are in `rejects`. With the number of `rows` the
    progress bar shows the time left.
    """
    stop = asyncio.Event()
    stop_at_interrupt(stop)
    counts, ending = RowCounts(), ", broken off"
    try:
        async for counts in follow(counting, stop, rows):  # noqa: B007 - the last ones are what is done
            pass
        ending = ", interrupted" if stop.is_set() else ""
    finally:
        print_counts(counts, rejects)
        await record(context, action, f"{counts}{ending}")
    if stop.is_set():
        message = "interrupted: what is counted above is done; run it again to go on"
        raise CommandRefused(message)


def print_counts(counts: RowCounts, rejects: Path) -> None:
    """Print the counts, and where the refused rows are."""
    print(counts)
    if counts.refused:
        print(f"the refused rows with their reasons: {rejects}.csv and .xlsx")


async def follow(counting: Counting, stop: asyncio.Event, rows: int | None = None) -> Counting:
    """Yield the counts, with a progress bar, to the end or to the interrupt."""
    with progress_bar(rows, "rows") as bar:
        async with aclosing(counting):
            async for counts in counting:
                bar.update(counts.rows - bar.n)
                yield counts
                if stop.is_set():
                    return


async def record(context: OperatorContext, action: AuditAction, detail: str) -> None:
    """Audit a run over many people."""
    async with transaction(context.engine) as conn:
        await case_work(context).note(conn, action, "all", f"{detail}; account {account_name()}")
