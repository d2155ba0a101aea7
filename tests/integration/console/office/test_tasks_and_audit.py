"""Shared work: tasks that two clerks want at once, and the trail that shows who looked at whom."""

import asyncio
import csv
import io
import re
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from bot.background.trail_cut import TrailCut
from bot.console.access.account_admin import AccountAdmin
from dialogs.local_time import SHANGHAI
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit, AuditEntry
from storage.audit_trail.cutting import TrailCutting
from storage.audit_trail.heads import sign_heads
from storage.console.accounts import Role
from storage.database import transaction
from storage.records.tasks import TaskKind
from tests.support.console.people import NEIGHBOUR, open_case, put_people
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]


@pytest.fixture
async def office(office):
    await put_people(office.parts)
    await office.add_tasks((TaskKind.DEATH, PERSON), (TaskKind.ASSIST, NEIGHBOUR))
    return office


async def test_tasks_are_listed_masked_and_exported_filtered(office):
    office.clock.advance(days=8)
    desk = await office.sign_in()
    page = await desk.get("tasks")
    assert "有人报告去世" in page.words
    assert "已等 8 天" in page.words
    assert PERSON.name not in page.text
    assert PERSON.number not in page.text
    assert "编号 1" not in (await desk.get("tasks?kind=assist")).words
    answer = await desk.get("tasks.csv?kind=death")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row[:3] for row in rows[1:]] == [["1", "有人报告去世", "欧**试"]]
    assert ("console:li", "tasks.exported", "anybody") in await office.audit_entries()


async def test_task_age_counts_calendar_days(office):
    office.clock.now = datetime(2026, 5, 4, 23, 50, tzinfo=SHANGHAI)
    await office.add_tasks((TaskKind.NO_PHOTO, PERSON))
    desk = await office.sign_in()
    for minutes, told in ((0, "今天来的"), (20, "昨天来的"), (24 * 60, "已等 2 天")):
        office.clock.advance(minutes=minutes)
        await desk.sign_in()
        assert card(await desk.get("tasks"), 3).split(" 还没有")[0].endswith(told)


def card(page, number):
    """Return the words of one task's card."""
    found = re.search(rf'<li class="card" id="task-{number}">(.*?)</li>', page.text, re.DOTALL)
    return replace(page, text=found[1]).words


async def test_clerk_stays_in_the_filtered_list_and_sees_which_task_changed(office):
    desk = await office.sign_in()
    await desk.get("tasks?kind=assist")
    taken = await desk.post("tasks/2/take?kind=assist&age=&holder=anybody&after=0")
    page = await desk.get(taken.location.partition("#")[0])
    assert taken.location.endswith("#task-2")
    assert card(page, 2).startswith("编号 2 · 已接手。")
    assert 'action="/admin/tasks/2/done?kind=assist&amp;' in page.text
    assert "有人报告去世 编号" not in page.words
    finished = await desk.post("tasks/2/done?kind=assist", result="settled")
    page = await desk.get(finished.location.partition("#")[0])
    assert "编号 2 · 已办结。" in page.words
    assert "没有待办" in page.words


async def test_taking_an_unassigned_task_shows_the_clerk_s_own_tasks(office):
    desk = await office.sign_in()
    await desk.get("tasks?holder=nobody")
    taken = await desk.post("tasks/2/take?holder=nobody")
    page = await desk.get(taken.location.partition("#")[0])
    assert "已接手" in card(page, 2)
    assert 'id="task-1"' not in page.text


async def test_tasks_are_filtered_by_holder_and_age(office):
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await one.get("tasks")
    await one.post("tasks/1/take")
    for chosen, shown in {
        "holder=by:one": [1],
        "holder=mine": [],
        "holder=nobody": [2],
        "holder=by:two": [1, 2],
        "age=today": [1, 2],
        "age=older": [],
        "age=x&kind=x&holder=by:somebody": [1, 2],
        "age=today&kind=assist&holder=nobody": [2],
    }.items():
        words = (await two.get(f"tasks?{chosen}")).words
        assert [number for number in (1, 2) if f"编号 {number}" in words] == shown, chosen
    assert "somebody" not in str(await office.audit_entries())
    office.clock.advance(days=8)
    assert "编号 2" in (await (await office.sign_in("three")).get("tasks?age=older&holder=nobody")).words


async def test_second_clerk_is_told_who_took_the_task(office):
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await one.get("tasks")
    await two.get("tasks")
    assert "flash=task_taken" in (await one.post("tasks/1/take")).location
    answer = await two.post("tasks/1/take")
    assert "flash=taken_by_other" in answer.location
    page = await two.get(answer.location)
    assert "刚被别人接手" in page.words
    assert "接手人 one" in page.words
    for act in ("done", "hand-on"):
        assert "not_yours" in (await two.post(f"tasks/1/{act}", result="deceased", to="one")).location
    assert await office.audit_entries("task.taken") == [("console:one", "task.taken", "")]


async def test_only_one_of_two_clerks_taking_at_once_gets_the_task(office):
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await one.get("tasks")
    await two.get("tasks")
    answers = await asyncio.gather(one.post("tasks/1/take"), two.post("tasks/1/take"))
    told = sorted(parse_qs(urlsplit(answer.location).query)["flash"] for answer in answers)
    assert told == [["taken_by_other"], ["task_taken"]]
    assert len(await office.audit_entries("task.taken")) == 1


