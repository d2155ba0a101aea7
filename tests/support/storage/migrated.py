"""Databases on the newest schema, migrated once for all tests of a process."""

import asyncio
import functools
import tempfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from storage.database import open_engine, upgrade

_T = TypeVar("_T")


@functools.cache
def migrated_sqlite() -> bytes:
    """Migrate one SQLite file; tests write its content to their own files."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pension-bot.db"
        migrate(sqlite_url(path))
        return path.read_bytes()


def sqlite_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def migrate(url: str) -> None:
    async def work() -> None:
        engine = open_engine(url)
        await upgrade(engine)
        await engine.dispose()

    run_in_thread(work())


def run_in_thread(work: Coroutine[None, None, _T]) -> _T:
    """Run a coroutine in another thread, since the calling test's event loop is running already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
