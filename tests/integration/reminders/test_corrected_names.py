"""A name that the registry corrects is the reminder's from then on, and finds it where a death is told."""

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
    """Let somebody be reminded of a person whose name the next import corrects."""
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


async def test_the_reminder_names_the_person_as_the_registry_does(harness):
    (held,) = await reminded(harness)
    assert (held.subject.identity, held.due_on) == (RIGHT, DUE)


async def test_a_death_reported_under_the_right_name_pauses_the_reminders(harness):
    async with transaction(harness.engine) as conn:
        await Subscriptions(harness.vault).report_death(conn, RIGHT, "boris", harness.clock())
    (held,) = await reminded(harness)
    assert held.is_paused


async def test_a_death_that_the_office_has_found_ends_them(harness):
    async with transaction(harness.engine) as conn:
        await Subscriptions(harness.vault).end_person(conn, RIGHT, harness.clock())
    assert await reminded(harness) == []


async def test_a_death_that_was_reported_before_the_correction_ends_them_when_it_is_found(harness):
    held = Subscriptions(harness.vault)
    async with transaction(harness.engine) as conn:
        await held.report_death(conn, RIGHT, "boris", harness.clock())
        await held.end_person(conn, WRONG.identity, harness.clock())  # as the task of before names them
    assert await reminded(harness) == []


async def test_a_conversation_that_knows_the_old_name_brings_it_back_for_nobody(harness):
    await harness.subscribe(("anna", WRONG), ("boris", WRONG))
    async with connect(harness.engine) as conn:
        held = [await Subscriptions(harness.vault).alive_of(conn, account) for account in ("anna", "boris")]
    assert [one.subject.identity for [one] in held] == [RIGHT, RIGHT]


async def test_asking_for_reminders_again_takes_the_name_that_the_account_gives(engine, vault):
    harness = reminder_harness(engine, vault)
    await harness.subscribe(("anna", WRONG))
    await harness.subscribe(("anna", replace(WRONG, identity=RIGHT)))
    (held,) = await reminded(harness)
    assert held.subject.identity == RIGHT
