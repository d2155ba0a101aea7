"""Counts the updates that PostgreSQL makes in place (HOT, no index written), and a message's write-ahead log.

Run as `python -m tests.bench.hot_updates [INDEX …]`: 3 840 messages of 64 accounts in batches, then 1 920
customer messages that are claimed, renewed and ended. Named indexes are dropped first, to see what they cost.
"""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bot.clock import system_clock
from bot.conversation.units_of_work import Work
from messages.inbound import Text
from storage.database import Engine, connect, open_engine, transaction, upgrade
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.sealing.vault import Vault
from tests.support.storage.databases import postgres_server
from tests.support.wechat.conversations import conversation_of

ACCOUNTS, ROUNDS, SENT = 64, 60, 30
_AT = datetime(2026, 5, 4, tzinfo=UTC)
_WORDS = ("办理认证", "你好")
_LOG = text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
_UPDATES = text(
    "SELECT relname, n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables"
    " WHERE n_tup_upd > 0 AND relname != 'alembic_version' ORDER BY relname"
)
_PUBLISHED = 1.5
"""Seconds after which the server shows its counts."""


def main(dropped: Sequence[str]) -> None:
    with postgres_server("fsync") as url:
        asyncio.run(_measure(url, dropped))


async def _measure(url: str, dropped: Sequence[str]) -> None:
    engine, vault = open_engine(url), Vault.from_setting(Vault.new_setting())
    await upgrade(engine)
    async with transaction(engine) as conn:
        for index in dropped:
            await conn.execute(text(f"DROP INDEX {index}"))
    before = await _log(engine)
    await _talk(engine, vault)
    _say(f"{(await _log(engine) - before) / (ROUNDS * ACCOUNTS):,.0f} bytes of log a message")
    await _deliver(engine, Outbox(vault))
    await asyncio.sleep(_PUBLISHED)
    async with connect(engine) as conn:
        for table, updates, in_place in (await conn.execute(_UPDATES)).all():
            _say(f"{table}: {updates:,} updates, {in_place / updates:.0%} in place")
    await engine.dispose()


async def _talk(engine: Engine, vault: Vault) -> None:
    talk = conversation_of(engine, vault, system_clock)
    for turn in range(ROUNDS):
        said = Text(_WORDS[turn % 2])
        await talk.execute([Work(f"a{one}", said, f"{turn}-{one}", claims=True) for one in range(ACCOUNTS)])


async def _deliver(engine: Engine, outbox: Outbox) -> None:
    lease = timedelta(seconds=10)
    for _ in range(SENT):
        async with transaction(engine) as conn:
            items = [OutboxItem(f"a{one}", OutboxKind.TEXT, "words", _AT) for one in range(ACCOUNTS)]
            await outbox.put(conn, items, _AT)
        async with transaction(engine) as conn:
            claimed = await outbox.claim(conn, [OutboxKind.TEXT], ACCOUNTS, _AT, lease)
        ids = [row.id for row in claimed]
        async with transaction(engine) as conn:
            await outbox.renew(conn, ids, _AT + 2 * lease)
        async with transaction(engine) as conn:
            await outbox.done(conn, ids, _AT)


async def _log(engine: Engine) -> int:
    async with connect(engine) as conn:
        return int((await conn.execute(_LOG)).scalar_one())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
