"""Queued messages are not lost, doubled or reordered, on both databases."""

import asyncio

import pytest
from sqlalchemy import text

from storage.database import transaction
from storage.messaging.misdated_rows import release_misdated
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.sealing.vault import Vault
from tests.support.storage.database_kinds import on_postgresql
from tests.support.storage.factories import MINUTE, NOW

pytest_plugins = ["tests.support.storage.databases"]


def item(account="a", kind=OutboxKind.TEXT, body="话", due_at=NOW, **more) -> OutboxItem:
    return OutboxItem(account, kind, body, due_at, **more)


async def bodies(engine, vault, now=NOW, limit=10, kinds=(OutboxKind.TEXT,)):
    async with transaction(engine) as conn:
        claimed = await Outbox(vault).claim(conn, kinds, limit, now, MINUTE)
    return [row.body for row in claimed]


async def put(engine, vault, *items):
    async with transaction(engine) as conn:
        return await Outbox(vault).put(conn, items, NOW)


async def test_due_rows_of_the_given_kinds_are_claimed_oldest_first(engine, vault):
    late = item("c", body="later", due_at=NOW + MINUTE)
    await put(engine, vault, item("a", body="new"), item("b", body="old", due_at=NOW - MINUTE), late)
    await put(engine, vault, item("d", kind=OutboxKind.REMINDER, body="other"))
    assert await bodies(engine, vault, limit=1) == ["old"]
    assert await bodies(engine, vault) == ["new"]
    assert await bodies(engine, vault, kinds=[OutboxKind.REMINDER]) == ["other"]
    assert await bodies(engine, vault) == []


async def test_ids_are_in_the_order_of_the_items(engine, vault):
    ids = await put(engine, vault, *(item(f"a{n}", body=str(n)) for n in range(20)))
    async with transaction(engine) as conn:
        claimed = await Outbox(vault).claim(conn, [OutboxKind.TEXT], 50, NOW, MINUTE)
    assert [(row.id, row.body) for row in claimed] == [(row_id, str(n)) for n, row_id in enumerate(ids)]


async def test_messages_of_one_account_keep_their_order(engine, vault):
    outbox = Outbox(vault)
    first, second = await put(engine, vault, item(body="first"), item(body="second"))
    assert await bodies(engine, vault) == ["first"]
    async with transaction(engine) as conn:
        await outbox.retry(conn, first, NOW + MINUTE, "45047")
    assert await bodies(engine, vault) == []
    assert await bodies(engine, vault, NOW + MINUTE) == ["first"]
    async with transaction(engine) as conn:
        await outbox.done(conn, [first], NOW)
    assert await bodies(engine, vault, NOW + MINUTE) == ["second"]
    async with transaction(engine) as conn:
        await outbox.dead(conn, second, "43004", NOW)
    assert await bodies(engine, vault, NOW + 9 * MINUTE) == []


async def test_row_of_a_dead_worker_is_claimed_again_without_counting_an_attempt(engine, vault):
    (row,) = await put(engine, vault, item(body="mine", lease_until=NOW + MINUTE))
    assert await bodies(engine, vault) == []
    assert await tried(engine, vault, NOW + MINUTE) == [(row, 1, False)]
    assert await tried(engine, vault, NOW + 2 * MINUTE) == [(row, 1, True)]
    assert await tried(engine, vault, NOW + 3 * MINUTE) == [(row, 1, True)]
    async with transaction(engine) as conn:
        await Outbox(vault).retry(conn, row, NOW, "-1")
    assert await tried(engine, vault, NOW + 3 * MINUTE) == [(row, 2, False)]
    assert await tried(engine, vault, NOW + 4 * MINUTE) == [(row, 2, True)]


async def tried(engine, vault, now):
    """Claim due rows; gives each row's number of attempts, and whether its worker died."""
    async with transaction(engine) as conn:
        claimed = await Outbox(vault).claim(conn, [OutboxKind.TEXT], 1, now, MINUTE)
    return [(row.id, row.attempts, row.is_orphan) for row in claimed]


