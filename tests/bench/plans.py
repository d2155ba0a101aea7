"""Finds hot statements that read or sort many rows of a large database, and times each.

Run as `python -m tests.bench.plans [PEOPLE [URL …]]`, by default a million people, on SQLite and PostgreSQL
in folders that are deleted afterwards. A named database is filled once and kept. Acts are undone, so that
each one sees the same rows.
"""

import asyncio
import base64
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from storage.database import Engine, connect, open_engine, upgrade
from storage.schema.people import beneficiaries
from storage.sealing.vault import Vault
from tests.support.hot_paths.filling import fill
from tests.support.hot_paths.paths import HOT, HotPath
from tests.support.hot_paths.statement_watch import SeenStatement, watch_statements
from tests.support.storage import filled_database
from tests.support.storage.databases import postgres_server
from tests.support.storage.migrated import sqlite_url

PEOPLE = 1_000_000
VAULT = Vault.from_setting(f"k1:{base64.b64encode(bytes(32)).decode()}")
"""Always the same, for a database that is kept."""
_SLOW = 0.01
"""Seconds; a faster statement is shown only if it reads many rows."""


def main(people: int, urls: Sequence[str]) -> None:
    logging.disable()  # rows that no key opens are named one by one
    with _databases(urls) as opened:
        for url in opened:
            asyncio.run(_measure(url, people))


@contextmanager
def _databases(urls: Sequence[str]) -> Iterator[Sequence[str]]:
    if urls:
        yield urls
        return
    with tempfile.TemporaryDirectory() as folder, postgres_server("fsync") as url:
        yield [sqlite_url(Path(folder) / "plans.db"), url]


async def _measure(url: str, people: int) -> None:
    engine = open_engine(url)
    await upgrade(engine, lambda: VAULT)
    if not await _is_filled(engine):
        await filled_database.fill_sealed_fields(engine, VAULT)
        await fill(engine, people)
    _say(f"{engine.dialect.name}, {people:,} people")
    for path in HOT:
        await _show(engine, path)
    await engine.dispose()


async def _is_filled(engine: Engine) -> bool:
    async with connect(engine) as conn:
        rows = select(func.count()).select_from(select(beneficiaries.c.id).limit(2).subquery())
        return (await conn.execute(rows)).scalar_one() > 1


async def _show(engine: Engine, path: HotPath) -> None:
    statements = await watch_statements(engine, lambda conn: path.act(conn, VAULT))
    _say(_summary(path, statements))
    for one in statements:
        if one.reads or max(one.seconds, one.generic) >= _SLOW:
            generic = (
                f" ({one.generic * 1000:.1f} by the generic plan)" if one.generic > 2 * one.seconds else ""
            )
            _say(f"    {one.seconds * 1000:8.1f} ms{generic}  {one.words}")
            _say("".join(f"{'':16}{line}\n" for line in sorted(one.reads)).rstrip("\n"))


def _summary(path: HotPath, statements: Sequence[SeenStatement]) -> str:
    slowest = max((one.seconds for one in statements), default=0.0)
    many = sum(bool(one.reads) for one in statements)
    note = ", which it may" if path.reads_many else ""
    return (
        f"{path.name}: {len(statements)} statements, the slowest {slowest * 1000:.1f} ms,"
        f" {many} read many rows{note if many else ''}"
    )


def _say(line: str) -> None:
    if line:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else PEOPLE, sys.argv[2:])
