"""Two clerks act on one task at once, on PostgreSQL only: SQLite has one writer."""

import asyncio

from sqlalchemy import text

from storage.console.accounts import Role
from storage.console.task_board import TaskBoard
from storage.database import connect, transaction
from storage.records.tasks import TaskKind, Tasks
from tests.support.storage.database_kinds import on_postgresql
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_postgresql

_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


async def until_somebody_waits(engine):
    async with asyncio.timeout(60), connect(engine) as conn:
        while not await conn.scalar(_WAITING):  # noqa: ASYNC110 - looks at the server's locks
            await asyncio.sleep(0.005)


async def test_supervisor_cannot_plan_a_visit_a_colleague_takes_meanwhile(office):
    engine, board = office.parts.engine, TaskBoard(office.parts.vault)
    async with transaction(engine) as conn:
        await Tasks(office.parts.vault).add(conn, [(TaskKind.HOME_VISIT, PERSON)], NOW)
    desk = await office.sign_in(role=Role.SUPERVISOR)
    await desk.get("tasks")
    async with transaction(engine) as conn:
        await board.take(conn, 1, "zhou", NOW)
        day = f"{office.clock.now:%Y-%m-%d}"
        planning = asyncio.create_task(desk.post("tasks/1/plan", was=" ", day=day, visitor="li"))
        await until_somebody_waits(engine)
    page = await desk.get((await planning).location.partition("#")[0])
    assert "这一趟刚刚改过，没有再改" in page.words
    async with connect(engine) as conn:
        assert (await board.find(conn, 1)).taken_by == "zhou"
