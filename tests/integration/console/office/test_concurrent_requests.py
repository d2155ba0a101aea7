"""An act requested twice at once is done or waits once, and the second clerk is told so."""

import asyncio

from bot.office.case_acts import ActKind, Asked, CaseAct, Grounds, adds_nothing, perform
from bot.office.case_work import CaseWork, OfficeActor
from bot.office.waiting_act import ask
from dialogs.local_time import local_date
from dialogs.values import PassChannel
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.console.approvals import Approvals
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from tests.support.storage.factories import NOW, PERSON, beneficiary

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


async def test_second_of_two_clerks_who_certify_at_once_is_told_that_nothing_is_added(engine, vault):
    work = CaseWork(vault, lambda: NOW, OfficeActor(Audit("console", vault), Actor.CONSOLE, "li"))
    row = beneficiary()
    certify = CaseAct(
        ActKind.CERTIFY, PERSON, scheme=row.scheme, channel=PassChannel.COUNTER, grounds=Grounds.DOCUMENT
    )
    async with transaction(engine) as conn:
        await Beneficiaries(vault).put(conn, [row], NOW)

    async def is_needless():
        async with transaction(engine) as conn:
            return await adds_nothing(conn, work, certify, local_date(NOW))

    async with transaction(engine) as conn:
        assert not await adds_nothing(conn, work, certify, local_date(NOW))
        assert await perform(conn, work, certify, Asked("li", NOW)) is None
        second = asyncio.create_task(is_needless())
        await asyncio.wait({second}, timeout=SOON)
    assert await second
