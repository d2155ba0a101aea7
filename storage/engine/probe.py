"""Checks whether the database accepts a write now, at most once a second."""

import asyncio
import shutil
import time
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database import connect, transaction
from storage.engine.database_condition import condition_of
from storage.engine.sqlite_writer import turn_of_writer
from storage.errors import StatementFailed, StorageUnavailable, Trouble

_LONGEST = 1.5
"""Seconds for a try; a supervisor's probe gives up soon after."""

_FRESH = 1.0
"""Seconds for which an answer is repeated: `/readyz` is public, and each try is a sync to the disk."""

_LEAST_FREE = 2 * 1024 * 1024
"""Free bytes next to a SQLite file: less than its write-ahead log may need before the next checkpoint."""

_SPILL = text(
    "SELECT count(*) FROM (SELECT repeat(md5(n::text), 8) AS filling FROM generate_series(1, 2000) AS n"
    " ORDER BY filling) AS sorted"
)
"""Sorts half a megabyte in less memory than that: PostgreSQL has to write it to its disk."""


class DatabaseProbe:
    """Shares one try among simultaneous callers: a database that hangs is not asked again meanwhile."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._try: asyncio.Task[Trouble | None] | None = None
        self._tried_at = 0.0

    async def troubles(self) -> list[Trouble]:
        """Return what is wrong, within two seconds; empty for a healthy database."""
        trying = self._current()
        finished, _ = await asyncio.wait([trying], timeout=_LONGEST)
        found = trying.result() if finished else Trouble.AWAY
        held = condition_of(self._engine).held()
        return list(dict.fromkeys([*([found] if found else []), *held]))

    def _current(self) -> asyncio.Task[Trouble | None]:
        now = time.monotonic()
        if self._try is None or (self._try.done() and now - self._tried_at >= _FRESH):
            self._try, self._tried_at = asyncio.create_task(_attempt(self._engine)), now
        return self._try


async def writer_moves(engine: AsyncEngine) -> None:
    """Return once the thread that writes batches to SQLite has had a turn.

    The write lock is not requested: another program may hold it for long. A thread that waits for it moves
    again after the lock's timeout. For PostgreSQL there is no wait: its server is another program, which
    restarting this one does not repair.
    """
    if engine.dialect.name == "sqlite":
        await turn_of_writer(engine)


async def _attempt(engine: AsyncEngine) -> Trouble | None:
    try:
        if engine.dialect.name == "postgresql":
            return await _attempt_postgresql(engine)
        return await _attempt_sqlite(engine)
    except StorageUnavailable as outage:
        return outage.trouble
    except StatementFailed:
        return Trouble.AWAY


async def _attempt_sqlite(engine: AsyncEngine) -> Trouble | None:
    """Commit an unchanged page: nothing uses `user_version`, and a file that accepts no write refuses it."""
    async with transaction(engine) as conn:
        await conn.execute(text(f"PRAGMA user_version = {await _user_version(conn)}"))
    return Trouble.DISK_FULL if _is_full(engine.url.database) else None


def _is_full(file: str | None) -> bool:
    """Whether the disk of a database file is nearly full; a database in memory has none."""
    return bool(file) and shutil.disk_usage(Path(file or "").absolute().parent).free < _LEAST_FREE


async def _user_version(conn: AsyncConnection) -> int:
    return int((await conn.execute(text("PRAGMA user_version"))).scalar_one())


async def _attempt_postgresql(engine: AsyncEngine) -> Trouble | None:
    async with connect(engine) as conn:
        setting = text("SELECT current_setting('transaction_read_only')")
        if (await conn.execute(setting)).scalar_one() == "on":  # also on a standby
            return Trouble.READ_ONLY
        await conn.execute(text("SET LOCAL work_mem = '64kB'"))
        await conn.execute(_SPILL)
    return None
