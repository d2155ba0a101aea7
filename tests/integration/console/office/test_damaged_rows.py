"""One person's unreadable rows block nobody else from any list, page, export or run."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from bot.conversation.idle_conversations import IdleConversations
from bot.reminders.scheduler import ReminderScheduler
from storage.audit_trail.comparison import findings
from storage.console.accounts import Role
from storage.console.standings import recount
from storage.database import connect, transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.messaging.sessions import Sessions
from storage.records.exemptions import Exemptions
from storage.records.tasks import Tasks
from storage.retention.purging import RETENTION_DAYS
from storage.schema.columns import sealed_columns, sealed_tables
from storage.schema.people import subscriptions
from tests.support.console.damaged_office import GONE, ROLES, office_with_two_of_each, page_paths
from tests.support.console.people import NEIGHBOUR, open_case
from tests.support.purging import purge_of
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW
from tests.support.storage.yearly_cycle import PLAN

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

_OF_THE_OFFICE = {"console_accounts", "console_sessions", "console_looks", "audit_chains", "receipt_keys"}
"""Tables whose rows belong to no person: damaging them locks somebody out or stops the recording."""

_OF_PEOPLE = {
    "beneficiaries",
    "captures",
    "certifications",
    "console_approvals",
    "grants",
    "outbox",
    "sessions",
    "subscriptions",
    "talk_lines",
    "tasks",
}


@pytest.fixture
async def office(engine, vault, uploads):
    async with office_with_two_of_each(engine, vault, uploads) as served:
        yield served


async def damage(conn, wrong):
    """Overwrite the sealed columns of each table's first row, if there are others."""
    damaged = set()
    for table in sealed_tables():
        rows = await conn.scalar(select(func.count()).select_from(table))
        if table.name not in _OF_THE_OFFICE and rows > 1:
            is_first = text(f"rowid = (SELECT min(rowid) FROM {table.name})")  # noqa: S608 - our own table
            sealed = {column.name: wrong for column in sealed_columns(table)}
            await conn.execute(update(table).where(is_first).values(sealed))
            damaged.add(table.name)
    assert damaged >= _OF_PEOPLE


WRONG = pytest.mark.parametrize(
    "wrong", [b"\x01\x02k1", b"\x01\x03zzz" + bytes(40)], ids=["cut", "unknown key"]
)


@WRONG
async def test_every_page_opens_despite_damaged_rows(office, wrong):
    desks = {path: await office.sign_in(role, role) for path, role in ROLES.items()}
    desk = await office.sign_in("li", Role.SUPERVISOR)
    async with transaction(office.parts.engine) as conn:
        await damage(conn, wrong)
    for path in page_paths(office):
        answer = await desks.get(path, desk).get(path)
        assert answer.status in {200, 204} or (answer.status == 404 and path in GONE), path
    for path, seen in (("tasks", "邻*王"), ("approvals", "邻*王"), ("talks", "talks/2"), ("person", "")):
        assert seen in (await desk.get(path)).text, path
    case = await desk.get(await open_case(desk, NEIGHBOUR.number))
    assert (case.status, NEIGHBOUR.name in case.words) == (200, True)


@WRONG
async def test_every_run_completes_despite_damaged_rows(office, wrong):
    engine, vault, now = office.parts.engine, office.parts.vault, office.clock
    async with transaction(engine) as conn:
        await damage(conn, wrong)
    async with connect(engine) as conn:
        assert len(await Exemptions(vault).in_force(conn, NOW.date())) == 1
        assert await Tasks(vault).waiting(conn, 50)
        assert [one async for one in findings(conn, vault)]
    await recount(engine, NOW)
    stop = asyncio.Event()
    due = (await _column(engine, subscriptions.c.due_on))[-1]
    reminding = ReminderScheduler(engine, vault, PLAN, now)
    assert await reminding.queue(due - timedelta(days=7), lambda _: None, stop) == 1
    await IdleConversations(engine, Sessions(vault), lambda: NOW + timedelta(days=400)).clear(stop)
    office.clock.advance(hours=1)
    await office.chats.end_silent_chats()
    async with transaction(engine) as conn:
        assert await Outbox(vault).claim(conn, list(OutboxKind), 50, now(), timedelta(seconds=9))
    await purge_of(engine, RETENTION_DAYS, lambda: NOW + timedelta(days=4000), vault).run(stop)


async def _column(engine, column):
    async with connect(engine) as conn:
        return list((await conn.execute(select(column).order_by("id"))).scalars())
