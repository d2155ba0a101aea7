"""Measures the rows that a certification leaves in each table before and after purging, with the indexes.

Run as `python -m tests.bench.leftovers [URL]`, by default on SQLite and PostgreSQL. `_COUNT` people say
ten things each and pass a live check whose verdict is fixed. Then everything is purged as it would be a
hundred days later: conversations, which are kept for two years, stay. Tables are packed before they are
measured.
"""

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.clock import system_clock
from bot.conversation.units_of_work import Work
from messages.inbound import Text
from storage.database import Engine, open_engine, transaction
from storage.retention.purging import RETENTION_DAYS, PurgeBatch, purge
from storage.sealing.vault import Vault
from tests.bench.passes import PASSES, capture_parts, enrol_people, record_passes
from tests.support.storage.databases import postgres_server
from tests.support.storage.migrated import sqlite_url

WRITERS, SAID, LATER = 3, 10, timedelta(days=100)
_COUNT, _BATCH = WRITERS * PASSES, 50
_OF_SQLITE = "SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_schema USING (name) GROUP BY tbl_name"
_OF_POSTGRES = text(
    "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
_DELIVERED = text("UPDATE outbox SET ended_at = due_at")

Sizes = Mapping[str, int]


def main(url: str = "") -> None:
    with _databases(url) as opened:
        for one in opened:
            for line in asyncio.run(_measured(one)):
                sys.stdout.write(f"{line}\n")


@contextmanager
def _databases(url: str) -> Iterator[list[str]]:
    if url:
        yield [url]
        return
    with tempfile.TemporaryDirectory() as folder, postgres_server("fsync") as server:
        yield [sqlite_url(Path(folder) / "leftovers.db"), server]


async def _measured(url: str) -> list[str]:
    keys, engine = Vault.new_setting(), open_engine(url)
    await enrol_people(url, keys, WRITERS)
    empty = await _sizes(engine)
    await _talk(engine, Vault.from_setting(keys))
    for writer in range(WRITERS):
        await record_passes(url, keys, writer)
    before = await _sizes(engine)
    await _purge(engine)
    after = await _sizes(engine)
    await engine.dispose()
    return [f"{engine.dialect.name}: bytes a certification", *_lines(empty, before, after)]


def _lines(empty: Sizes, before: Sizes, after: Sizes) -> Iterator[str]:
    grown = {name: [(sizes[name] - empty[name]) / _COUNT for sizes in (before, after)] for name in before}
    for name, (at_first, left) in sorted(grown.items(), key=lambda item: -item[1][0]):
        if at_first:
            yield f"  {name:20}{at_first:8,.0f}{left:8,.0f}"
    total = [sum(column) for column in zip(*grown.values(), strict=True)]
    yield f"  {'together':20}{total[0]:8,.0f}{total[1]:8,.0f}"


async def _talk(engine: Engine, vault: Vault) -> None:
    conversation = capture_parts(vault, engine).conversation
    accounts = [f"writer-{writer}-{number}" for writer in range(WRITERS) for number in range(PASSES)]
    for turn in range(SAID):
        for first in range(0, _COUNT, _BATCH):
            some = accounts[first : first + _BATCH]
            said = [Work(one, Text("1"), f"{one}-{turn}", claims=True, heard="1") for one in some]
            await conversation.execute(said)


async def _purge(engine: Engine) -> None:
    now = system_clock() + LATER
    async with transaction(engine) as conn:
        await conn.execute(_DELIVERED)
    for of, days in RETENTION_DAYS:
        gone = 1
        while gone:
            async with transaction(engine) as conn:
                gone = (await purge(conn, of, now - timedelta(days=days), now, PurgeBatch(500))).gone


async def _sizes(engine: Engine) -> Sizes:
    """Pack all tables and return the bytes of each; SQLAlchemy would begin a transaction."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as file:
            file.execute("VACUUM")
            return dict(file.execute(_OF_SQLITE).fetchall())
    async with engine.connect() as conn:
        plain = await conn.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("VACUUM FULL"))
        return {name: int(size) for name, size in await plain.execute(_OF_POSTGRES)}


if __name__ == "__main__":
    main(*sys.argv[1:])
