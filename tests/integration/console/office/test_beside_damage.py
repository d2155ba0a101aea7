"""One person's rows that do not open keep nobody else from any list, page, export or run."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text, update

from bot.background.purging import Purge
from bot.console.app import console_app
from bot.console.person.acts import ActKind, CaseAct
from bot.console.person.waiting_act import ask
from bot.conversation.idle_conversations import IdleConversations
from bot.reminders.scheduler import ReminderScheduler
from storage.audit_trail.comparison import findings
from storage.console.accounts import Role
from storage.console.standings import recount
from storage.database import connect, transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.sessions import Sessions
from storage.records.captures import Captures
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.retention.purging import RETENTION_DAYS
from storage.schema.columns import sealed_columns, sealed_tables
from storage.schema.people import subscriptions
from tests.support.console.people import ACCOUNT, NEIGHBOUR, SUBJECT, open_case, put_people
from tests.support.console.talks import asked, office_with_chats
from tests.support.storage.factories import NOW, PERSON, REQUEST
from tests.support.storage.yearly_cycle import PLAN

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

_OF_THE_OFFICE = {"console_accounts", "console_sessions", "console_looks", "audit_chains", "receipt_keys"}
"""Tables whose rows are no person's: somebody who damages them is kept out, or stops what is recorded."""

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

_ROLES = {"audit": Role.AUDITOR, "accounts": Role.ADMIN}
"""Who opens what a supervisor may not."""

_GONE = {"loading/2/places.csv", "approvals/photos/2"}
_GUESSES = {"id": "2", "name": "places", "kind": "csv"}
_OPEN = ("sign-in", "code", "set-up", "static")


@pytest.fixture
async def office(engine, vault, uploads):
    async with office_with_chats(engine, vault, uploads=uploads, figures_kept=timedelta()) as served:
        await put_people(served.parts)
        for account in ("first", "second"):
            await asked(served.chats, account=account)
            await served.chats.say("好的", account=account)
        async with transaction(engine) as conn:
            await _two_of_each(conn, served.parts)
        yield served


async def _two_of_each(conn, parts):
    vault = parts.vault
    for person in (PERSON, NEIGHBOUR):
        await Tasks(vault).add(conn, [(kind, person) for kind in TaskKind], NOW)
        await Exemptions(vault).give(
            conn, Exemption(ExemptionKind.PASSIVE, person, date(2099, 1, 1), "why", NOW)
        )
        await ask(conn, parts.work_of("li"), "li", CaseAct(ActKind.DEATH, person))
    theirs = replace(SUBJECT, identity=NEIGHBOUR)
    await Subscriptions(vault).begin(conn, [("second", theirs)], NOW)
    request = replace(REQUEST, subject=NEIGHBOUR)
    await Captures(vault).open(conn, b"t" * 32, "second", request, NOW, NOW + timedelta(minutes=1))
    kinds = [OutboxItem(ACCOUNT, kind, "{}", NOW) for kind in OutboxKind if kind is not OutboxKind.EXPORT]
    await Outbox(vault).put(conn, kinds, NOW)


async def damage(conn, wrong):
    """Overwrite what is sealed of each table's first row, if others follow; gives the tables."""
    damaged = set()
    for table in sealed_tables():
        rows = await conn.scalar(select(func.count()).select_from(table))
        if table.name not in _OF_THE_OFFICE and rows > 1:
            is_first = text(f"rowid = (SELECT min(rowid) FROM {table.name})")  # noqa: S608 - our own table
            sealed = {column.name: wrong for column in sealed_columns(table)}
            await conn.execute(update(table).where(is_first).values(sealed))
            damaged.add(table.name)
    assert damaged >= _OF_PEOPLE


def pages(office):
    for route in console_app(office.parts).router.routes():
        path = route.resource.canonical.lstrip("/")
        if route.method == "GET" and not path.startswith(_OPEN) and "{token}" not in path:
            yield re.sub(r"\{(\w+)\}", lambda found: _GUESSES[found[1]], path)


WRONG = pytest.mark.parametrize(
    "wrong", [b"\x01\x02k1", b"\x01\x03zzz" + bytes(40)], ids=["cut", "no key of ours"]
)


@WRONG
async def test_every_page_opens_beside_rows_that_do_not(office, wrong):
    desks = {path: await office.signed_in(role, role) for path, role in _ROLES.items()}
    desk = await office.signed_in("li", Role.SUPERVISOR)
    async with transaction(office.parts.engine) as conn:
        await damage(conn, wrong)
    for path in pages(office):
        answer = await desks.get(path, desk).get(path)
        assert answer.status in {200, 204} or (answer.status == 404 and path in _GONE), path
    for path, seen in (("tasks", "邻*王"), ("approvals", "邻*王"), ("talks", "talks/2"), ("person", "")):
        assert seen in (await desk.get(path)).text, path
    case = await desk.get(await open_case(desk, NEIGHBOUR.number))
    assert (case.status, NEIGHBOUR.name in case.words) == (200, True)


@WRONG
async def test_every_run_ends_beside_rows_that_do_not_open(office, wrong):
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
    office.clock.wait(hours=1)
    await office.chats.pass_silence()
    async with transaction(engine) as conn:
        assert await Outbox(vault).claim(conn, list(OutboxKind), 50, now(), timedelta(seconds=9))
    await Purge(engine, dict(RETENTION_DAYS), lambda: NOW + timedelta(days=4000)).run(stop)


async def _column(engine, column):
    async with connect(engine) as conn:
        return list((await conn.execute(select(column).order_by("id"))).scalars())
