"""Runs that count a file's rows: progress, an interrupt after whole batches, the counts, the audit."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from tqdm import tqdm

from bot.cli.console import OPERATOR, account_name, stop_at_interrupt
from bot.cli.context import OperatorContext
from bot.clock import system_clock
from bot.errors import CommandRefused
from bot.opening import require_keys
from storage.audit import Audit, AuditEntry
from storage.audit_actions import Actor, AuditAction
from storage.database import transaction
from storage.registry.row_counts import RowCounts

Counting = AsyncGenerator[RowCounts, None]
"""Gives the counts so far after each batch."""


async def run_counted(context: OperatorContext, counting: Counting, action: AuditAction) -> None:
    """Run to the end, print the counts and audit them; raises CommandRefused after an interrupt."""
    await require_keys(context.engine, context.vault)
    stop = asyncio.Event()
    stop_at_interrupt(stop)
    counts = await follow(counting, stop)
    await record(context, action, f"{counts}, interrupted" if stop.is_set() else str(counts))
    if stop.is_set():
        message = "interrupted: what is counted above is done; run it again to go on"
        raise CommandRefused(message)


async def follow(counting: Counting, stop: asyncio.Event) -> RowCounts:
    """Follow the counts to the end or to the interrupt; print them however it ends, for they are applied."""
    counts = RowCounts()
    try:
        with tqdm(unit=" rows") as bar:
            async with aclosing(counting):
                async for counts in counting:
                    bar.update(counts.rows - bar.n)
                    if stop.is_set():
                        break
    finally:
        print(counts)
    return counts


async def record(context: OperatorContext, action: AuditAction, detail: str) -> None:
    """Audit a run over many people."""
    entry = AuditEntry(Actor.OPERATOR, action, "all", f"{detail}; account {account_name()}")
    async with transaction(context.engine) as conn:
        await Audit(OPERATOR).append(conn, [entry], system_clock())
