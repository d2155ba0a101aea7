"""A name corrected by the registry is used in reminders, and death reports under it find them."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.values import Beneficiary, BenefitStatus
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from tests.support.storage.yearly_cycle import reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]

WRONG = subject(name="陈建国")
RIGHT = replace(WRONG.identity, name="陈健民")
DUE = date(2027, 1, 31)
"""Sixty-nine days after the harness's clock; a reminder comes on the sixtieth."""


@pytest.fixture
async def harness(engine, vault):
    """Subscribe an account to a person whose name the next import corrects."""
    made = reminder_harness(engine, vault)
    await imported(made, WRONG.identity)
    await made.subscribe(("anna", WRONG))
    await imported(made, RIGHT)
    return made


async def imported(harness, identity):
    row = Beneficiary(
        WRONG.scheme, identity, WRONG.city, BenefitStatus.ACTIVE, last_certified=date(2026, 1, 15)
    )
    async with transaction(harness.engine) as conn:
        await Beneficiaries(harness.vault).put(conn, [row], harness.clock())


async def reminded(harness):
    async with connect(harness.engine) as conn:
        return await Subscriptions(harness.vault).alive_of(conn, "anna")


async def test_reminder_uses_the_corrected_name_of_the_registry(harness):
    (held,) = await reminded(harness)
    assert (held.subject.identity, held.due_on) == (RIGHT, DUE)


async def test_death_reported_under_the_corrected_name_pauses_the_reminders(harness):
    async with transaction(harness.engine) as conn:
        await Subscriptions(harness.vault).report_death(conn, RIGHT, "boris", harness.clock())
    (held,) = await reminded(harness)
    assert held.is_paused


async def test_death_verified_by_the_office_ends_the_reminders(harness):
    async with transaction(harness.engine) as conn:
        await Subscriptions(harness.vault).end_person(conn, RIGHT, harness.clock())
    assert await reminded(harness) == []


async def test_death_verified_under_the_old_name_ends_the_reminders(harness):
    held = Subscriptions(harness.vault)
    async with transaction(harness.engine) as conn:
        await held.report_death(conn, RIGHT, "boris", harness.clock())
        await held.end_person(conn, WRONG.identity, harness.clock())  # as the earlier task names them
    assert await reminded(harness) == []


async def test_conversation_with_the_old_name_does_not_restore_it(harness):
    await harness.subscribe(("anna", WRONG), ("boris", WRONG))
    async with connect(harness.engine) as conn:
        held = [await Subscriptions(harness.vault).alive_of(conn, account) for account in ("anna", "boris")]
    assert [one.subject.identity for [one] in held] == [RIGHT, RIGHT]


async def test_renewed_subscription_takes_the_name_the_account_gives(engine, vault):
    harness = reminder_harness(engine, vault)
    await harness.subscribe(("anna", WRONG))
    await harness.subscribe(("anna", replace(WRONG, identity=RIGHT)))
    (held,) = await reminded(harness)
    assert held.subject.identity == RIGHT
