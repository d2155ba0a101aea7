"""The requester of an act is told that it was not carried out: by whom, when and why."""

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
    """Give a clerk who has requested a certification."""
    desk = await office.sign_in("li", Role.CLERK)
    assert "flash=waits" in (await desk.post(f"{await open_case(desk)}/certify", **CERTIFY)).location
    return desk


@pytest.fixture
async def head(office):
    desk = await office.sign_in("head", Role.SUPERVISOR)
    await desk.get("approvals")
    return desk


async def test_requester_sees_that_the_act_was_declined_by_whom_and_why(clerk, head):
    assert "没有办成" not in (await clerk.get()).words
    await head.post("approvals/1/decline", words="照片不是本人")
    assert "您提交的，有 1 件没有办成" in (await clerk.get()).words
    page = await clerk.get("approvals")
    assert "登记已见到本人 欧**试" in page.words
    assert "2026年5月4日 17:31 head 不同意：照片不是本人" in page.words
    assert "not_open" not in page.text
    assert "Requests of yours that were not carried out: 1" in (await clerk.get("?lang=en")).words
    assert "head declined: 照片不是本人" in (await clerk.get("approvals?lang=en")).words


async def test_reason_is_kept_on_one_line_without_invisible_characters(clerk, head):
    await head.post("approvals/1/decline", words="　照片不清楚　请重拍\r\n👨\u200d👩\u200d👧 ")
    assert "head 不同意：照片不清楚 请重拍 👨👩👧" in (await clerk.get("approvals")).words


@pytest.mark.usefixtures("clerk")
async def test_reason_for_an_act_decided_meanwhile_is_given_back(office, head):
    other = await office.sign_in("other", Role.SUPERVISOR)
    await other.get("approvals")
    await head.post("approvals/1/approve")
    answer = await other.post("approvals/1/decline?after=0", words="照片不是本人")
    assert (answer.status, answer.location) == (409, "")
    assert "您填的没有提交，还要用请先复制： 照片不是本人" in answer.words
    assert "照片不是本人" not in str(await office.audit_entries())


@pytest.mark.usefixtures("clerk")
async def test_case_page_shows_the_declined_act_to_every_clerk(office, head):
    await head.post("approvals/1/decline")
    other = await office.sign_in("wang", Role.CLERK)
    told = (await other.get(await open_case(other))).words
    assert "提交过，没有办成" in told
    assert "登记已见到本人 li 提交，head 不同意" in told
    assert "已提交，等另一位同事复核" not in told


async def test_requester_is_told_of_an_act_approved_too_late(office, head):
    desk = await office.sign_in("asks", Role.SUPERVISOR)
    await desk.post(f"{await open_case(desk)}/grant", until="2026-05-20", words="卧床")
    office.clock.advance(days=30)
    await head.sign_in()
    await head.get("approvals")
    assert "flash=bad_until" in (await head.post("approvals/1/approve")).location
    await desk.sign_in()
    assert "head 同意了，没有办成：日期要在今天之后" in (await desk.get("approvals")).words


async def test_notice_is_for_the_requester_only_and_lasts_ten_days(office, clerk, head):
    await head.post("approvals/1/decline")
    assert "没有办成" not in (await head.get()).words
    assert "没有办成" not in (await head.get("approvals")).words
    office.clock.advance(days=11)
    await clerk.sign_in()
    assert "没有办成" not in (await clerk.get()).words
    assert "head 不同意" in (await clerk.get(await open_case(clerk))).words


async def test_clerk_sees_only_their_own_waiting_acts_and_cannot_decide(office, clerk):
    other = await office.sign_in("wang", Role.CLERK)
    assert "没有等待复核的事项" in (await other.get("approvals")).words
    page = await clerk.get("approvals")
    assert "您提交的" in page.words
    assert "approve" not in page.text
    assert (await clerk.post("approvals/1/approve")).status == 403
    assert (await other.post("approvals/1/decline")).status == 403


