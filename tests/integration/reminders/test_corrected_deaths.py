"""Reminders that a death in the registry ended return when the registry corrects it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.office.case_work import CaseWork, OfficeActor
from dialogs.values import Beneficiary, BenefitStatus, Scheme
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.tasks import DeathFinding, Task, TaskKind
from storage.reminders.subscriptions import Subscriptions
from tests.support.storage.yearly_cycle import reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]

PERSON = subject()
LIVING = Beneficiary(
    PERSON.scheme, PERSON.identity, PERSON.city, BenefitStatus.ACTIVE, last_certified=date(2026, 1, 15)
)
DEAD = replace(LIVING, status=BenefitStatus.TERMINATED, death_reported=date(2026, 10, 1))
OTHER = Scheme.RESIDENT if PERSON.scheme is Scheme.EMPLOYEE else Scheme.EMPLOYEE


@pytest.fixture
async def harness(engine, vault):
    """Subscribe an account to a person whom the registry then lists as dead."""
    made = reminder_harness(engine, vault)
    await imported(made, LIVING)
    await made.subscribe(("anna", PERSON))
    await imported(made, DEAD)
    assert await reminded(made) == []
    made.clock.advance(days=1)
    return made


async def imported(harness, *rows):
    async with transaction(harness.engine) as conn:
        await Beneficiaries(harness.vault).put(conn, rows, harness.clock())


async def reminded(harness):
    async with connect(harness.engine) as conn:
        return await Subscriptions(harness.vault).alive_of(conn, "anna")


async def test_reminders_return_with_the_date_and_city_of_the_correction(harness):
    await imported(harness, replace(LIVING, last_certified=date(2026, 3, 1), city="440300"))
    (held,) = await reminded(harness)
    assert (held.due_on, held.subject.city, held.is_paused) == (date(2027, 3, 31), "440300", False)


async def test_reminders_of_the_other_scheme_return_too(engine, vault):
    made = reminder_harness(engine, vault)
    other = replace(LIVING, scheme=OTHER)
    await imported(made, LIVING, other)
    await made.subscribe(("anna", PERSON), ("anna", replace(PERSON, scheme=OTHER)))
    await imported(made, DEAD)
    await imported(made, LIVING, other)
    assert {one.subject.scheme for one in await reminded(made)} == set(Scheme)


async def test_reminders_stay_ended_while_the_other_scheme_lists_the_death(harness):
    await imported(harness, replace(DEAD, scheme=OTHER))
    await imported(harness, LIVING)
    assert await reminded(harness) == []


async def test_reminders_stay_ended_while_the_benefit_is_terminated(harness):
    await imported(harness, replace(DEAD, death_reported=None))
    assert await reminded(harness) == []
    await imported(harness, LIVING)
    assert len(await reminded(harness)) == 1


async def test_office_that_finds_a_report_wrong_leaves_the_return_to_the_registry(harness):
    async with transaction(harness.engine) as conn:
        await Subscriptions(harness.vault).resume_person(conn, PERSON.identity, harness.clock())
    assert await reminded(harness) == []
    await imported(harness, LIVING)
    assert len(await reminded(harness)) == 1


async def test_account_that_unsubscribes_after_the_death_stays_unsubscribed(harness):
    async with transaction(harness.engine) as conn:
        await Subscriptions(harness.vault).end_accounts(conn, ["anna"], harness.clock())
    await imported(harness, LIVING)
    assert await reminded(harness) == []


async def test_agent_whose_authorization_ends_after_the_death_stays_without_reminders(harness):
    async with transaction(harness.engine) as conn:
        await Subscriptions(harness.vault).end_agents(conn, PERSON.identity, "own", harness.clock())
    await imported(harness, LIVING)
    assert await reminded(harness) == []


async def test_account_that_unsubscribed_before_the_death_stays_unsubscribed(engine, vault):
    made = reminder_harness(engine, vault)
    held = Subscriptions(vault)
    await imported(made, LIVING)
    await made.subscribe(("anna", PERSON))
    async with transaction(engine) as conn:
        await held.report_death(conn, PERSON.identity, "boris", made.clock())
        await held.end_accounts(conn, ["anna"], made.clock() + timedelta(days=1))
    await imported(made, DEAD)
    await imported(made, LIVING)
    assert await reminded(made) == []


async def test_death_noted_by_the_office_outlasts_a_file_that_does_not_have_it_yet(engine, vault):
    made = reminder_harness(engine, vault)
    await imported(made, LIVING)
    await made.subscribe(("anna", PERSON))
    work = CaseWork(vault, made.clock, OfficeActor(Audit("t", vault), Actor.CONSOLE, "li"))
    async with transaction(engine) as conn:
        assert await work.note_death(conn, PERSON.identity, date(2026, 10, 1))
    await imported(made, LIVING)
    assert await reminded(made) == []


@pytest.mark.parametrize(("finding", "returning"), [(DeathFinding.DECEASED, 0), (None, 1)])
async def test_reported_death_that_a_clerk_confirmed_outlasts_a_file_without_it(harness, finding, returning):
    """Let the clerk confirm it, or leave it to the registry."""
    report = Task(1, TaskKind.DEATH, PERSON.identity, harness.clock())
    clerk = OfficeActor(Audit("t", harness.vault), Actor.CONSOLE, "li")
    work = CaseWork(harness.vault, harness.clock, clerk)
    async with transaction(harness.engine) as conn:
        assert await work.settle_death(conn, report, finding) is DeathFinding.DECEASED
    await imported(harness, LIVING)
    assert len(await reminded(harness)) == returning
