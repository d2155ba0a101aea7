"""The account that asked for an act reads that it was not done: by whom, when, and why."""

import pytest
from sqlalchemy import update

from bot.office.case_acts import ActKind, CaseAct, to_json
from storage.console import approvals
from storage.console.accounts import Role
from storage.console.approvals import Approvals
from storage.database import transaction
from storage.schema.console import console_approvals
from tests.support.console.people import CERTIFY, NEIGHBOUR, open_case, put_people
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.fixture
async def office(strict_office):
    await put_people(strict_office.parts)
    return strict_office


@pytest.fixture
async def clerk(office):
    """Give a clerk who has asked for a certification."""
    desk = await office.signed_in("li", Role.CLERK)
    assert "flash=waits" in (await desk.post(f"{await open_case(desk)}/certify", **CERTIFY)).location
    return desk


@pytest.fixture
async def head(office):
    desk = await office.signed_in("head", Role.SUPERVISOR)
    await desk.get("approvals")
    return desk


async def test_who_asked_reads_on_the_first_page_that_it_was_declined_and_then_by_whom_and_why(clerk, head):
    assert "没有办成" not in (await clerk.get()).words
    await head.post("approvals/1/decline", words="照片不是本人")
    assert "您提交的，有 1 件没有办成" in (await clerk.get()).words
    page = await clerk.get("approvals")
    assert "登记已见到本人 欧**试" in page.words
    assert "2026年5月4日 17:31 head 不同意：照片不是本人" in page.words
    assert "not_open" not in page.text
    assert "Requests of yours that were not carried out: 1" in (await clerk.get("?lang=en")).words
    assert "head declined: 照片不是本人" in (await clerk.get("approvals?lang=en")).words


async def test_a_reason_with_wide_blanks_and_line_breaks_is_kept(clerk, head):
    await head.post("approvals/1/decline", words="　照片不清楚　请重拍\r\n👨\u200d👩\u200d👧 ")
    assert "head 不同意：照片不清楚 请重拍 👨👩👧" in (await clerk.get("approvals")).words


@pytest.mark.usefixtures("clerk")
async def test_the_person_s_page_says_it_to_every_clerk(office, head):
    await head.post("approvals/1/decline")
    other = await office.signed_in("wang", Role.CLERK)
    told = (await other.get(await open_case(other))).words
    assert "提交过，没有办成" in told
    assert "登记已见到本人 li 提交，head 不同意" in told
    assert "已提交，等另一位同事复核" not in told


async def test_what_was_approved_too_late_is_told_as_well(office, head):
    desk = await office.signed_in("asks", Role.SUPERVISOR)
    await desk.post(f"{await open_case(desk)}/grant", until="2026-05-20", words="卧床")
    office.clock.wait(days=30)
    await head.sign_in()
    await head.get("approvals")
    assert "flash=bad_until" in (await head.post("approvals/1/approve")).location
    await desk.sign_in()
    assert "head 同意了，没有办成：日期要在今天之后" in (await desk.get("approvals")).words


async def test_nobody_else_is_told_and_after_ten_days_the_first_page_is_as_before(office, clerk, head):
    await head.post("approvals/1/decline")
    assert "没有办成" not in (await head.get()).words
    assert "没有办成" not in (await head.get("approvals")).words
    office.clock.wait(days=11)
    await clerk.sign_in()
    assert "没有办成" not in (await clerk.get()).words
    assert "head 不同意" in (await clerk.get(await open_case(clerk))).words


async def test_a_clerk_sees_what_waits_of_their_own_and_decides_nothing(office, clerk):
    other = await office.signed_in("wang", Role.CLERK)
    assert "没有等待复核的事项" in (await other.get("approvals")).words
    page = await clerk.get("approvals")
    assert "您提交的" in page.words
    assert "approve" not in page.text
    assert (await clerk.post("approvals/1/approve")).status == 403
    assert (await other.post("approvals/1/decline")).status == 403


