"""Runs loads in the background of a serving process, and deletes expired files."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import timedelta
from types import MappingProxyType

from aiohttp import web

from bot.console.loading.spool import Spool
from bot.console.loading.stages import RunAbandoned, Stages
from bot.console.parts import ConsoleParts
from storage.audit_trail.actions import AuditAction
from storage.console.loads import Load, LoadKind, Loads, LoadState, UnknownLoad
from storage.database import Connection, connect, transaction
from storage.errors import StorageError
from storage.registry.importing.row_counts import RowCounts
from storage.sheets.faults import BadFile, FileFault

KEPT = timedelta(days=3)
"""Time for which a counted file waits for a decision, and the lists of an applied one are kept."""

_POLL_SECONDS = 60.0
"""Seconds between two checks for loads that an ended process has left."""

_ACTIONS: Mapping[LoadKind, AuditAction] = MappingProxyType(
    {LoadKind.REGISTRY: AuditAction.REGISTRY_IMPORTED, LoadKind.PHOTOS: AuditAction.FACES_ENROLLED}
)
"""The audit's word for an applied file, as the command writes it."""

_log = logging.getLogger(__name__)


class LoadRunner:
    """Counts and applies the open load on the machine of its file, one process at a time by a lock."""

    def __init__(self, parts: ConsoleParts) -> None:
        self.spool = Spool(parts.uploads)
        self._parts = parts
        self._loads = Loads(parts.vault)
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()

    def wake(self) -> None:
        """Make the runner look for work immediately: something was received or decided."""
        self._wake.set()

    async def beside(self, _app: web.Application) -> AsyncIterator[None]:
        """Run alongside an application, for its `cleanup_ctx`."""
        running = asyncio.create_task(self.run())
        yield
        self._stop.set()
        self._wake.set()
        await running

    async def run(self) -> None:
        """Look for work until stopped; a load that another process left is continued."""
        while not self._stop.is_set():
            self._wake.clear()
            try:
                await self._run_once()
            except StorageError as error:
                _log.warning("loading paused: %s", type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _POLL_SECONDS)

    async def _run_once(self) -> None:
        async with connect(self._parts.engine) as conn:
            load = await self._loads.open(conn)
        if isinstance(load, Load):
            with self.spool.lock(load.id) as is_ours:
                if is_ours:
                    await self._advance(load.id)
        await self._sweep()

    async def _advance(self, load_id: int) -> None:
        load = await self._find(load_id)
        if not isinstance(load, Load):
            return
        try:
            await self._run_stage(load)
        except RunAbandoned:
            return
        except BadFile as bad:
            await self._end(load, LoadState.UNREADABLE, bad)
        except StorageError:
            raise
        except OSError as error:
            await self._end(load, LoadState.UNREADABLE, BadFile(FileFault.NOT_READ, error.strerror or ""))
        except Exception as error:  # noqa: BLE001 - an unforeseen file must not hold up all later ones
            _log.error("load %d ended: %s", load_id, type(error).__name__)
            await self._end(load, LoadState.BROKEN)

    async def _run_stage(self, load: Load) -> None:
        stages = Stages(self._parts, self.spool, load, self._stop)
        match load.state:
            case LoadState.RECEIVING:  # nobody holds its lock: the upload broke off
                await self._end(load, LoadState.BROKEN)
            case LoadState.COUNTING:
                await stages.count()
            case LoadState.COUNTED if self._parts.clock() - load.touched_at > KEPT:
                await self._end(load, LoadState.EXPIRED)
            case LoadState.APPLYING:
                await self._finish(load, await stages.apply())

    async def _finish(self, load: Load, counts: RowCounts) -> None:
        async with transaction(self._parts.engine) as conn:
            if await self._loads.end(conn, load, LoadState.APPLIED, self._parts.clock()):
                await note_applied(conn, self._parts, load, str(counts))

    async def _end(self, load: Load, state: LoadState, bad: BadFile | None = None) -> None:
        fault = f"{bad.fault}\n{bad.detail}" if bad else ""
        async with transaction(self._parts.engine) as conn:
            ended = await self._loads.end(conn, load, state, self._parts.clock(), fault)
            if ended and load.state is LoadState.APPLYING:
                now = await self._loads.find(conn, load.id)
                applied = now.applied if isinstance(now, Load) else load.applied
                await note_applied(conn, self._parts, load, f"{applied}, broken off")

    async def _find(self, load_id: int) -> Load | UnknownLoad | None:
        async with connect(self._parts.engine) as conn:
            return await self._loads.find(conn, load_id)

    async def _sweep(self) -> None:
        """Delete the uploads of ended loads, and everything of those whose lists are no longer needed."""
        for load_id in self.spool.held():
            with self.spool.lock(load_id) as is_free:
                load = await self._find(load_id)
                if is_free and not (load and load.is_open):
                    self._clear(load_id, load)

    def _clear(self, load_id: int, load: Load | UnknownLoad | None) -> None:
        """Delete what nobody needs of an ended load; lists, and all of an unknown load, are kept a while."""
        is_recent = load is not None and self._parts.clock() - load.touched_at <= KEPT
        match load:
            case Load(state=LoadState.APPLIED) if is_recent:
                self.spool.forget_upload(load_id)
            case UnknownLoad() if is_recent:
                pass
            case _:
                self.spool.forget(load_id)


async def note_applied(conn: Connection, parts: ConsoleParts, load: Load, counts: str) -> None:
    """Record what a load brought in, under the name of the account that applied it, as the command does."""
    work = parts.work_of(load.applied_by)
    await work.note(conn, _ACTIONS[load.kind], "all", f"{counts}; load {load.id}")
