"""An office with at least two rows of everything that a test may damage, and the paths of its pages."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import insert

from bot.office.case_acts import ActKind, CaseAct
from bot.office.waiting_act import ask
from storage.console.accounts import Role
from storage.console.loads import LoadKind, Loads, LoadState, NewLoad
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.records.captures import Captures
from storage.records.exemptions import Exemption, ExemptionKind, Exemptions
from storage.records.tasks import TaskKind, Tasks
from storage.reminders.subscriptions import Subscriptions
from storage.schema.keys import key_uses
from storage.schema.messaging import alarms, rate_counters, template_reports
from tests.support.console.clerk_chats import ask_for_clerk, office_with_chats
from tests.support.console.console_routes import console_routes
from tests.support.console.people import ACCOUNT, NEIGHBOUR, put_people
from tests.support.storage.factories import NOW, PERSON, REQUEST, SUBJECT

ROLES = {"audit": Role.AUDITOR, "accounts": Role.ADMIN}
"""Roles for pages that a supervisor may not open."""

GONE = {"loading/2/places.csv", "approvals/photos/2"}
_A_CASE = "token-of-a-case"
_GUESSES = {"id": "2", "name": "places", "kind": "csv", "token": _A_CASE}
_OPEN = ("sign-in", "code", "set-up", "static")


@asynccontextmanager
async def office_with_two_of_each(engine, vault, uploads):
    """Serve a console with two people, two chats, and two rows of everything that belongs to them."""
    async with office_with_chats(engine, vault, uploads=uploads, figures_kept=timedelta()) as served:
        await put_people(served.parts)
        for account in ("first", "second"):
            await ask_for_clerk(served.chats, account=account)
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


async def put_system_rows(conn, vault):
    """Store loads, alarms, counters and other rows that belong to no person."""
    loads = Loads(vault)
    for later in range(2):
        begun_at = NOW + timedelta(seconds=later)
        number = await loads.begin(conn, NewLoad(LoadKind.REGISTRY, "li", "people.csv"), begun_at)
        if not later:
            await loads.cancel(conn, await loads.find(conn, number), LoadState.CANCELLED, "li", NOW)
    seen = {"detail": "", "hits": 1, "first_at": NOW, "last_at": NOW}
    names = [{"name": name, "scope": "clock", **seen} for name in ("clock", "errcode 1")]
    await conn.execute(insert(alarms).values(names))
    keys = [{"role": role, "key_id": "k", "since": NOW} for role in ("data", "signing")]
    await conn.execute(insert(key_uses).values(keys))
    await conn.execute(insert(template_reports).values(message_id="1", status="success", received_at=NOW))
    await conn.execute(insert(rate_counters).values(account="first", kind="text", since=NOW, count=1))


def page_paths(office):
    """Yield the path of every page for signed-in users, except those of an opened case."""
    for method, path in console_routes(office, leaving_out=_OPEN, **_GUESSES):
        if method == "GET" and _A_CASE not in path:
            yield path
