"""A pass recorded days later by the office does not override a newer one from the registry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.rules.due import next_due
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.followed_people import FollowedPeople
from storage.reminders.subscriptions import Subscriptions
from tests.support.storage.factories import beneficiary
from tests.support.storage.passes import add_pass
from tests.support.storage.yearly_cycle import pass_on_day, reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]

SEEN, RECORDED = date(2026, 11, 30), date(2026, 12, 2)


@pytest.fixture
async def reminders(engine, vault):
    reminders = reminder_harness(engine, vault)
    reminders.clock.set(RECORDED)
    await reminders.subscribe(("anna", subject()))
    return reminders


async def imported(reminders, last_certified):
    row = replace(beneficiary(), identity=subject().identity, last_certified=last_certified)
    async with transaction(reminders.engine) as conn:
        await Beneficiaries(reminders.vault).put(conn, [row], reminders.clock())
        people = Subscriptions(reminders.vault)
        await people.follow(conn, FollowedPeople.of(people.vault, [row]), reminders.clock())


async def seen(reminders, on):
    due_on = next_due(subject().scheme, subject().city, on)
    made = replace(pass_on_day(subject(), on), due_on=due_on)
    async with transaction(reminders.engine) as conn:
        await add_pass(conn, reminders.vault, made, b"visit")
        await Subscriptions(reminders.vault).passed(conn, made, reminders.clock())
        [one] = await Subscriptions(reminders.vault).alive_of(conn, "anna")
    return one.due_on


@pytest.mark.parametrize(
    ("registered", "due_on"),
    [(RECORDED - timedelta(days=1), date(2027, 12, 31)), (date(2025, 12, 1), date(2027, 11, 30))],
    ids=["registry newer", "registry older"],
)
async def test_newest_pass_counts_whatever_was_recorded_last(reminders, registered, due_on):
    await imported(reminders, registered)
    assert await seen(reminders, SEEN) == due_on
