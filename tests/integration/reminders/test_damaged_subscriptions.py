"""An unreadable subscription blocks its own reminders and no others."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from storage.database import transaction
from storage.reminders.subscriptions import Subscriptions
from storage.schema.people import subscriptions
from tests.support.storage.yearly_cycle import reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]

DUE = date(2027, 5, 31)
"""Due after a pass in May 2026."""


@pytest.fixture
def reminders(engine, vault):
    return reminder_harness(engine, vault)


async def test_damaged_subscription_does_not_block_reminders_of_others(reminders):
    for number, account in enumerate(("anna", "boris", "carla")):
        await reminders.record_pass(subject(number), date(2026, 5, 4), f"R-{account}")
        await reminders.subscribe((account, subject(number)))
    async with transaction(reminders.engine) as conn:
        broken = update(subscriptions).where(subscriptions.c.account == "boris")
        await conn.execute(broken.values(identity=b"\x01\x02\x03"))
    day = DUE - timedelta(days=60)
    reminders.clock.set(day)
    (waiting,) = [one for one in await reminders.reminding.waiting(day) if one.count]
    assert [one.account for one in await reminders.reminding.sample(waiting, 3)] == ["anna", "carla"]
    assert await reminders.reminding.queue(day, lambda _: None, asyncio.Event()) == 2
    assert [account for account, *_ in await reminders.queued_reminders()] == ["anna", "carla"]


async def test_damaged_subscription_blocks_no_other_and_no_death_report(reminders):
    mother, father, aunt = subject(0), subject(1), subject(2)
    await reminders.subscribe(("anna", mother), ("anna", father), ("boris", mother))
    held = Subscriptions(reminders.vault)
    async with transaction(reminders.engine) as conn:
        broken = update(subscriptions).where(subscriptions.c.id == 1).values(identity=b"\x01\x02\x03")
        await conn.execute(broken)
        assert [one.subject for one in await held.alive_of(conn, "anna")] == [father]
        await held.begin(conn, [("anna", aunt)], reminders.clock())
        assert [one.subject for one in await held.alive_of(conn, "anna")] == [father, aunt]
        assert await held.report_death(conn, mother.identity, "boris", reminders.clock()) == []
        assert await held.alive_of(conn, "boris") == []
        assert await held.find(conn, 1) is None
