"""A pass that the office records days later does not take back what the registry has said meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.rules.due import next_due
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from tests.support.storage.factories import beneficiary
from tests.support.storage.passes import add_pass
from tests.support.storage.yearly_cycle import certified, subject, years_of

pytest_plugins = ["tests.support.storage.databases"]

SEEN, RECORDED = date(2026, 11, 30), date(2026, 12, 2)


@pytest.fixture
async def years(engine, vault):
    years = years_of(engine, vault)
    years.clock.set(RECORDED)
    await years.subscribe(("anna", subject()))
    return years


async def imported(years, last_certified):
    row = replace(beneficiary(), identity=subject().identity, last_certified=last_certified)
    async with transaction(years.engine) as conn:
        await Beneficiaries(years.vault).put(conn, [row], years.clock())
        people = Subscriptions(years.vault)
        await people.follow(conn, people.followed([row]), years.clock())


async def seen(years, on):
    due_on = next_due(subject().scheme, subject().city, on)
    made = replace(certified(subject(), on), due_on=due_on)
    async with transaction(years.engine) as conn:
        await add_pass(conn, years.vault, made, b"visit")
        await Subscriptions(years.vault).passed(conn, made, years.clock())
        [one] = await Subscriptions(years.vault).alive_of(conn, "anna")
    return one.due_on


@pytest.mark.parametrize(
    ("registered", "due_on"),
    [(RECORDED - timedelta(days=1), date(2027, 12, 31)), (date(2025, 12, 1), date(2027, 11, 30))],
    ids=["newer", "older"],
)
async def test_the_newest_pass_counts_whatever_was_recorded_last(years, registered, due_on):
    await imported(years, registered)
    assert await seen(years, SEEN) == due_on