async def test_task_can_be_handed_on_put_back_and_ended_once(office):
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await office.add_account("viewer", Role.VIEWER)
    await one.get("tasks")
    await two.get("tasks")
    await one.post("tasks/1/take")
    for nobody in ("viewer", "nobody"):
        assert "not_yours" in (await one.post("tasks/1/hand-on", to=nobody)).location
    assert "handed_on" in (await one.post("tasks/1/hand-on", to="two")).location
    assert "编号 1" in (await two.get("tasks?holder=mine")).words
    assert "handed_on" in (await two.post("tasks/1/hand-on", to="")).location
    assert "编号 1" in (await two.get("tasks?holder=nobody")).words
    await two.post("tasks/1/take")
    for no_finding in ("x", "not_reached", "settled"):  # or reminders of a dead person would resume
        assert "no_result" in (await two.post("tasks/1/done", result=no_finding)).location
    assert "task_done" in (await two.post("tasks/1/done", result="deceased")).location
    assert "flash=ended" in (await two.post("tasks/1/done", result="deceased")).location
    assert "编号 1" not in (await two.get("tasks")).words
    assert ("console:two", "task.done", "deceased") in await office.audit_entries()
    page = await two.get(await open_case(two))
    assert "没有人订阅提醒" in page.words


async def test_tasks_of_a_disabled_account_can_be_taken_by_others(office):
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await one.get("tasks")
    await one.post("tasks/1/take")
    async with transaction(office.parts.engine) as conn:
        await AccountAdmin(office.parts.vault, office.clock).disable(conn, "one")
    await two.get("tasks")
    assert "task_taken" in (await two.post("tasks/1/take")).location


async def test_opening_the_case_from_a_task_is_audited(office):
    desk = await office.sign_in()
    await desk.get("tasks")
    answer = await desk.post("tasks/2/case")
    assert NEIGHBOUR.name in (await desk.get(answer.location)).words
    assert await office.audit_entries("case.opened") == [("console:li", "case.opened", "task")]
    assert (await desk.post("tasks/99/case")).status == 404


async def test_auditor_sees_who_looked_at_whom_without_names(office):
    clerk = await office.sign_in("zhao")
    await open_case(clerk, reason="complaint")
    await open_case(clerk, NEIGHBOUR.number)
    auditor = await office.sign_in("qian", Role.AUDITOR)
    page = await auditor.get("audit")
    assert "zhao 查看一个人" in page.words
    assert "投诉" in page.words
    assert PERSON.name not in page.text
    assert " all " not in page.words
    of_person = await auditor.post("audit", number=PERSON.number)
    assert of_person.words.count("zhao 查看一个人") == 1
    assert "没有记录" in (await auditor.get("audit?account=qian&action=case.opened")).words
    assert "zhao" in (await auditor.get("audit?account=zhao&action=case.opened")).words
    assert "不是一个证件号码" in (await auditor.post("audit", number="?")).words
    assert ("console:qian", "audit.read", "") in await office.audit_entries()


async def test_changed_audit_entry_is_detected(office):
    auditor = await office.sign_in("qian", Role.AUDITOR)
    await auditor.get("audit")
    assert "记录完整" in (await auditor.post("audit/check")).words
    async with transaction(office.parts.engine) as conn:
        await conn.execute(text("UPDATE audit SET actor = 'console:li' WHERE actor = 'console:qian'"))
    assert "缺失或被改动" in (await auditor.post("audit/check")).words


async def test_auditor_is_told_that_old_entries_were_deleted(office):
    vault = office.parts.vault
    note = "以前的记录已按保存年限删除"
    old = NOW - timedelta(days=11 * 366)
    async with transaction(office.parts.engine) as conn:
        opened = AuditEntry(Actor.DIALOG, AuditAction.CAPTURE_OPENED, "s")
        await Audit("conversation-1", vault).append(conn, [opened] * 3, old)
        await sign_heads(conn, vault, old.date())
    auditor = await office.sign_in("qian", Role.AUDITOR)
    assert note not in (await auditor.get("audit")).words
    trail = TrailCut(office.parts.engine, TrailCutting(vault, Actor.WORKER), 10, lambda: NOW)
    await trail.run(asyncio.Event())
    for page in (await auditor.get("audit"), await auditor.post("audit", number=PERSON.number)):
        assert f"2016年4月26日{note}" in page.words
    page = await auditor.get("audit?action=audit.cut")
    assert "后台任务 清理到期审计记录 全部 计划删除 2 计划另留 0 都早于 2016-04-26" in page.words
    assert "记录完整" in (await auditor.post("audit/check")).words


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
async def test_other_roles_cannot_read_the_audit_trail(office, role):
    desk = await office.sign_in("sun", role)
    assert (await desk.get("audit")).status == 403


async def test_audit_page_names_the_task_filter_in_words(office):
    clerk = await office.sign_in()
    await clerk.get("tasks?kind=failed_tries&holder=mine")
    auditor = await office.sign_in("wu", Role.AUDITOR)
    assert "li 查看待办 多次没通过 自己接手的" in (await auditor.get("audit")).words
