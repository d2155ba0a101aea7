"""Imports a registry file into the table in batches; refused rows go to files next to it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from dialogs.values import Beneficiary
from storage.console.standings import recount
from storage.database import connect, lock_names, run_transaction
from storage.errors import StorageError
from storage.records.beneficiaries import Beneficiaries, ImportCounts
from storage.registry.file import RegistryFile
from storage.registry.importing.batch_hooks import RecordBatch, SettleTasks, record_nothing, settle_nothing
from storage.registry.importing.rejects import Rejected, RejectFile, RejectsOf, reject_file
from storage.registry.importing.row_counts import RowCounts
from storage.registry.row import RegistryRow
from storage.sealing.vault import Vault

_BATCH = 200
"""Rows per transaction: others wait for its lock, for some milliseconds (decision 0067)."""
_Row = RegistryRow | Rejected
_Put = Callable[[Sequence[Beneficiary], RowCounts], Awaitable[RowCounts]]
"""Settles a batch; takes the counts before it including its refused rows, returns those after it."""


@dataclass(frozen=True, slots=True)
class RegistryImport:
    """Imports files; each batch is a transaction, and importing a file twice changes nothing.

    `done` holds the counts that an earlier run over the same file has recorded: its rows are skipped.
    """

    engine: AsyncEngine
    vault: Vault
    clock: Callable[[], datetime]
    record: RecordBatch = record_nothing
    done: RowCounts = field(default_factory=RowCounts)
    settle: SettleTasks = settle_nothing

    async def apply(self, file: RegistryFile) -> AsyncGenerator[RowCounts, None]:
        """Import a file; yields the counts after each batch.

        Refused rows go to `FILE.rejected.csv` and `FILE.rejected.xlsx`. An interruption leaves complete
        batches behind; running again finishes the rest. In the end the registry is counted if anything has
        changed: otherwise the old count would be shown for minutes.
        """
        counts = self.done
        async with aclosing(self._run(file, self._put)) as batches:
            async for counts in batches:
                yield counts
        if counts.new or counts.changed:
            with suppress(StorageError):  # the file is in; the worker counts again on its own
                await recount(self.engine, self.clock())

    def preview(self, file: RegistryFile) -> AsyncGenerator[RowCounts, None]:
        """Count as `apply` does, and write the refused rows, but leave the table as it is."""
        return self._run(file, self._compare)

    async def _run(self, file: RegistryFile, put: _Put) -> AsyncGenerator[RowCounts, None]:
        counts, read = self.done, 0
        with reject_file(RejectsOf.ROWS.stem(file.path), file.source.header) as rejects:
            async for batch in _batches(file):
                passed_over = max(self.done.rows - read, 0)  # its batches may have had another size
                _accepted(batch[:passed_over], rejects)
                left, read = batch[passed_over:], read + len(batch)
                good = _accepted(left, rejects)
                if left:
                    counts = await put(good, counts + RowCounts(refused=len(left) - len(good)))
                    yield counts

    async def _put(self, rows: Sequence[Beneficiary], counts: RowCounts) -> RowCounts:
        registry, now = Beneficiaries(self.vault), self.clock()
        async with connect(self.engine) as conn:
            prepared = await registry.prepare(conn, rows, now)  # before the lock, for which others wait

        async def write(conn: AsyncConnection) -> RowCounts:
            """Apply the batch, and what belongs to it."""
            await lock_names(conn, ["registry"])  # two imports at once take turns
            done = await registry.put_prepared(conn, prepared, now)
            if done.certified:
                await self.settle(conn, done.certified)
            total = counts + _counted(done)
            await self.record(conn, total)
            return total

        return await run_transaction(self.engine, write)

    async def _compare(self, rows: Sequence[Beneficiary], counts: RowCounts) -> RowCounts:
        async with connect(self.engine) as conn:
            return counts + _counted(await Beneficiaries(self.vault).compare(conn, rows))


async def _batches(file: RegistryFile) -> AsyncIterator[list[_Row]]:
    """Yield the rows, read in a thread: the entire file is scanned before the first one."""
    rows = file.rows()
    while batch := await asyncio.to_thread(_next, rows):
        yield batch


def _next(rows: Iterator[_Row]) -> list[_Row]:
    return list(islice(rows, _BATCH))


def _counted(done: ImportCounts) -> RowCounts:
    return RowCounts(done.new, done.changed, done.unchanged)


def _accepted(batch: Sequence[_Row], rejects: RejectFile) -> list[Beneficiary]:
    good = []
    for row in batch:
        if isinstance(row, Rejected):
            rejects.add(row)
        else:
            good.append(row.beneficiary)
    return good
