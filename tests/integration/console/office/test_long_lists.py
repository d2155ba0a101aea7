"""Visits of a day and acts that wait for approval, in pages: none of them is out of reach."""

import re
from datetime import timedelta

import pytest

from bot.console.office import approval_routes, task_routes
from bot.console.visits import routes as visit_routes
from bot.office.case_acts import ActKind, CaseAct, to_json
from dialogs.values import Identity, IdType
from storage.console.accounts import Role
from storage.console.approvals import Approvals
from storage.console.task_board import PlannedVisit, TaskBoard
from storage.database import transaction
from storage.records.tasks import TaskKind, Tasks
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

DAY = NOW.date()
PEOPLE = [Identity("欧阳桂兰", IdType.PASSPORT, f"E1234567{number}") for number in range(5)]


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch):
    monkeypatch.setattr(approval_routes, "_A_PAGE", 2)
    monkeypatch.setattr(visit_routes, "_A_PAGE", 2)
    monkeypatch.setattr(task_routes, "_A_PAGE", 2)


async def walk(desk, address, pattern):
    """Follow 后面的 from the first page; returns what each page shows."""
    pages = []
    while address:
        page = await desk.get(address)
        pages.append(re.findall(pattern, page.text))
        further = re.search(r'href="([^"]*after=[1-9]\d*)"', page.text)
        address = further[1].replace("&amp;", "&") if further else ""
    return pages


async def plan_visits(office):
    """Plan a visit of li to each person, all on one day."""
    async with transaction(office.parts.engine) as conn:
        vault = office.parts.vault
        await Tasks(vault).add(conn, [(TaskKind.HOME_VISIT, one) for one in PEOPLE], NOW)
        for task in await Tasks(vault).waiting(conn, 9):
            seen = await TaskBoard(vault).find(conn, task.id)
            assert await TaskBoard(vault).plan(conn, seen, None, PlannedVisit("li", DAY), NOW)


async def test_visit_that_is_no_longer_needed_leads_to_its_task_on_a_later_page(office):
    await plan_visits(office)
    passed = certification("R1", identity=PEOPLE[3], certified_at=NOW + timedelta(minutes=1), agent=None)
    async with transaction(office.parts.engine) as conn:
        assert await add_pass(conn, office.parts.vault, passed, b"R1")
    desk = await office.sign_in()
    listed = (await desk.get(f"visits?day={DAY}&visitor=li&after=2")).text
    link = re.search(r'"/admin/(tasks[^"]*)#task-4"', listed)[1].replace("&amp;", "&")
    assert 'id="task-4"' in (await desk.get(link)).text


async def test_visits_of_a_day_are_in_pages_and_a_result_keeps_the_page(office):
    await plan_visits(office)
    desk, list_of = await office.sign_in(), f"visits?day={DAY}&visitor=li"
    assert await walk(desk, list_of, r"编号 (\d)") == [["1", "2"], ["3", "4"], ["5"]]
    first, last = (await desk.get(list_of)).words, (await desk.get(f"{list_of}&after=4")).words
    assert ("后面还有，请翻到下一页再打印" in first, "后面还有" in last) == (True, False)
    assert ("回到开头" in first, "回到开头" in last) == (False, True)
    await desk.get(f"{list_of}&after=2")
    answer = await desk.post("visits/3/result?after=2", result="not_met", day=str(DAY))
    page = await desk.get(answer.location.partition("#")[0])
    assert re.findall(r"编号 (\d)</small>", page.text) == ["4", "5"]
    assert "这一页后面没有了" in (await desk.get(f"{list_of}&after=5")).words
    assert "没有约上门" not in (await desk.get(f"{list_of}&after=5")).words


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CLERK])
async def test_waiting_approvals_are_shown_in_pages(strict_office, role):
    parts = strict_office.parts
    async with transaction(parts.engine) as conn:
        for one in PEOPLE:
            act = to_json(CaseAct(ActKind.DEATH, one))
            await Approvals(parts.vault).ask(conn, act, "li", NOW)
            await Approvals(parts.vault).ask(conn, act, "li", NOW)
    desk = await strict_office.sign_in("li" if role is Role.CLERK else "head", role)
    pages = await walk(desk, "approvals", r"护照 (\S+?)<")
    assert [len(page) for page in pages] == [2, 2, 2, 2, 2]
    if role is Role.SUPERVISOR:
        await desk.get("approvals?after=2")
        answer = await desk.post("approvals/3/decline?after=2", words="")
        assert answer.location == "/admin/approvals?flash=declined&after=2"
        assert 'action="/admin/approvals/4/decline?after=2"' in (await desk.get(answer.location)).text
        assert "这一页后面没有了" in (await desk.get("approvals?after=10")).words
