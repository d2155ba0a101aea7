"""Long task lists in pages, and tasks taken or ended since the list was rendered."""

import re

import pytest
from sqlalchemy import event

from bot.console.office import task_routes
from dialogs.values import Identity, IdType
from storage.console.task_board import TaskBoard
from storage.database import transaction
from storage.records.tasks import TaskKind, Tasks
from tests.support.storage.factories import NOW

pytest_plugins = ["tests.support.storage.databases"]

A_PAGE = 2


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch):
    monkeypatch.setattr(task_routes, "_A_PAGE", A_PAGE)


@pytest.fixture
async def desk(office):
    """Give the desk of a clerk with two full pages of tasks."""
    async with transaction(office.parts.engine) as conn:
        people = [Identity("欧阳桂兰", IdType.PASSPORT, f"E1234567{number}") for number in range(2 * A_PAGE)]
        await Tasks(office.parts.vault).add(conn, [(TaskKind.ASSIST, one) for one in people], NOW)
    return await office.sign_in()


async def after(desk, answer):
    """Follow the redirect of an act and return the page shown."""
    return await desk.get(answer.location.partition("#")[0])


def shown(page):
    return re.findall(r'id="task-(\d+)"', page.text)


async def test_full_last_page_has_no_next_link(desk):
    page = await desk.get("tasks")
    assert (shown(page), "后面的" in page.words, "回到开头" in page.words) == (["1", "2"], True, False)
    page = await desk.get("tasks?after=2")
    assert (shown(page), "后面的" in page.words, "回到开头" in page.words) == (["3", "4"], False, True)


async def test_page_emptied_by_ended_tasks_links_back_to_the_first_page(desk):
    await desk.get("tasks?after=2")
    for number in (3, 4):
        await desk.post(f"tasks/{number}/take?after=2")
        answer = await desk.post(f"tasks/{number}/done?after=2", result="settled")
    page = await after(desk, answer)
    assert (shown(page), "没有待办" in page.words) == ([], False)
    assert "这一页后面没有了" in page.words
    assert "回到开头" in page.words
    assert shown(await desk.get("tasks")) == ["1", "2"]


async def test_taking_your_own_task_again_succeeds_without_a_second_entry(desk, office):
    await desk.get("tasks")
    for _ in range(2):  # in a second tab, opened before
        assert "flash=task_taken" in (await desk.post("tasks/1/take")).location
    assert [word for _, word, _ in await office.audit_entries("task.")] == ["task.taken"]


async def test_clerk_whose_task_ended_meanwhile_keeps_the_list(desk, office):
    await desk.get("tasks")
    async with transaction(office.parts.engine) as conn:
        assert await TaskBoard(office.parts.vault).certified(conn, 1, "", office.clock.now)
    for act in ("take", "hand-on", "done", "case", "plan"):
        page = await after(desk, await desk.post(f"tasks/1/{act}?kind=assist", result="settled"))
        assert (page.status, shown(page)) == (200, ["2", "3"])
        assert "编号 1 · 这一件已经办结。" in page.words


async def test_whether_a_task_was_ended_is_asked_once(desk, office):
    await desk.get("tasks")
    async with transaction(office.parts.engine) as conn:
        assert await TaskBoard(office.parts.vault).certified(conn, 1, "", office.clock.now)
    asked = []

    @event.listens_for(office.parts.engine.sync_engine, "before_cursor_execute")
    def count(*seen):
        asked.append("done_at IS NOT NULL" in seen[2])

    for act in ("take", "case"):
        await desk.post(f"tasks/1/{act}")
    assert sum(asked) == len(("take", "case"))
