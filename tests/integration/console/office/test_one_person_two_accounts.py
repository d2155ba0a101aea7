"""Somebody with two accounts approves their own request: it is not refused, but the auditor sees it."""

from base64 import urlsafe_b64decode

import pytest

from storage.console.accounts import Role
from storage.console.loads import LoadState
from tests.support.console.loads import (
    open_loading_page,
    registry_csv,
    upload_until_counted,
    wait_for_load_state,
)
from tests.support.console.people import CERTIFY, open_case, put_people, submit_act
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

SAME = "approval.same_browser"


@pytest.fixture
async def office(strict_office):
    await put_people(strict_office.parts)
    strict_office.clock.advance(days=40)
    return strict_office


async def asked_by(office, name):
    desk = await office.sign_in(name, Role.SUPERVISOR)
    assert await submit_act(desk, await open_case(desk), "certify", **CERTIFY) == "waits"
    return desk


async def test_approval_from_the_requester_s_browser_is_flagged(office):
    first = await asked_by(office, "first")
    second = await office.add_account("second", Role.SUPERVISOR)
    second.cookies = {name: first.cookies[name] for name in first.cookies if name != "console"}
    await second.sign_in()
    assert "审计里会标出来" in (await second.get("approvals")).words
    assert "flash=approved" in (await second.post("approvals/1/approve")).location
    assert await office.audit_entries("approval.s") == [("console:second", SAME, "certify asked by first")]
    auditor = await office.sign_in("sun", Role.AUDITOR)
    assert "复核和提交用了同一个浏览器" in (await auditor.get(f"audit?action={SAME}")).words
    assert "登记已见到本人 提交人 first" in (await auditor.get(f"audit?action={SAME}")).words


@pytest.mark.parametrize("past", [None, "", "x", "AAAA", "ü"])
async def test_approval_from_another_browser_is_not_flagged(office, past):
    await asked_by(office, "first")
    second = await office.sign_in("second", Role.SUPERVISOR)
    if past is not None:
        second.cookies["console_past"] = past
    await second.get("approvals")
    assert "flash=approved" in (await second.post("approvals/1/approve")).location
    assert await office.audit_entries(SAME) == []


async def test_browser_history_cookie_hides_account_names_and_stays_short(office):
    desk = await office.sign_in("li-xiaoming", Role.VIEWER)  # too long to occur in Base64 by chance
    past = desk.cookies["console_past"]
    assert "li-xiaoming" not in past
    assert b"li-xiaoming" not in urlsafe_b64decode(past)
    for number in range(12):
        other = await office.add_account(f"clerk-{number}", Role.VIEWER)
        other.cookies = dict(desk.cookies)
        await other.sign_in()
        desk = other
    assert len(desk.cookies["console_past"]) < 300


async def test_load_confirmed_from_the_uploader_s_browser_is_flagged(office):
    first = await open_loading_page(office)
    number = await upload_until_counted(office, first, registry_csv(2))
    second = await office.add_account("second", Role.SUPERVISOR)
    second.cookies = {name: first.cookies[name] for name in first.cookies if name != "console"}
    await second.sign_in()
    await second.get("loading")
    assert (await second.post(f"loading/{number}/apply")).location == "/admin/loading"
    await wait_for_load_state(office, LoadState.APPLIED)
    assert await office.audit_entries(SAME) == [("console:second", SAME, f"load {number} asked by wang")]
