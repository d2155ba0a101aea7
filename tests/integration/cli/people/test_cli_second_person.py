"""With the four-eyes rule no command decides about a pension alone: its act waits for a supervisor."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import system_clock
from bot.office.case_acts import ActKind, Asked, from_json, perform
from bot.office.case_work import CaseWork, OfficeActor
from bot.receipts.numbers import new_receipt
from dialogs.local_time import local_date
from dialogs.values import Identity, IdType
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.console.approvals import Approvals
from storage.console.task_board import TaskBoard, TaskResult
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.enrolments import Enrolments, EnrolmentTemplate
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.receipts import Receipts
from storage.records.tasks import TaskKind, Tasks
from storage.schema.people import beneficiaries
from storage.sealing.vault import Vault
from tests.support.console.loads import registry_csv
from tests.support.storage.data_keys import KEY
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, beneficiary, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = on_sqlite

VAULT = Vault.from_setting(KEY)
RECEIPT = new_receipt()
OTHER = Identity("欧阳桂兰", IdType.PASSPORT, "E12345678")
WHO = ("--id-type", "resident_id", "--id-number", PERSON.number)
TODAY = local_date(NOW)


@pytest.fixture
async def operator(terminal, engine):
    terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False), ADMIN_FOUR_EYES="on")
    async with transaction(engine) as conn:
        await Beneficiaries(VAULT).put(conn, [beneficiary()], NOW)
        await add_pass(conn, VAULT, certification(RECEIPT))
        grant = Exemption(ExemptionKind.PASSIVE, PERSON, TODAY.replace(year=2099), "why", NOW)
        await Exemptions(VAULT).give(conn, grant)
        await Enrolments(VAULT).put(
            conn, EnrolmentTemplate(*PERSON.document, "pack", b"0" * 512, "file"), NOW
        )
    return terminal


async def rows_of(engine, table):
    async with connect(engine) as conn:
        return (await conn.execute(select(func.count()).select_from(table))).scalar_one()


async def pending_acts(engine):
    async with connect(engine) as conn:
        return [(from_json(one.act), one.asked_by) for one in await Approvals(VAULT).waiting(conn)]


COMMANDS = {
    ActKind.REVOKE: ("receipt", "revoke", RECEIPT, "--reason", "why"),
    ActKind.END_GRANT: ("grant", "revoke", *WHO),
    ActKind.FORGET: ("faces", "forget", *WHO),
}


@pytest.mark.parametrize("kind", COMMANDS, ids=str)
async def test_withdrawing_command_waits_for_approval(operator, engine, kind):
    for _ in range(2):  # run again, it still waits once
        ran = await operator.run(*COMMANDS[kind])
        assert (ran.code, "waits for a second person" in ran.out) == (1, True)
    ((act, by),) = await pending_acts(engine)
    assert (act.kind, act.person.document, by) == (kind, PERSON.document, "operator")
    async with connect(engine) as conn:
        passed = await Receipts(VAULT).find(conn, RECEIPT)
        assert passed.revoked_at is None
        assert await Exemptions(VAULT).of_person(conn, PERSON, TODAY)
        assert await Enrolments(VAULT).enrolled_at(conn, *PERSON.document, "pack")


async def test_granting_an_exemption_waits_for_approval(operator, engine):
    until = local_date(system_clock()) + timedelta(days=30)
    ran = await operator.run("grant", "passive", *WHO, "--until", until.isoformat(), "--reason", "seen")
    assert (ran.code, "waits for a second person" in ran.out) == (1, True)
    ((act, _),) = await pending_acts(engine)
    assert (act.kind, act.until, act.words) == (ActKind.GRANT, until, "seen")


async def test_ending_a_task_waits_for_approval_once(operator, engine):
    async with transaction(engine) as conn:
        await Tasks(VAULT).add(conn, [(TaskKind.HOME_VISIT, OTHER)], NOW)
    assert "waits for a second person" in (await operator.run("tasks", "done", "1")).out
    again = await operator.run("tasks", "done", "1")
    assert (again.code, "waits for a second person already" in again.out) == (1, True)
    ((act, by),) = await pending_acts(engine)
    assert (act.kind, act.result, act.task) == (ActKind.GIVE_UP, TaskResult.SETTLED, 1)
    async with transaction(engine) as conn:
        (task,) = await Tasks(VAULT).waiting(conn, 9)
        chief = CaseWork(VAULT, lambda: NOW, OfficeActor(Audit("chief", VAULT), Actor.CONSOLE, "chief"))
        assert await perform(conn, chief, act, Asked(by, NOW)) is None
        assert await Tasks(VAULT).waiting(conn, 9) == []
    assert task.id == 1


async def test_task_taken_by_a_clerk_is_not_ended(operator, engine):
    async with transaction(engine) as conn:
        await Tasks(VAULT).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
        await TaskBoard(VAULT).take(conn, 1, "li", NOW)
    ran = await operator.run("tasks", "done", "1", "--result", "deceased")
    assert (ran.code, "a clerk has it in hand" in ran.out) == (1, True)
    assert await pending_acts(engine) == []


async def test_ending_a_death_task_as_living_needs_no_approval(operator, engine):
    async with transaction(engine) as conn:
        await Tasks(VAULT).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
    assert (await operator.run("tasks", "done", "1", "--result", "living")).code == 0
    assert await pending_acts(engine) == []


@pytest.fixture
def list_of_people(tmp_path):
    """Give a registry file with one new person."""
    path = tmp_path / "people.csv"
    path.write_bytes(registry_csv(1))
    return path


async def test_import_is_counted_but_left_to_the_console(operator, engine, list_of_people):
    before = await rows_of(engine, beneficiaries)
    ran = await operator.run("registry", "import", str(list_of_people))
    assert (ran.code, "new 1," in ran.out, "in the console" in ran.out) == (1, True, True)
    assert await rows_of(engine, beneficiaries) == before


async def test_enrolment_is_left_to_the_console(operator, tmp_path):
    listed = tmp_path / "photos.csv"
    listed.write_text(f"id_type,id_number,photo\nresident_id,{PERSON.number},a.jpg\n")
    ran = await operator.run("faces", "enroll", str(listed))
    assert (ran.code, "in the console" in ran.out) == (1, True)
    assert not list(tmp_path.glob("*rejected*"))


async def test_dry_run_import_needs_no_approval(operator, list_of_people):
    assert (await operator.run("registry", "import", "--dry-run", str(list_of_people))).code == 0


async def test_import_is_applied_if_unattended_files_are_allowed(operator, engine, list_of_people):
    operator.set(ADMIN_UNATTENDED_FILES="on")
    before = await rows_of(engine, beneficiaries)
    assert (await operator.run("registry", "import", str(list_of_people))).code == 0
    assert await rows_of(engine, beneficiaries) == before + 1
