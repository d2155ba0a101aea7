"""An act requested twice at once, by a double click or by two processes, waits for approval once."""

import asyncio

from bot.office.case_acts import ActKind, CaseAct
from bot.office.case_work import CaseWork, OfficeActor
from bot.office.waiting_act import ask
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.console.approvals import Approvals
from storage.database import connect, transaction
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]

SOON = 0.5
"""Seconds for the second request to get as far as it can before the first has ended."""


async def test_concurrent_requests_for_one_act_wait_for_approval_once(engine, vault):
    work = CaseWork(vault, lambda: NOW, OfficeActor(Audit("console", vault), Actor.CONSOLE, "li"))
    act = CaseAct(ActKind.DEATH, PERSON)

    async def ask_again():
        async with transaction(engine) as conn:
            return await ask(conn, work, "li", act)

    async with transaction(engine) as conn:
        assert await ask(conn, work, "li", act)
        second = asyncio.create_task(ask_again())
        await asyncio.wait({second}, timeout=SOON)
    assert not await second
    async with connect(engine) as conn:
        assert len(await Approvals(vault).waiting(conn)) == 1
