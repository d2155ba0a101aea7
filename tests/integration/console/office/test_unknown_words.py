"""An unknown word in one person's row, of a newer release or by damage, blocks no page or run of others."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.conversation.idle_conversations import IdleConversations
from bot.reminders.pass_notices import PassNoticeQueue
from bot.reminders.scheduler import ReminderScheduler
from storage.audit_trail.comparison import findings
from storage.console.accounts import Role
from storage.console.standings import kept_standings, recount
from storage.database import connect, transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.messaging.sessions import Sessions
from storage.records.exemptions import Exemptions
from storage.records.tasks import Tasks
from storage.retention.purging import RETENTION_DAYS
from storage.schema.people import beneficiaries, subscriptions
from storage.sealing.key_uses import uses_of
from storage.store import Stores
from tests.support.console.damaged_office import (
    GONE,
    ROLES,
    office_with_two_of_each,
    page_paths,
    put_system_rows,
)
from tests.support.console.people import NEIGHBOUR, OTHER_RECEIPT, open_case
from tests.support.purging import purge_of
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW
from tests.support.storage.unknown_words import ROUNDS, UNKNOWN, first_row, write_unknown_word
from tests.support.storage.yearly_cycle import PLAN
from tests.support.wechat.conversations import planner_of

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.fixture
async def office(engine, vault, uploads):
    async with office_with_two_of_each(engine, vault, uploads) as served:
        async with transaction(engine) as conn:
            await put_system_rows(conn, vault)
        yield served


@pytest.fixture
async def with_word(office):
    """Give a walk through the columns, each time with an unknown word in the first row of each table."""

    async def walk():
        engine, vault = office.parts.engine, office.parts.vault
        for columns in ROUNDS:
            async with AsyncExitStack() as damaged:
                for column in columns:
                    if (row := await first_row(engine, column)) is not None:
                        await damaged.enter_async_context(write_unknown_word(engine, vault, column, row))
                yield [str(column) for column in columns]

    return walk


async def test_every_page_opens_despite_an_unknown_word(office, with_word):
    desks = {path: await office.sign_in(role, role) for path, role in ROLES.items()}
    desk = await office.sign_in("li", Role.SUPERVISOR)
    async for columns in with_word():
        for path in page_paths(office):
            answer = await desks.get(path, desk).get(path)
            assert answer.status in {200, 204} or (answer.status == 404 and path in GONE), (columns, path)
        case = await desk.get(await open_case(desk, NEIGHBOUR.number))
        assert (case.status, NEIGHBOUR.name in case.words) == (200, True), columns


async def test_case_with_an_unknown_word_shows_an_error_page(office):
    desk = await office.sign_in("li", Role.SUPERVISOR)
    path = await open_case(desk)
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(beneficiaries).values(status=UNKNOWN))
    case = await desk.get(path)
    assert case.status == 500
    assert "记录已损坏" in case.words
    assert UNKNOWN not in case.words


async def test_tasks_and_exports_of_others_work_despite_an_unknown_word(office, with_word):
    desk = await office.sign_in("li", Role.SUPERVISOR)
    open_tasks = [task for task in await _tasks(office) if task.person == NEIGHBOUR]
    async for columns in with_word():
        task = open_tasks.pop()
        await desk.get("tasks")
        assert "flash=task_taken" in (await desk.post(f"tasks/{task.id}/take")).location, columns
        await desk.get("export")
        exported = await desk.post("export", since=f"{NOW:%Y-%m-%d}", scope="all", format="csv")
        assert (exported.status, OTHER_RECEIPT in exported.text) == (200, True), columns


async def _tasks(office):
    async with connect(office.parts.engine) as conn:
        return await Tasks(office.parts.vault).waiting(conn, 50)


async def test_every_run_completes_despite_an_unknown_word(office, with_word):
    engine, vault, now, stop = office.parts.engine, office.parts.vault, office.clock, asyncio.Event()
    due = (await _due_dates(engine))[-1]
    reminding = ReminderScheduler(engine, vault, PLAN, now)
    notices = PassNoticeQueue(engine, vault, Stores.of(vault), planner_of(vault), now)
    async for _ in with_word():
        async with connect(engine) as conn:
            assert await Exemptions(vault).in_force(conn, NOW.date())
            assert await Tasks(vault).waiting(conn, 50)
            [one async for one in findings(conn, vault)]
            await uses_of(conn, vault)
            await kept_standings(conn)
        await recount(engine, NOW)
        assert [one.count for one in await reminding.waiting(due - timedelta(days=7)) if one.count]
        await notices.queue()
        await IdleConversations(engine, Sessions(vault), lambda: NOW + timedelta(days=1)).clear(stop)
        await office.chats.end_silent_chats()
        await purge_of(engine, RETENTION_DAYS, lambda: NOW).run(stop)
    async with transaction(engine) as conn:
        assert await Outbox(vault).claim(conn, list(OutboxKind), 50, now(), timedelta(seconds=9))


async def _due_dates(engine):
    async with connect(engine) as conn:
        return list((await conn.execute(select(subscriptions.c.due_on).order_by("id"))).scalars())