async def test_reason_of_an_edited_approval_row_is_not_shown(office, clerk, head):
    await head.post("approvals/1/decline", words="照片不是本人")
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_approvals).values(decided_by="wang"))
    assert "不同意" not in (await clerk.get("approvals")).words
    assert "不同意" not in (await clerk.get(await open_case(clerk))).words


async def test_case_page_does_not_open_waiting_acts_of_other_people(office, clerk, caplog):
    act = to_json(CaseAct(ActKind.DEATH, NEIGHBOUR))
    async with transaction(office.parts.engine) as conn:
        await Approvals(office.parts.vault).ask(conn, act, "wang", office.clock.now)
        await conn.execute(update(console_approvals).where(console_approvals.c.id == 2).values(act=b"broken"))
    assert "已提交，等另一位同事复核" in (await clerk.get(await open_case(clerk))).words
    assert caplog.messages == []


async def test_waiting_act_stored_by_an_older_release_is_shown_on_the_case_page(office, clerk):
    async with transaction(office.parts.engine) as conn:
        await conn.execute(update(console_approvals).values(number_blind=None))
    assert "已提交，等另一位同事复核" in (await clerk.get(await open_case(clerk))).words


async def asks_again(clerk):
    """Request a certification once more."""
    path = await open_case(clerk)
    assert "flash=waits" in (await clerk.post(f"{path}/certify", **CERTIFY)).location


async def test_notice_disappears_once_the_same_act_is_approved(office, clerk, head):
    await head.post("approvals/1/decline", words="照片不是本人")
    other = await office.sign_in("wang", Role.CLERK)
    await asks_again(other)
    assert "您提交的，有 1 件没有办成" in (await clerk.get()).words
    await head.get("approvals")
    decided = await head.post("approvals/2/approve")
    assert "flash=had_passed" in decided.location  # the person's own pass of that day counts
    assert "没有办成" not in (await clerk.get()).words
    assert "不同意" not in (await clerk.get("approvals")).words
    assert "提交过，没有办成" in (await clerk.get(await open_case(clerk))).words


async def test_notice_stays_when_a_different_act_is_approved(clerk, head):
    await head.post("approvals/1/decline", words="照片不是本人")
    await clerk.post(f"{await open_case(clerk)}/death", sure="yes")
    await head.get("approvals")
    assert "flash=approved" in (await head.post("approvals/2/approve")).location
    assert "您提交的，有 1 件没有办成" in (await clerk.get()).words


async def test_case_page_shows_the_newest_of_many_acts(clerk, head, monkeypatch):
    monkeypatch.setattr(approvals, "_MOST", 2)
    for number in (1, 2):
        await head.post(f"approvals/{number}/decline")
        await asks_again(clerk)
        await head.get("approvals")
    page = (await clerk.get(await open_case(clerk))).words
    assert "已提交，等另一位同事复核" in page


async def test_same_act_cannot_be_requested_twice_while_it_waits(office, clerk, head):
    """Each waiting act is decided separately, so a duplicate would remain as one not carried out."""
    path = await open_case(clerk)
    answer = await clerk.post(f"{path}/certify", **CERTIFY)
    assert "flash=awaits" in answer.location
    assert "这次没有再提交" in (await clerk.get(answer.location)).words
    assert await office.refusals() == [("console:li", "awaits certify")]
    assert (await head.get("approvals")).text.count("/approve") == 1


async def test_act_with_other_details_or_by_another_account_can_be_requested(office, clerk, head):
    path = await open_case(clerk)
    for changed in ({"grounds": "known"}, {"channel": "home_visit"}):
        await clerk.get(path)
        assert "flash=waits" in (await clerk.post(f"{path}/certify", **CERTIFY | changed)).location
    await asks_again(await office.sign_in("wang", Role.CLERK))
    assert (await head.get("approvals")).text.count("/approve") == 4


async def test_declined_act_can_be_requested_again(clerk, head):
    await head.post("approvals/1/decline")
    await asks_again(clerk)
