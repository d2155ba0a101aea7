"""Records that clerks share, on both databases: tasks, visits, approvals, waiting photos, loads."""

import asyncio
import itertools
from datetime import date, timedelta

import pytest

from dialogs.values import Identity, IdType
from storage.console.approvals import Approvals
from storage.console.figures import TaskAge
from storage.console.loads import LoadKind, Loads, NewLoad
from storage.console.task_board import PlannedVisit, TaskBoard, TaskFilter, TaskResult
from storage.console.waiting_photos import WaitingPhoto, WaitingPhotos
from storage.database import transaction
from storage.records.tasks import TaskKind, Tasks
from tests.support.storage.database_kinds import on_postgresql
from tests.support.storage.factories import MINUTE, NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]

OTHER = Identity("李测试", IdType.PASSPORT, "E7654321")
DAY = date(2026, 5, 6)
LI, ZHOU = "li", "zhou"


@pytest.fixture
async def board(engine, vault):
    """Give the board with a failed-often task, 1, and two home visits, 2 and 3."""
    async with transaction(engine) as conn:
        await Tasks(vault).add(conn, [(TaskKind.FAILED_OFTEN, PERSON)], NOW - timedelta(days=9))
        await Tasks(vault).add(conn, [(TaskKind.HOME_VISIT, PERSON), (TaskKind.HOME_VISIT, OTHER)], NOW)
    return TaskBoard(vault)


async def all_at_once(engine, *acts):
    """Carry out acts concurrently, each in its own transaction."""

    async def act(one):
        async with transaction(engine) as conn:
            return await one(conn)

    return await asyncio.gather(*map(act, acts))


async def test_only_one_of_two_clerks_takes_a_task(engine, board):
    wins = await all_at_once(
        engine,
        lambda conn: board.take(conn, 1, LI, NOW),
        lambda conn: board.take(conn, 1, ZHOU, NOW),
    )
    assert sorted(wins) == [False, True]
    async with transaction(engine) as conn:
        assert (await board.find(conn, 1)).taken_by == (LI if wins[0] else ZHOU)


async def test_only_one_of_two_concurrent_results_is_proposed_and_ends_the_task(engine, board):
    async with transaction(engine) as conn:
        await board.take(conn, 1, LI, NOW)
    results = TaskResult.MOVED, TaskResult.NOT_REACHED
    wins = await all_at_once(
        engine, *(lambda conn, one=one: board.propose(conn, 1, LI, one) for one in results)
    )
    assert sorted(wins) == [False, True]
    ends = await all_at_once(engine, *[lambda conn: board.finish(conn, 1, LI, NOW)] * 2)
    assert sorted(ends) == [False, True]
    async with transaction(engine) as conn:
        assert await board.find(conn, 1) is None


async def test_concurrent_certification_and_result_end_a_task_once(engine, board):
    async with transaction(engine) as conn:
        await board.take(conn, 1, LI, NOW)
        await board.propose(conn, 1, LI, TaskResult.MOVED)
    ends = await all_at_once(
        engine,
        lambda conn: board.finish(conn, 1, LI, NOW),
        lambda conn: board.certified(conn, 1, ZHOU, NOW),
    )
    assert sorted(ends) == [False, True]


async def planned(conn, board, number, account, visitor):
    return await board.plan(conn, await board.find(conn, number), account, PlannedVisit(visitor, DAY), NOW)


