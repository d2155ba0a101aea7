"""Measures how tables that are filled and purged grow on PostgreSQL, and one whose keys are rotated.

Run as `python -m tests.bench.growth [CERTIFICATIONS [DAYS [URL]]]`, by default 600 000 over sixty days: ten
inbox rows and one outbox row each, written hour by hour. After each day purging deletes what is older than
the default of its class by the service's own statements, while PostgreSQL's autovacuum runs. Autovacuum
checks once a second, since a day takes seconds here; a server checks once a minute. At most 300 000 people
are then moved to a new data key. A named database has to be empty.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, text

from storage.database import Engine, connect, open_engine, transaction, upgrade
from storage.retention.purging import RETENTION_DAYS, PurgeBatch, RetentionClass, purge
from storage.schema.columns import context_in
from storage.schema.people import beneficiaries
from storage.sealing.key_rotation import rotate
from storage.sealing.vault import Vault
from tests.support.storage.databases import postgres_server

CERTIFICATIONS, DAYS, MESSAGES, BATCH, MOST_ROTATED = 600_000, 60, 10, 500, 300_000
_HOURS, _TOLD = 12, 10
"""Hours of a day in which something is written; days between two lines."""
_BEGAN = datetime(2026, 5, 4, tzinfo=UTC)
_PURGED = ("inbox", "outbox")
_MESSAGES = (
    "INSERT INTO inbox (key, account, claimed_at, answered_at, reply) SELECT md5(random()::text), 'a' || n,"
    " :at, :at, decode(repeat(md5(random()::text), 8), 'hex') FROM generate_series(1, :count) AS n"
)
_RESULTS = (
    "INSERT INTO outbox (account, kind, body, created_at, due_at, attempts, last_error, dead)"
    " SELECT 'a' || n, 'text', decode(repeat(md5(random()::text), 12), 'hex'), :at, :at, 0, '', false"
    " FROM generate_series(1, :count) AS n"
)
_LEASED = "UPDATE outbox SET lease_until = :at, attempts = 1 WHERE ended_at IS NULL"
_ENDED = "UPDATE outbox SET ended_at = :at, lease_until = NULL WHERE ended_at IS NULL"
_SIZE = "SELECT pg_total_relation_size('{0}'), (SELECT count(*) FROM {0})"


def main(certifications: int = CERTIFICATIONS, days: int = DAYS, url: str = "") -> None:
    with nullcontext(url) if url else postgres_server("fsync") as address:
        asyncio.run(_measure(address, certifications, days))


async def _measure(url: str, certifications: int, days: int) -> None:
    async with _eager(url) as engine:
        for day in range(1, days + 1):
            ends = _BEGAN + timedelta(days=day)
            for hour in range(_HOURS):
                await _fill(engine, ends - timedelta(hours=_HOURS - hour), certifications // days // _HOURS)
            for of in (RetentionClass.INBOX, RetentionClass.OUTBOX):
                await _purge(engine, of, ends - timedelta(days=dict(RETENTION_DAYS)[of]))
            if day % _TOLD == 0:
                await _tell(engine, f"day {day}", *_PURGED)
        await _run(engine, *(f"VACUUM FULL {table}" for table in _PURGED))
        await _tell(engine, "packed", *_PURGED)
        await _run(engine, "TRUNCATE inbox, outbox")  # nothing in them was sealed
        await _rotate(engine, min(certifications, MOST_ROTATED))


async def _rotate(engine: Engine, people: int) -> None:
    old, new = Vault.new_setting(), Vault.new_setting().replace("k", "new", 1)
    vault = Vault.from_setting(old)
    for start in range(0, people, BATCH):
        async with transaction(engine) as conn:
            await conn.execute(insert(beneficiaries), [_person(vault, start + n) for n in range(BATCH)])
    await _tell(engine, "before rotation", "beneficiaries")
    await rotate(engine, Vault.from_setting(f"{new},{old}"), lambda _: None)
    await _tell(engine, "after rotation", "beneficiaries")
    await _run(engine, "VACUUM FULL beneficiaries")
    await _tell(engine, "packed", "beneficiaries")


def _person(vault: Vault, serial: int) -> dict[str, object]:
    number = f"44010319500101{serial:07}"[-18:]
    row = {"scheme": "employee", "id_type": "resident_id", "city": "440100", "status": "active"}
    row |= {"updated_at": _BEGAN, "number_blind": vault.blind(number, "beneficiaries.number")}
    identity = json.dumps(["陈桂珍", "resident_id", number], ensure_ascii=False)
    return row | {"identity": vault.seal(identity, context_in(beneficiaries.c.identity, row))}


@asynccontextmanager
async def _eager(url: str) -> AsyncIterator[Engine]:
    engine = open_engine(url)
    await upgrade(engine)
    await _run(engine, "ALTER SYSTEM SET autovacuum_naptime = 1", "SELECT pg_reload_conf()")
    yield engine
    await engine.dispose()


async def _fill(engine: Engine, at: datetime, results: int) -> None:
    counts = {_MESSAGES: results * MESSAGES, _RESULTS: results}
    for statement in (_MESSAGES, _RESULTS, _LEASED, _ENDED):
        async with transaction(engine) as conn:
            await conn.execute(
                text(statement),
                {"at": at, "count": counts.get(statement)} if statement in counts else {"at": at},
            )


async def _purge(engine: Engine, of: RetentionClass, before: datetime) -> None:
    gone = 1
    while gone:
        async with transaction(engine) as conn:
            gone = (await purge(conn, of, before, before, PurgeBatch(BATCH))).gone


async def _run(engine: Engine, *statements: str) -> None:
    async with engine.connect() as conn:
        plain = await conn.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            await plain.execute(text(statement))


async def _tell(engine: Engine, when: str, *tables: str) -> None:
    for table in tables:
        async with connect(engine) as conn:
            size, rows = (await conn.execute(text(_SIZE.format(table)))).one()
        sys.stdout.write(f"{when}: {table} {size / 1e6:.0f} MB for {rows:,} rows\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