async def test_a_reason_that_was_written_into_the_database_is_not_told(office, clerk, head):
    await head.post("approvals/1/decline", words="照片不是本人")
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_approvals).values(decided_by="wang"))
    assert "不同意" not in (await clerk.get("approvals")).words
    assert "不同意" not in (await clerk.get(await open_case(clerk))).words


async def test_a_case_opens_nothing_that_waits_for_others(office, clerk, caplog):
    act = to_json(CaseAct(ActKind.DEATH, NEIGHBOUR))
    async with transaction(office.parts.engine) as conn:
        await Approvals(office.parts.vault).ask(conn, act, "wang", office.clock.now)
        await conn.execute(update(console_approvals).where(console_approvals.c.id == 2).values(act=b"broken"))
    assert "已提交，等另一位同事复核" in (await clerk.get(await open_case(clerk))).words
    assert caplog.messages == []


async def test_what_a_program_of_before_has_kept_waits_on_the_person_s_page_too(office, clerk):
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_approvals).values(number_blind=None))
    assert "已提交，等另一位同事复核" in (await clerk.get(await open_case(clerk))).words


async def asks_again(clerk):
    """Ask for a certification once more."""
    path = await open_case(clerk)
    assert "flash=waits" in (await clerk.post(f"{path}/certify", **CERTIFY)).location


async def test_the_notice_goes_once_the_same_was_asked_for_again_and_approved(office, clerk, head):
    await head.post("approvals/1/decline", words="照片不是本人")
    other = await office.signed_in("wang", Role.CLERK)
    await asks_again(other)
    assert "您提交的，有 1 件没有办成" in (await clerk.get()).words
    await head.get("approvals")
    assert "flash=approved" in (await head.post("approvals/2/approve")).location
    assert "没有办成" not in (await clerk.get()).words
    assert "不同意" not in (await clerk.get("approvals")).words
    assert "提交过，没有办成" in (await clerk.get(await open_case(clerk))).words


async def test_the_notice_stays_where_something_else_was_approved(clerk, head):
    await head.post("approvals/1/decline", words="照片不是本人")
    await clerk.post(f"{await open_case(clerk)}/death", sure="yes")
    await head.get("approvals")
    assert "flash=approved" in (await head.post("approvals/2/approve")).location
    assert "您提交的，有 1 件没有办成" in (await clerk.get()).words


async def test_a_case_shows_the_newest_of_very_many(clerk, head, monkeypatch):
    monkeypatch.setattr(approvals, "_MOST", 2)
    for number in (1, 2):
        await head.post(f"approvals/{number}/decline")
        await asks_again(clerk)
        await head.get("approvals")
    page = (await clerk.get(await open_case(clerk))).words
    assert "已提交，等另一位同事复核" in page


async def test_the_same_is_not_asked_for_twice_while_it_waits(office, clerk, head):
    """Each that waits would be decided by itself, and of two the second stays as one that was not done."""
    path = await open_case(clerk)
    answer = await clerk.post(f"{path}/certify", **CERTIFY)
    assert "flash=awaits" in answer.location
    assert "这次没有再提交" in (await clerk.get(answer.location)).words
    assert await office.entries("console.refused") == [("console:li", "console.refused", "awaits certify")]
    assert (await head.get("approvals")).text.count("/approve") == 1


async def test_another_form_of_it_or_another_account_s_is_asked_for(office, clerk, head):
    path = await open_case(clerk)
    for changed in ({"grounds": "known"}, {"channel": "home_visit"}):
        await clerk.get(path)
        assert "flash=waits" in (await clerk.post(f"{path}/certify", **CERTIFY | changed)).location
    await asks_again(await office.signed_in("wang", Role.CLERK))
    assert (await head.get("approvals")).text.count("/approve") == 4


async def test_what_was_declined_is_asked_for_again(clerk, head):
    await head.post("approvals/1/decline")
    await asks_again(clerk)