async def test_visits_are_planned_postponed_and_listed_by_day_and_visitor(engine, board):
    async with transaction(engine) as conn:
        assert not await planned(conn, board, 1, None, LI)  # not a visit
        for number in (2, 3):
            assert await planned(conn, board, number, LI, LI)
        assert not await planned(conn, board, 2, ZHOU, ZHOU)
        assert await planned(conn, board, 3, None, ZHOU)  # a supervisor
        assert [one.id for one in await board.visits(conn, DAY, LI)] == [2]
        assert [one.person for one in await board.visits(conn, DAY, ZHOU)] == [OTHER]
        assert await board.visits(conn, DAY + timedelta(days=1), LI) == []
        assert not await board.put_off(conn, 2, ZHOU)
        assert await board.put_off(conn, 2, LI)
        assert await board.visits(conn, DAY, LI) == []
        assert await board.propose(conn, 3, ZHOU, TaskResult.CERTIFIED)
        assert not await board.put_off(conn, 3, ZHOU)
        assert await board.finish(conn, 3, ZHOU, NOW)
        (done,) = await board.visits(conn, DAY, ZHOU)
        assert (done.is_done, done.result) == (True, TaskResult.CERTIFIED)


@pytest.mark.parametrize("account", [None, LI], ids=["supervisor", "clerk"])
@on_postgresql
async def test_visit_taken_by_a_colleague_meanwhile_cannot_be_planned(engine, board, account):
    async with transaction(engine) as conn:
        seen = await board.find(conn, 2)
        async with transaction(engine) as other:
            assert await board.take(other, 2, ZHOU, NOW)
        assert not await board.plan(conn, seen, account, PlannedVisit(LI, DAY), NOW)
        assert (await board.find(conn, 2)).taken_by == ZHOU


async def test_tasks_are_filtered_handed_on_and_released(engine, board):
    async def listed(conn, **which):
        return [one.id for one in await board.waiting(conn, TaskFilter(NOW, **which), 0, 9)]

    async with transaction(engine) as conn:
        await board.take(conn, 2, LI, NOW)
        assert await listed(conn) == [1, 2, 3]
        assert await listed(conn, kind=TaskKind.HOME_VISIT) == [2, 3]
        assert await listed(conn, taken_by=LI) == [2]
        assert await listed(conn, taken_by="") == [1, 3]
        by_age = [await listed(conn, age=age) for age in TaskAge]
        assert sorted(itertools.chain(*by_age)) == [1, 2, 3]
        assert len(await board.waiting(conn, TaskFilter(NOW), 1, 1)) == 1
        assert await board.hand_on(conn, 2, LI, ZHOU)
        assert not await board.hand_on(conn, 2, LI, None)
        await board.release(conn, ZHOU)
        assert await listed(conn, taken_by="") == [1, 2, 3]


async def test_act_is_decided_once_and_not_by_the_requester(engine, vault):
    approvals = Approvals(vault)
    async with transaction(engine) as conn:
        for number in (1, 2):
            await approvals.ask(conn, f"act {number}", LI, NOW)
        assert await approvals.decide(conn, 1, LI, NOW) is None
        assert [(one.id, one.act) for one in await approvals.waiting(conn)] == [(1, "act 1"), (2, "act 2")]
    decided = await all_at_once(
        engine, *(lambda conn, by=by: approvals.decide(conn, 1, by, NOW + MINUTE) for by in (ZHOU, "wang"))
    )
    assert [one.act for one in decided if one] == ["act 1"]
    async with transaction(engine) as conn:
        assert [one.id for one in await approvals.waiting(conn)] == [2]
        assert await approvals.decide(conn, 1, ZHOU, NOW + MINUTE) is None


async def test_waiting_photo_is_kept_until_dropped(engine, vault):
    photos, photo = WaitingPhotos(vault), WaitingPhoto("p", b"template\x00", b"\xff\xd8picture", NOW)
    async with transaction(engine) as conn:
        number = await photos.keep(conn, photo)
        assert await photos.find(conn, number) == photo
        await photos.drop(conn, number)
        assert await photos.find(conn, number) is None


async def test_only_one_of_two_concurrent_loads_begins(engine, vault):
    loads, new = Loads(vault), NewLoad(LoadKind.REGISTRY, LI, "people.csv", "440100")
    begun = await all_at_once(engine, *[lambda conn: loads.begin(conn, new, NOW)] * 2)
    assert begun.count(None) == 1
