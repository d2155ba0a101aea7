"""A certification by the office ends the tasks it settles, with a result and an audit entry."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogs.local_time import SHANGHAI
from dialogs.values import Identity, IdType, Scheme
from storage.console.accounts import Role
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.tasks import TaskKind, Tasks
from storage.registry.file import open_registry_file
from storage.registry.importing.importer import RegistryImport
from storage.schema.office import tasks
from tests.support.console.people import CERTIFY, NEIGHBOUR, open_case, plan_visit, put_people
from tests.support.files.registry_files import changed_row, write_csv
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, beneficiary

pytest_plugins = ["tests.support.storage.databases"]

SETTLED = (TaskKind.ASSIST, TaskKind.FAILED_OFTEN, TaskKind.HOME_VISIT, TaskKind.NO_PHOTO)
LEFT = (TaskKind.DEATH, TaskKind.FORGET, TaskKind.SECOND_LOOK)
DONE, HAD_PASSED, DEATH_OPEN = "done", "had_passed", "death_open"


async def with_tasks(office, kinds=(*SETTLED, *LEFT)):
    """Let almost a year pass since the person's pass; open tasks for them and one for a neighbour."""
    await put_people(office.parts)
    office.clock.advance(days=350)
    async with transaction(office.parts.engine) as conn:
        wanted = [(kind, PERSON) for kind in kinds]
        await Tasks(office.parts.vault).add(conn, [*wanted, (TaskKind.NO_PHOTO, NEIGHBOUR)], office.clock.now)
    return office


@pytest.fixture
async def office(office):
    return await with_tasks(office)


@pytest.fixture
async def strict_office(strict_office):
    return await with_tasks(strict_office, SETTLED)


async def held(office):
    """Return (result, by whom) of each ended task by its kind, and the kinds of the open ones."""
    async with connect(office.parts.engine) as conn:
        rows = (await conn.execute(select(tasks).order_by(tasks.c.id))).all()
    ended = {row.kind: (row.result, row.done_by) for row in rows if row.done_at}
    return ended, [row.kind for row in rows if not row.done_at]


async def certify(desk, **form):
    answer = await desk.post(f"{await open_case(desk)}/certify", **(CERTIFY | form))
    return answer.location.partition("flash=")[2]


@pytest.mark.parametrize("channel", ["counter", "home_visit"])
async def test_pass_recorded_by_the_office_ends_the_settled_tasks(office, channel):
    desk = await office.sign_in()
    assert await certify(desk, channel=channel) == DEATH_OPEN
    ended, left = await held(office)
    assert ended == dict.fromkeys(SETTLED, ("certified", "li"))
    assert left == [*LEFT, TaskKind.NO_PHOTO]  # the neighbour's
    assert (await office.audit_entries("task.done")) == [("console:li", "task.done", "certified")] * len(
        SETTLED
    )


@on_sqlite
async def test_clerk_certifying_a_person_is_told_of_an_open_death_report(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    told = await desk.get((await desk.post(f"{path}/certify", **CERTIFY)).location)
    assert "有人报告过这个人去世，那件待办还没了结" in told.words
    await desk.post("tasks/5/take")
    await desk.post("tasks/5/done", result="living")
    assert await certify(desk) == HAD_PASSED


@on_sqlite
async def test_tasks_stay_open_until_every_scheme_is_certified(office):
    other = replace(beneficiary(), scheme=Scheme.RESIDENT)
    async with transaction(office.parts.engine) as conn:
        await Beneficiaries(office.parts.vault).put(conn, [other], office.clock.now)
    desk = await office.sign_in()
    await certify(desk)
    assert (await held(office))[0] == {}
    await certify(desk, scheme="resident")
    assert set((await held(office))[0]) == set(SETTLED)


@on_sqlite
async def test_approved_visit_is_ended_by_its_visitor_and_other_tasks_by_the_approver(strict_office):
    head = await strict_office.sign_in("head", Role.SUPERVISOR)
    desk, day = await strict_office.sign_in(), f"{strict_office.clock.now.astimezone(SHANGHAI):%Y-%m-%d}"
    await desk.get("tasks")
    await plan_visit(desk, 3, day=day, visitor="li")
    await desk.post("visits/3/result", result="seen", grounds="document", day=day)
    assert (await held(strict_office))[0] == {}
    await head.get("approvals")
    assert "flash=approved" in (await head.post("approvals/1/approve")).location
    ended, left = await held(strict_office)
    by_head = dict.fromkeys(SETTLED, ("certified", "head"))
    assert ended == by_head | {TaskKind.HOME_VISIT: ("certified", "li")}
    assert left == [TaskKind.NO_PHOTO]


@pytest.mark.parametrize(
    ("days_ago", "ends"),
    [pytest.param(3, True, id="this cycle's"), pytest.param(330, False, id="due again soon")],
)
async def test_data_matching_ends_tasks_settled_by_a_pass_of_this_cycle(office, tmp_path, days_ago, ends):
    passed_on = (office.clock.now - timedelta(days=days_ago)).date()
    path = write_csv(tmp_path / "people.csv", changed_row(last_certified=f"{passed_on}"))
    parts, file = office.parts, open_registry_file(path, office.clock.now.date())
    settle = parts.work_of("wang").settle_certified
    importer = RegistryImport(parts.engine, parts.vault, lambda: office.clock.now, settle=settle)
    for _ in range(2):
        assert [counts.rows async for counts in importer.apply(file)] == [1]
    ended, left = await held(office)
    assert ended == (dict.fromkeys(SETTLED, ("certified", "wang")) if ends else {})
    assert left[-1] == TaskKind.NO_PHOTO
    assert len(await office.audit_entries("task.done")) == len(ended)


@on_sqlite
async def test_certifying_a_renewed_permit_ends_tasks_of_the_old_one(office):
    permit = Identity("陈大文", IdType.HK_MACAU_PERMIT, "H0123456701")
    renewed = replace(permit, number="H0123456702")
    async with transaction(office.parts.engine) as conn:
        row = replace(beneficiary(), identity=renewed)
        await Beneficiaries(office.parts.vault).put(conn, [row], NOW)
        await Tasks(office.parts.vault).add(conn, [(TaskKind.ASSIST, permit)], NOW)
    desk = await office.sign_in()
    answer = await desk.post(f"{await open_case(desk, renewed.number)}/certify", **CERTIFY)
    assert "flash=done" in answer.location
    async with connect(office.parts.engine) as conn:
        assert await Tasks(office.parts.vault).of_person(conn, permit) == []
