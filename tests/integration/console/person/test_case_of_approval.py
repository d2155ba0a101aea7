"""Who decides a waiting act opens its person's case from there, to check it first."""

import pytest

from bot.office.case_acts import ActKind, CaseAct, to_json
from storage.console.accounts import Role
from storage.console.approvals import Approvals
from storage.database import transaction
from tests.support.console.people import NEIGHBOUR
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.fixture
async def office(strict_office):
    """Let li wait for a decision on one person, and zhao on another."""
    for account, person in (("li", PERSON), ("zhao", NEIGHBOUR)):
        async with transaction(strict_office.parts.engine) as conn:
            act = to_json(CaseAct(ActKind.FORGET, person))
            await Approvals(strict_office.parts.vault).ask(conn, act, account, NOW)
    return strict_office


@pytest.fixture
async def head(office):
    desk = await office.sign_in("head", Role.SUPERVISOR)
    await desk.get("approvals")
    return desk


async def test_approver_opens_the_case_of_a_waiting_act_and_the_look_is_recorded(office, head):
    assert (await head.get("approvals")).words.count("查看此人") == 2
    opened = await head.post("approvals/2/case")
    assert NEIGHBOUR.number in (await head.get(opened.location.removeprefix("/admin/"))).words
    assert ("console:head", "case.opened", "review") in await office.audit_entries()


async def test_clerk_opens_the_case_of_an_own_request_only(office):
    clerk = await office.sign_in("li")
    assert (await clerk.get("approvals")).words.count("查看此人") == 1
    assert (await clerk.post("approvals/1/case")).location.startswith("/admin/person/")
    refused = await clerk.post("approvals/2/case")
    assert refused.location == "/admin/approvals?flash=ended"
    assert ("console:li", "ended approval 2") in await office.refusals()


async def test_act_that_was_decided_meanwhile_opens_no_case(head):
    await head.post("approvals/1/decline")
    answer = await head.post("approvals/1/case?after=0")
    assert "这一项已经有人处理" in (await head.get(answer.location.removeprefix("/admin/"))).words
