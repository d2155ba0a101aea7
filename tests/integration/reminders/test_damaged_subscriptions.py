"""A subscription that does not open keeps its own reminders back, and no others."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from storage.database import transaction
from storage.reminders.subscriptions import Subscriptions
from storage.schema.people import subscriptions
from tests.support.storage.yearly_cycle import subject, years_of

pytest_plugins = ["tests.support.storage.databases"]

DUE = date(2027, 5, 31)
"""Due after a pass in May 2026."""


@pytest.fixture
def years(engine, vault):
    return years_of(engine, vault)


async def test_a_damaged_subscription_keeps_nobody_else_from_being_reminded(years):
    for number, account in enumerate(("anna", "boris", "carla")):
        await years.known_pass(subject(number), date(2026, 5, 4), f"R-{account}")
        await years.subscribe((account, subject(number)))
    async with transaction(years.engine) as conn:
        broken = update(subscriptions).where(subscriptions.c.account == "boris")
        await conn.execute(broken.values(identity=b"\x01\x02\x03"))
    day = DUE - timedelta(days=60)
    years.clock.set(day)
    (waiting,) = [one for one in await years.reminding.waiting(day) if one.count]
    assert [one.account for one in await years.reminding.sample(waiting, 3)] == ["anna", "carla"]
    assert await years.reminding.queue(day, lambda _: None, asyncio.Event()) == 2
    assert [account for account, *_ in await years.queued()] == ["anna", "carla"]


async def test_a_damaged_subscription_hides_no_other_and_holds_up_no_report(years):
    mother, father, aunt = subject(0), subject(1), subject(2)
    await years.subscribe(("anna", mother), ("anna", father), ("boris", mother))
    held = Subscriptions(years.vault)
    async with transaction(years.engine) as conn:
        broken = update(subscriptions).where(subscriptions.c.id == 1).values(identity=b"\x01\x02\x03")
        await conn.execute(broken)
        assert [one.subject for one in await held.alive_of(conn, "anna")] == [father]
        await held.begin(conn, [("anna", aunt)], years.clock())
        assert [one.subject for one in await held.alive_of(conn, "anna")] == [father, aunt]
        assert await held.report_death(conn, mother.identity, "boris", years.clock()) == []
        assert await held.alive_of(conn, "boris") == []
        assert await held.find(conn, 1) is None
