"""Brings a registry file into the table in batches; refused rows go beside it."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncEngine

from dialogs.values import Beneficiary
from storage.database import connect, lock_names, transaction
from storage.records.beneficiaries import Beneficiaries, ImportCounts
from storage.registry.file import RegistryFile
from storage.registry.rejects import Rejected, RejectFile, reject_file
from storage.registry.row import RegistryRow
from storage.registry.row_counts import RowCounts
from storage.sealing.vault import Vault

_BATCH = 500
_Put = Callable[[Sequence[Beneficiary]], Awaitable[ImportCounts]]


@dataclass(frozen=True, slots=True)
class RegistryImport:
    """Imports files; each batch is a transaction, and importing a file twice changes nothing."""

    engine: AsyncEngine
    vault: Vault
    now: datetime

    def apply(self, file: RegistryFile) -> AsyncGenerator[RowCounts, None]:
        """Bring a file in; yields the counts after each batch.

        Refused rows go to `FILE.rejected.csv` and `FILE.rejected.xlsx`. A break leaves whole batches behind;
        running again completes them.
        """
        return self._run(file, self._put)

    def preview(self, file: RegistryFile) -> AsyncGenerator[RowCounts, None]:
        """Count as `apply` does, and write the refused rows, but leave the table as it is."""
        return self._run(file, self._compare)

    async def _run(self, file: RegistryFile, put: _Put) -> AsyncGenerator[RowCounts, None]:
        counts = RowCounts()
        with reject_file(file.path.with_name(f"{file.path.name}.rejected"), file.source.header) as rejects:
            for batch in _batches(file):
                good = _accepted(batch, rejects)
                done = await put(good)
                counts += RowCounts(done.new, done.changed, done.unchanged, len(batch) - len(good))
                yield counts

    async def _put(self, rows: Sequence[Beneficiary]) -> ImportCounts:
        async with transaction(self.engine) as conn:
            await lock_names(conn, ["registry"])  # two imports at once take turns
            return await Beneficiaries(self.vault).put(conn, rows, self.now)

    async def _compare(self, rows: Sequence[Beneficiary]) -> ImportCounts:
        async with connect(self.engine) as conn:
            return await Beneficiaries(self.vault).compare(conn, rows)


def _batches(file: RegistryFile) -> Iterator[list[RegistryRow | Rejected]]:
    rows = file.rows()
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _accepted(batch: Sequence[RegistryRow | Rejected], rejects: RejectFile) -> list[Beneficiary]:
    good = []
    for row in batch:
        if isinstance(row, Rejected):
            rejects.add(row)
        else:
            good.append(row.beneficiary)
    return good
