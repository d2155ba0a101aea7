"""The two runs over a loaded file: counting, which changes nothing, and applying.

Both run the code of the commands: `registry import` with and without `--dry-run`, and `faces enroll`.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.console.loading.spool import Spool
from bot.console.parts import ConsoleParts
from bot.enrolment.enroller import Enroller
from bot.enrolment.photo_archive import unpack
from bot.enrolment.photo_list import reject_stem
from bot.enrolment.pool_maker import PoolMaker
from dialogs.local_time import local_date
from storage.audit_trail.actions import AuditAction
from storage.console.loads import Load, LoadKind, Loads, LoadState
from storage.database import Connection, connect, transaction
from storage.records.enrolments import Enrolments
from storage.registry.file import RegistryFile, open_registry_file
from storage.registry.importing.comparison import Comparison, write_missing
from storage.registry.importing.importer import RegistryImport
from storage.registry.importing.rejects import RejectsOf
from storage.registry.importing.row_counts import RowCounts
from storage.sheets.faults import BadFile, FileFault
from storage.sheets.spreadsheet import files_of

_PAUSE = 0.01
"""Seconds between two batches, in which others waiting for the database or the event loop have their turn."""

Counting = AsyncGenerator[RowCounts, None]
ChangeLoad = Callable[[Loads, Connection, datetime], Awaitable[bool]]


class RunAbandoned(Exception):
    """A run is left as it stands: somebody ended the load, or the process stops and the next continues."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that is open: its runs, how many rows they count, and where they write the refused rows."""

    rows: int
    preview: Counting
    apply: Counting
    rejects: Path = field(repr=False)
    registry: RegistryFile | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Stages:
    """Counts and applies one load."""

    parts: ConsoleParts
    spool: Spool
    load: Load
    stop: asyncio.Event

    async def count(self) -> None:
        """Count the file, and compare a full export; raises BadFile, OSError, RunAbandoned."""
        prepared = await self._prepare()
        await self._note(lambda loads, conn, now: loads.note_rows(conn, self.load.id, prepared.rows, now))
        await self._follow(prepared.preview, LoadState.COUNTING)
        self._collect(prepared.rejects, "rejected")
        found = await self._compare(prepared.registry)
        await self._note(lambda loads, conn, now: loads.counted(conn, self.load.id, found, now))

    async def apply(self) -> RowCounts:
        """Apply what an earlier run has not, and return the counts of both; raises as `count` does."""
        prepared = await self._prepare()
        counts = await self._follow(prepared.apply, LoadState.APPLYING)
        self._collect(prepared.rejects, "rejected")
        return counts

    async def _follow(self, counting: Counting, state: LoadState) -> RowCounts:
        """Note the counts after each batch, even if the batch's own transaction has noted them."""
        counts = self.load.applied
        async with aclosing(counting):
            async for counts in counting:
                await self._note_counts(state, counts)
                if self.stop.is_set():
                    raise RunAbandoned
                await asyncio.sleep(_PAUSE)
        return counts

    async def _note_counts(self, state: LoadState, counts: RowCounts) -> None:
        await self._note(lambda loads, conn, now: loads.note_counts(conn, self.load.id, state, counts, now))

    async def _note(self, change: ChangeLoad) -> None:
        async with transaction(self.parts.engine) as conn:
            if not await change(Loads(self.parts.vault), conn, self.parts.clock()):
                raise RunAbandoned

    async def _prepare(self) -> Prepared:
        path = self.spool.upload(self.load.id)
        if self.load.kind is LoadKind.REGISTRY:
            return await self._registry(path)
        return await self._photos(path)

    async def _registry(self, path: Path) -> Prepared:
        """Open a registry file; its dates are bounded by the day of the upload, however long it waits."""
        parts, day = self.parts, local_date(self.load.began_at)
        file = await asyncio.to_thread(open_registry_file, path, day)
        rows = await asyncio.to_thread(lambda: sum(1 for _ in file.source.lines()))
        settle = parts.work_of(self.load.account).settle_certified
        importer = RegistryImport(
            parts.engine, parts.vault, parts.clock, self._record_counts, self.load.applied, settle
        )
        rejects = RejectsOf.ROWS.stem(path)
        return Prepared(rows, importer.preview(file), importer.apply(file), rejects, file)

    async def _photos(self, path: Path) -> Prepared:
        if self.parts.pool is None:
            raise BadFile(FileFault.NO_ARCHIVE)
        folder = self.spool.empty_folder(self.load.id)
        listed = await asyncio.to_thread(unpack, path, folder, self.spool.has_room)
        maker = PoolMaker(self.parts.pool)
        enroller = Enroller(self.parts.engine, Enrolments(self.parts.vault), maker, self.load.applied)
        rows = await asyncio.to_thread(enroller.count_rows, listed)
        rejects = await asyncio.to_thread(reject_stem, listed)
        return Prepared(rows, enroller.preview_file(listed), enroller.enrol_file(listed), rejects)

    async def _compare(self, file: RegistryFile | None) -> Comparison | None:
        """Write the list of people who are missing from a full export, after its audit entry."""
        if file is None or not self.load.city:
            return None
        work = self.parts.work_of(self.load.account)
        detail = f"{self.load.city}: load {self.load.id}"
        async with transaction(self.parts.engine) as conn:
            await work.note(conn, AuditAction.REGISTRY_COMPARED, "all", f"{detail}, begun")
        stem = self.spool.upload(self.load.id).with_name("missing")
        async with connect(self.parts.engine) as conn:
            found = await write_missing(conn, self.parts.vault, file, self.load.city, stem)
        async with transaction(self.parts.engine) as conn:
            ending = f"{detail}, held {found.held}, missing {found.missing}"
            await work.note(conn, AuditAction.REGISTRY_COMPARED, "all", ending)
        return found

    async def _record_counts(self, conn: Connection, counts: RowCounts) -> None:
        loads, now = Loads(self.parts.vault), self.parts.clock()
        if not await loads.note_counts(conn, self.load.id, LoadState.APPLYING, counts, now):
            raise RunAbandoned

    def _collect(self, stem: Path, name: str) -> None:
        """Move a list next to the upload, under a name that reveals nothing."""
        for made, kept in zip(files_of(stem), files_of(self.spool.folder(self.load.id) / name), strict=True):
            kept.unlink(missing_ok=True)
            if made.exists():
                made.replace(kept)
