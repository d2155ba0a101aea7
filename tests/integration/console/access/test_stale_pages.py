"""Forms of an outdated page: a second tab, the back button, a second click, a faster colleague."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.console.accounts import Role
from storage.database import connect
from storage.records.tasks import TaskKind
from storage.schema.console import console_approvals
from tests.support.console.people import CERTIFY, open_case, open_case_twice, put_people
from tests.support.storage.factories import PERSON

pytest_plugins = ["tests.support.storage.databases"]

OUTDATED = "您打开这一页以后，这个人的情况变了"
GRANT, SHORTER = {"until": "2026-12-31", "words": "卧床"}, {"until": "2026-07-01", "words": "卧床"}
JULY, AUGUST = {"day": "2026-07-01", "visitor": "one"}, {"day": "2026-08-01", "visitor": "two"}


@pytest.fixture
async def office(office):
    await put_people(office.parts)
    office.clock.advance(days=40)
    return office


@pytest.fixture
async def strict_office(strict_office):
    await put_people(strict_office.parts)
    strict_office.clock.advance(days=40)
    return strict_office


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("certify", CERTIFY), ("certify", CERTIFY | {"channel": "home_visit"})),
        (("grant", GRANT), ("grant", SHORTER)),
        (("grant", GRANT), ("certify", CERTIFY)),
        (("death", {"sure": "yes"}), ("certify", CERTIFY)),
        (("forget", {"sure": "yes"}), ("link", {})),
        (("visit", JULY), ("visit", AUGUST)),
    ],
    ids=lambda pair: pair[0],
)
async def test_outdated_form_does_not_overwrite_a_colleague_s_act(office, first, second):
    (one, here), (two, there) = await open_case_twice(office)
    assert "stale" not in (await one.post(f"{here}/{first[0]}", **first[1])).location
    answer = await two.post(f"{there}/{second[0]}", **second[1])
    page = await two.get(answer.location) if answer.location else answer
    assert OUTDATED in page.words
    assert await office.refusals() == [("console:two", f"stale {second[0]}")]
    await two.get(there)
    assert OUTDATED not in (await two.post(f"{there}/{second[0]}", **second[1])).words


async def test_concurrent_second_click_makes_one_pass(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    answers = await asyncio.gather(*(desk.post(f"{path}/certify", **CERTIFY) for _ in range(2)))
    assert sorted((one.location.partition("flash=")[2], OUTDATED in one.words) for one in answers) == [
        ("", True),
        ("done", False),
    ]
    assert len(await office.audit_entries("certified.by_office")) == 1


async def test_certification_of_somebody_who_has_passed_that_day_says_that_nothing_was_added(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    assert "flash=done" in (await desk.post(f"{path}/certify", **CERTIFY)).location
    await desk.get(path)
    again = await desk.post(f"{path}/certify", **CERTIFY | {"channel": "home_visit"})
    told = (await desk.get(again.location)).words
    assert "这个人今天已经认证过，以那一次的记录为准，这次没有再记。" in told
    assert len(await office.audit_entries("certified.by_office")) == 1
    assert await office.refusals() == []


async def test_second_tab_does_not_request_approval_again(strict_office):
    office = strict_office
    desk = await office.sign_in(role=Role.SUPERVISOR)
    path = await open_case(desk)
    assert "waits" in (await desk.post(f"{path}/certify", **CERTIFY)).location
    assert OUTDATED in (await desk.post(f"{path}/certify", **CERTIFY)).words
    async with connect(office.parts.engine) as conn:
        assert await conn.scalar(select(func.count()).select_from(console_approvals)) == 1
    assert "已提交，等另一位同事复核 2026年" in (await desk.get(path)).words
    assert await office.refusals() == [("console:li", "stale certify")]


async def test_form_without_its_version_mark_does_nothing(office):
    desk = await office.sign_in()
    path = await open_case(desk)
    assert OUTDATED in (await desk.post(f"{path}/certify", seen="", **CERTIFY)).words
    assert await office.audit_entries("certified") == []


async def test_visit_is_not_planned_from_an_outdated_list(office):
    await office.add_tasks((TaskKind.HOME_VISIT, PERSON))
    days = [f"{office.clock.now + timedelta(days=days):%Y-%m-%d}" for days in (3, 9)]
    desk = await office.sign_in(role=Role.SUPERVISOR)
    assert 'name="was" value=" "' in (await desk.get("tasks")).text
    assert "visit_planned" in (await desk.post("tasks/1/plan", was=" ", day=days[0], visitor="li")).location
    answer = await desk.post("tasks/1/plan", was=" ", day=days[1], visitor="li")
    page = await desk.get(answer.location.partition("#")[0])
    assert "这一趟刚刚改过，没有再改" in page.words
    assert f'name="was" value="{days[0]} li"' in page.text
    assert await office.refusals() == [("console:li", "stale visit 1")]
