"""`audit verify` of a long trail: processor seconds and peak memory.

Run as `python -m tests.bench.trail [ENTRIES]`, by default a million, of one chain on SQLite.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.chain import NO_ENTRY, Chain
from storage.database import open_engine, transaction, upgrade
from storage.schema.office import audit, audit_chains
from storage.sealing.vault import Vault
from tests.bench.million import run_command

ENTRIES = 1_000_000
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def main(entries: int) -> None:
    """Write a chain, check it, and print a line."""
    keys = Vault.new_setting()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'trail.db'}"
        asyncio.run(_written(url, Vault.from_setting(keys), entries))
        settings = {"PENSION_BOT_DATABASE_URL": url, "PENSION_BOT_DATA_KEYS": keys}
        ran = run_command(os.environ | settings, "audit", "verify")
    sys.stdout.write(f"{entries:,} entries verified: {ran}\n")


async def _written(url: str, vault: Vault, entries: int) -> None:
    engine, chain = open_engine(url), Chain.new("conversation-1")
    await upgrade(engine)
    async with transaction(engine) as conn:
        await conn.execute(insert(audit_chains).values(chain.to_row(vault)))
        written = _entries(chain, entries)
        while rows := list(islice(written, 10_000)):
            await conn.execute(insert(audit), rows)
    await engine.dispose()


def _entries(chain: Chain, count: int) -> Iterator[dict[str, object]]:
    """Yield accepted sessions, each for another person."""
    last = NO_ENTRY
    for serial in range(1, count + 1):
        at = _FIRST + timedelta(seconds=serial)
        facts = (Actor.DIALOG, AuditAction.CAPTURE_OPENED, f"{serial:064x}", "employee 440100 link")
        last = chain.hash_of(last, serial, at, facts)
        names = dict(zip(("actor", "action", "subject", "detail"), facts, strict=True))
        yield {"writer": chain.writer, "serial": serial, "at": at, "hash": last, **names}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
