"""The running service signs the audit chain heads once a day."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.background.audit_heads import DailyHeads
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.audit_trail.heads import sign_heads, signed_heads
from storage.database import transaction
from storage.schema.office import audit_heads
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases"]


class Days:
    """A clock that the test advances by days."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


async def run_once(engine, vault, clock):
    """Let a process check the clock once."""
    task = DailyHeads(engine, vault, clock)
    running = asyncio.create_task(task.run())
    await asyncio.sleep(0)
    task.stop()
    await running
    async with engine.connect() as conn:
        return len((await conn.execute(select(audit_heads))).all())


async def test_audit_heads_are_signed_once_per_day_with_entries(engine, vault):
    clock, writer = Days(), Audit("captures-1", vault)
    assert await run_once(engine, vault, clock) == 0
    for day in (1, 2):
        async with transaction(engine) as conn:
            await writer.append(conn, [AuditEntry(Actor.CAPTURE, AuditAction.CAPTURE_OPENED, "s")], NOW)
        assert [await run_once(engine, vault, clock), await run_once(engine, vault, clock)] == [day, day]
        clock.now += timedelta(days=1)


@pytest.mark.parametrize(("steps", "days"), [((365, -365, 1, 1), (365,) * 4), ((0, 1, -2, 3), (0, 1, 1, 2))])
async def test_after_a_clock_that_was_ahead_signing_goes_on_under_the_last_day(engine, vault, steps, days):
    """A statement of an earlier day than the last would let newer entries be cut with the older ones."""
    now, writer = NOW, Audit("captures-1", vault)
    async with transaction(engine) as conn:
        for step in steps:
            now += timedelta(days=step)
            await writer.append(conn, [AuditEntry(Actor.CAPTURE, AuditAction.CAPTURE_OPENED, "s")], NOW)
            assert await sign_heads(conn, vault, now.date())
            await writer.append(conn, [AuditEntry(Actor.CAPTURE, AuditAction.CAPTURE_OPENED, "s")], NOW)
            assert not await sign_heads(conn, vault, now.date())
        signed = [one.fields()["day"] for one in await signed_heads(conn)]
    assert signed == [(NOW + timedelta(days=day)).date().isoformat() for day in days]