async def test_concurrent_workers_never_share_a_row(engine, vault):
    await put(engine, vault, *(item(f"a{n}", body=str(n)) for n in range(40)))
    shares = await asyncio.gather(*(bodies(engine, vault, limit=8) for _ in range(8)))
    assert sorted(int(body) for share in shares for body in share) == sorted(
        {int(body) for share in shares for body in share}
    )
    rest = await bodies(engine, vault, limit=40)
    assert sum(map(len, shares)) + len(rest) == 40


@on_postgresql
async def test_worker_skips_rows_another_worker_is_claiming(engine, vault):
    await put(engine, vault, item("a", body="one"), item("b", body="two"))
    async with transaction(engine) as conn:
        assert len(await Outbox(vault).claim(conn, [OutboxKind.TEXT], 1, NOW, MINUTE)) == 1
        assert await asyncio.wait_for(bodies(engine, vault), timeout=60) == ["two"]


async def test_many_rows_under_unknown_keys_do_not_crowd_out_the_others(engine, vault):
    other = Vault.from_setting(Vault.new_setting().replace("k1:", "gone:"))
    await put(engine, other, item("a"), item("b"))
    await put(engine, vault, item("c", body="readable"))
    assert await bodies(engine, vault, limit=2) == []
    assert await bodies(engine, vault, NOW + 2 * MINUTE, limit=2) == ["readable"]
    assert await bodies(engine, other, NOW + 5 * MINUTE, limit=2) == ["话", "话"]


async def test_row_under_an_unknown_key_blocks_no_other(engine, vault):
    await put(engine, Vault.from_setting(Vault.new_setting()), item("a", body="sealed elsewhere"))
    await put(engine, vault, item("b", body="two"))
    assert await bodies(engine, vault) == ["two"]


async def test_later_message_does_not_hold_back_a_due_one(engine, vault):
    await put(engine, vault, item(body="this evening", due_at=NOW + 60 * MINUTE), item(body="now"))
    assert await bodies(engine, vault) == ["now"]
    async with transaction(engine) as conn:
        await Outbox(vault).done(conn, [2], NOW)
    assert await bodies(engine, vault, NOW + 60 * MINUTE) == ["this evening"]


async def test_result_goes_before_older_reminders(engine, vault):
    old = [item(f"a{n}", kind=OutboxKind.REMINDER, due_at=NOW - MINUTE) for n in range(3)]
    await put(engine, vault, *old, item("b", body="result"))
    kinds = (OutboxKind.TEXT, OutboxKind.REMINDER)
    assert await bodies(engine, vault, limit=2, kinds=kinds) == ["result", "话"]


@pytest.mark.parametrize("minutes", [10, 59])
async def test_messages_queued_before_the_clock_was_set_back_are_released(engine, vault, minutes):
    """The messages were queued, and one was claimed by a worker that died, before the clock was set back."""
    now = NOW - minutes * MINUTE
    evening = NOW + 60 * MINUTE
    await put(
        engine, vault, item("a", body="held"), item("b", body="now"), item("b", body="later", due_at=evening)
    )
    async with transaction(engine) as conn:
        await Outbox(vault).claim(conn, [OutboxKind.TEXT], 1, NOW, MINUTE)
    assert await bodies(engine, vault, now) == []
    async with transaction(engine) as conn:
        await release_misdated(conn, now)
    assert await bodies(engine, vault, now) == ["held", "now"]


ENDED, WAITING = 20_000, 2_000
_FILL = """
INSERT INTO outbox (account, kind, body, created_at, due_at, attempts, last_error, dead, ended_at)
SELECT 'a' || n, 'text', '', :now, :now, 1, '', false, :now FROM generate_series(1, :rows) AS n
"""
_READ = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'outbox'"


@on_postgresql
async def test_claim_reads_few_rows_despite_statistics_of_an_empty_queue(engine, vault):
    async with transaction(engine) as conn:
        await conn.execute(text(_FILL), {"now": NOW, "rows": ENDED})
        await conn.execute(text("ANALYZE outbox"))
    await put(engine, vault, *(item(f"b{n}") for n in range(WAITING)))
    async with transaction(engine) as conn:
        claimed = await Outbox(vault).claim(conn, [OutboxKind.TEXT], 32, NOW, MINUTE)
        read = (await conn.execute(text(_READ))).scalar_one()
    assert len(claimed) == 32
    assert read < WAITING
