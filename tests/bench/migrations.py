"""Measures `db upgrade` of a large installation: processor seconds, and how long which tables are locked.

Run as `python -m tests.bench.migrations [PEOPLE [PASSES]]`, by default 1 000 000 and 300 000. A PostgreSQL
database on the schema before values were bound to their rows (0017) is filled and upgraded to the newest one.
"""

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from time import perf_counter, process_time

import asyncpg
from sqlalchemy import make_url, text

from storage.database import Engine, open_engine, upgrade
from storage.sealing.vault import Vault
from tests.bench.processes import postmaster, seconds_of
from tests.support.storage.databases import postgres_server
from tests.support.storage.old_schema import migrate_to

PEOPLE, PASSES = 1_000_000, 300_000
_BEFORE = "0017"
_POLL_SECONDS = 0.5
_AT = datetime(2026, 5, 4, tzinfo=UTC)
_CLOSED = text(
    "SELECT DISTINCT relation::regclass::text FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
    " WHERE mode = 'AccessExclusiveLock' AND granted AND relkind = 'r'"
    " AND relnamespace = 'public'::regnamespace"
)
_BENEFICIARIES = (*("scheme", "id_type", "number_blind", "identity", "city", "status", "updated_at"),)
_CERTIFICATIONS = (
    *("receipt", "ticket_hash", "account", "scheme", "id_type", "number_blind", "people", "city"),
    *("certified_at", "due_on", "channel"),
)

Record = tuple[object, ...]


def main(people: int, passes: int) -> None:
    with postgres_server() as url:
        asyncio.run(_measure(url, people, passes))


async def _measure(url: str, people: int, passes: int) -> None:
    engine, vault = open_engine(url), Vault.from_setting(Vault.new_setting())
    await migrate_to(engine, _BEFORE)
    await _fill(url, vault, people, passes)
    server, closed = postmaster(url), Counter[str]()
    began, ours, theirs = perf_counter(), process_time(), seconds_of(server)
    watching = asyncio.create_task(_watch(engine, closed))
    await upgrade(engine, lambda: vault)
    watching.cancel()
    elapsed, program, database = perf_counter() - began, process_time() - ours, seconds_of(server) - theirs
    used = f"{program:.0f} s of a core, PostgreSQL {database:.0f} s"
    _say(f"{people:,} people, {passes:,} passes: {elapsed:.0f} s, {used}")
    for table, looks in closed.most_common():
        _say(f"  {table}: closed to readers for {looks * _POLL_SECONDS:.0f} s")
    await engine.dispose()


async def _watch(engine: Engine, closed: Counter[str]) -> None:
    """Count in how many checks each table admits no reader."""
    async with engine.connect() as conn:
        while True:
            closed.update((await conn.execute(_CLOSED)).scalars())
            await conn.rollback()
            await asyncio.sleep(_POLL_SECONDS)


async def _fill(url: str, vault: Vault, people: int, passes: int) -> None:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    conn = await asyncpg.connect(address)
    await conn.execute("ALTER TABLE certifications ALTER scores SET DEFAULT '{}'")  # COPY encodes no JSON
    await conn.copy_records_to_table("beneficiaries", records=_people(vault, people), columns=_BENEFICIARIES)
    await conn.copy_records_to_table(
        "certifications", records=_passes(vault, passes), columns=_CERTIFICATIONS
    )
    await conn.execute("ANALYZE")
    await conn.close()


def _people(vault: Vault, count: int) -> Iterator[Record]:
    for serial in range(count):
        number = _number(serial)
        sealed = vault.seal(json.dumps(["陈桂珍", "resident_id", number]), "beneficiaries.identity")
        blind = vault.blind(number, "beneficiaries.number")
        yield "employee", "resident_id", blind, sealed, "440100", "active", _AT


def _passes(vault: Vault, count: int) -> Iterator[Record]:
    for serial in range(count):
        number = _number(serial)
        people = json.dumps([["陈桂珍", "resident_id", number], None], ensure_ascii=False)
        facts = ("employee", "resident_id", vault.blind(number, "certifications.number"))
        sealed = vault.seal(people, "certifications.people")
        ticket = sha256(os.urandom(16)).digest()
        due = date(2027, 5, 31)
        yield f"R{serial}", ticket, f"a{serial}", *facts, sealed, "440100", _AT, due, "wechat"


def _number(serial: int) -> str:
    return f"44010319500101{serial:07}"[-18:]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or (PEOPLE, PASSES)))
