"""An act that is asked for twice at one moment, by a double click or two processes, waits once."""

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
"""Seconds for the second one to get as far as it may while the first has not ended."""


async def test_two_of_one_act_at_one_moment_wait_once(engine, vault):
    work = CaseWork(vault, lambda: NOW, OfficeActor(Audit("console", vault), Actor.CONSOLE, "li"))
    act = CaseAct(ActKind.DEATH, PERSON)

    async def asked_anew():
        async with transaction(engine) as conn:
            return await ask(conn, work, "li", act)

    async with transaction(engine) as conn:
        assert await ask(conn, work, "li", act)
        second = asyncio.create_task(asked_anew())
        await asyncio.wait({second}, timeout=SOON)
    assert not await second
    async with connect(engine) as conn:
        assert len(await Approvals(vault).waiting(conn)) == 1
