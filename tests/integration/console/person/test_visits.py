"""Home visits: planned for a day and an account, read on paper or on a phone, recorded at the door."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.values import Identity, IdType, PassChannel, Scheme
from storage.console.accounts import Role
from storage.database import connect, transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.certifications import Certifications
from storage.records.tasks import TaskKind, Tasks
from tests.support.console.people import NEIGHBOUR, open_case, plan_visit
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, beneficiary

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

DAY = "2026-06-15"
SEEN = {"result": "seen", "grounds": "document", "day": DAY}


async def opened(office):
    both = replace(beneficiary(), scheme=Scheme.RESIDENT)
    async with transaction(office.parts.engine) as conn:
        await Beneficiaries(office.parts.vault).put(conn, [both], NOW)
        wanted = [(TaskKind.HOME_VISIT, PERSON), (TaskKind.HOME_VISIT, NEIGHBOUR)]
        await Tasks(office.parts.vault).add(conn, wanted, NOW)
    office.clock.advance(days=42)
    return office


@pytest.fixture
async def office(office):
    return await opened(office)


@pytest.fixture
async def strict_office(strict_office):
    return await opened(strict_office)


async def visitor(office, name="zhou", task=1):
    """Sign in a clerk with a visit planned on the day."""
    desk = await office.sign_in(name)
    await desk.get("tasks")
    assert "visit_planned" in await plan_visit(desk, task, day=DAY, visitor=name)
    return desk


async def passes(office, person=PERSON):
    async with connect(office.parts.engine) as conn:
        found = [
            await Certifications(office.parts.vault).latest(conn, scheme, *person.document)
            for scheme in Scheme
        ]
    return [one for one in found if one and one.channel == PassChannel.HOME_VISIT]


async def tasks_of(office, person=PERSON):
    async with connect(office.parts.engine) as conn:
        return [one.kind for one in await Tasks(office.parts.vault).of_person(conn, person)]


async def test_visit_planned_from_a_case_is_listed_for_its_day_and_visitor(office):
    await office.add_account("zhou", Role.CLERK)
    desk = await office.sign_in()
    path = await open_case(desk, NEIGHBOUR.number)
    assert "flash=visit_planned" in (await desk.post(f"{path}/visit", day=DAY, visitor="zhou")).location
    listed = (await desk.get(f"visits?day={DAY}&visitor=zhou")).words
    assert "2026年6月15日 · zhou" in listed
    assert NEIGHBOUR.name in listed
    assert NEIGHBOUR.number not in listed
    assert "企业职工养老保险 · 广州市 · 2027年5月31日前认证" in listed
    assert "地址" in listed
    assert PERSON.name not in listed
    for other in ("day=2026-06-16&visitor=zhou", f"day={DAY}", f"day={DAY}&visitor=nobody", "day=x"):
        assert "没有约上门" in (await desk.get(f"visits?{other}")).words
    assert ("console:li", "visit.planned", f"{DAY} zhou") in await office.audit_entries()
    assert ("console:li", "visit.shown", "task 2") in await office.audit_entries()
    assert NEIGHBOUR.name not in str(await office.audit_entries())
    assert (await tasks_of(office, NEIGHBOUR)) == [TaskKind.HOME_VISIT]


async def test_only_the_visitor_or_a_supervisor_can_reschedule_a_visit(office):
    desk, other = await visitor(office), await office.sign_in("other")
    await other.get("tasks")
    assert "not_yours" in await plan_visit(other, 1, day="2026-06-20", visitor="other")
    path = await open_case(other)
    answer = await other.post(f"{path}/visit", day="2026-06-20", visitor="other")
    assert "这一趟约的是别的同事" in answer.words
    assert "已经约了" not in (await desk.get("tasks")).words
    assert "2026年6月15日" in (await desk.get("tasks?holder=mine")).words
    head = await office.sign_in("head", Role.SUPERVISOR)
    await head.get("tasks")
    assert "visit_planned" in await plan_visit(head, 1, day="2026-06-20", visitor="other")
    assert PERSON.name in (await other.get("visits?day=2026-06-20")).words


@pytest.mark.parametrize(
    "plan",
    [
        {"day": "2026-06-14", "visitor": "li"},
        {"day": "2027-06-17", "visitor": "li"},
        {"day": "15.6.2026", "visitor": "li"},
        {"day": DAY},
        {"day": DAY, "visitor": "watch"},
        {"day": DAY, "visitor": "<b>"},
    ],
    ids=str,
)
async def test_invalid_visit_plan_is_refused(office, plan):
    await office.add_account("watch", Role.VIEWER)
    desk = await office.sign_in()
    await desk.get("tasks")
    assert "bad_plan" in await plan_visit(desk, 1, **plan)
    assert "还没约日子" in (await desk.get("tasks")).words
    assert await office.audit_entries("visit.planned") == []


async def test_person_seen_is_certified_once_in_every_paying_scheme(office):
    desk = await visitor(office)
    page = await desk.get(f"visits?day={DAY}")
    assert "见到本人，健在" in page.words
    answers = await asyncio.gather(*(desk.post("visits/1/result", **SEEN) for _ in range(2)))
    flashes = sorted(answer.location.partition("flash=")[2] for answer in answers)
    assert flashes == ["done#visit-1", "not_yours#visit-1"]
    made = await passes(office)
    assert [one.scheme for one in made] == [Scheme.EMPLOYEE, Scheme.RESIDENT]
    assert len(await office.audit_entries("certified.by_office")) == 2
    listed = (await desk.get(f"visits?day={DAY}")).words
    assert "见到本人，健在" in listed
    assert "保存结果" not in listed
    assert await tasks_of(office) == []
    assert ("console:zhou", "visit.recorded", "task 1 seen") in await office.audit_entries()
    assert ("console:zhou", "task.done", "certified") in await office.audit_entries()


@pytest.mark.parametrize(
    ("result", "told", "left"),
    [
        ("not_met", "put_off", [TaskKind.HOME_VISIT]),
        ("moved", "done", []),
        ("deceased", "reported", [TaskKind.DEATH]),
    ],
)
async def test_person_not_seen_is_not_certified(office, result, told, left):
    desk = await visitor(office)
    answer = await desk.post("visits/1/result", result=result, day=DAY)
    assert f"flash={told}" in answer.location
    assert await passes(office) == []
    assert await tasks_of(office) == left
    assert ("console:zhou", "visit.recorded", f"task 1 {result}") in await office.audit_entries()
    assert ("console:zhou", "task.done", "deceased") not in await office.audit_entries(), (
        "heard, and not verified"
    )
    page = (await desk.get(await open_case(desk))).words
    assert ("提醒已暂停" in page) == (result == "deceased")
    assert "已登记去世" not in page


async def test_person_not_met_can_be_visited_on_another_day(office):
    desk = await visitor(office)
    await desk.post("visits/1/result", result="not_met", day=DAY)
    assert "没有约上门" in (await desk.get(f"visits?day={DAY}")).words
    assert "还没约日子" in (await desk.get("tasks?holder=mine")).words
    assert "not_yours" in (await desk.post("visits/1/result", **SEEN)).location
    assert "visit_planned" in await plan_visit(desk, 1, day=DAY, visitor="zhou")
    assert "flash=done" in (await desk.post("visits/1/result", **SEEN)).location


@pytest.mark.parametrize(
    "form",
    [{}, {"result": "seen"}, {"result": "seen", "grounds": "x"}, {"result": "certified"}, {"result": "<b>"}],
    ids=str,
)
async def test_invalid_visit_result_is_not_recorded(office, form):
    desk = await visitor(office)
    assert "incomplete" in (await desk.post("visits/1/result", **form)).location
    assert await tasks_of(office) == [TaskKind.HOME_VISIT]


async def test_visit_whose_result_was_not_recorded_says_so_itself_with_its_form_open(office):
    desk = await visitor(office)
    await desk.get("tasks")
    answer = await desk.post("visits/1/result", result="seen", day=DAY)
    address, _, place = answer.location.partition("#")
    page = await desk.get(address)
    assert place == "visit-1"
    said = re.search(rf'<li class="card" id="{place}">.*?</li>', page.text, re.DOTALL)[0]
    assert "编号 1 · 还有没填的，没有办理。" in said
    assert '<details class="screen" open>' in said
    assert page.words.count("没有办理") == 1
    answer = await desk.post("visits/1/result", **SEEN)
    page = await desk.get(answer.location.partition("#")[0])
    assert "编号 1 · 已办理。" in page.words
    assert '<details class="screen" open>' not in page.text


async def test_visit_that_left_the_day_s_list_is_named_above_it(office):
    desk = await visitor(office)
    answer = await desk.post("visits/1/result", result="not_met", day=DAY)
    page = await desk.get(answer.location.partition("#")[0])
    assert "编号 1 · " in page.words
    assert 'id="visit-1"' not in page.text


async def test_result_is_refused_for_a_colleague_s_visit_or_another_task(office):
    await visitor(office)
    other = await office.sign_in("other")
    await other.get("visits")
    await other.post("tasks/2/take")
    for task in (1, 2, 99):
        assert "not_yours" in (await other.post(f"visits/{task}/result", **SEEN)).location
    watch = await office.sign_in("watch", Role.VIEWER)
    await watch.get()
    assert (await watch.get("visits")).status == 403
    assert (await watch.post("visits/1/result", **SEEN)).status == 403
    assert await office.audit_entries("certified") == []


async def test_unpaid_person_is_not_certified_and_the_visit_stays_open(office):
    stranger = Identity("外人", IdType.PASSPORT, "E0000001")
    async with transaction(office.parts.engine) as conn:
        await Tasks(office.parts.vault).add(conn, [(TaskKind.HOME_VISIT, stranger)], NOW)
    desk = await visitor(office, task=3)
    assert "名册里没有在领的待遇" in (await desk.get(f"visits?day={DAY}")).words
    assert "not_paid" in (await desk.post("visits/3/result", **SEEN)).location
    assert "flash=done" in (await desk.post("visits/3/result", result="moved", day=DAY)).location


async def test_visit_cannot_be_ended_as_certified_on_the_task_page(office):
    desk = await visitor(office)
    assert "no_result" in (await desk.post("tasks/1/done", result="certified")).location
    assert "task_done" in (await desk.post("tasks/1/done", result="settled")).location
    assert await passes(office) == []


async def test_visit_approved_under_four_eyes_counts_from_when_it_was_recorded(strict_office):
    office = strict_office
    desk, head = await visitor(office), await office.sign_in("head", Role.SUPERVISOR)
    assert "flash=waits" in (await desk.post("visits/1/result", **SEEN)).location
    assert "not_yours" in (await desk.post("visits/1/result", **SEEN)).location
    assert "等复核" in (await desk.get(f"visits?day={DAY}")).words
    assert "awaits" in (await desk.post("tasks/1/done", result="settled")).location
    assert await passes(office) == []
    office.clock.advance(minutes=29)
    await head.get("approvals")
    assert "flash=approved" in (await head.post("approvals/1/approve")).location
    assert {one.certified_at for one in await passes(office)} < {
        office.clock.now - timedelta(minutes=29) - timedelta(seconds=30 * back) for back in range(9)
    }
    assert await tasks_of(office) == []


async def test_visit_declined_under_four_eyes_is_open_again(strict_office):
    office = strict_office
    desk, head = await visitor(office), await office.sign_in("head", Role.SUPERVISOR)
    await desk.post("visits/1/result", **SEEN)
    await head.get("approvals")
    assert "declined" in (await head.post("approvals/1/decline")).location
    assert await tasks_of(office) == [TaskKind.HOME_VISIT]
    assert "记录结果" in (await desk.get(f"visits?day={DAY}")).words
    assert "flash=waits" in (await desk.post("visits/1/result", **SEEN)).location


async def test_ending_a_visit_to_a_moved_person_without_a_pass_needs_approval(strict_office):
    office = strict_office
    office.clock.advance(days=320)
    day = f"{office.clock.now:%Y-%m-%d}"
    desk, head = await office.sign_in("zhou"), await office.sign_in("head", Role.SUPERVISOR)
    await desk.get("tasks")
    await plan_visit(desk, 1, day=day, visitor="zhou")
    assert "flash=waits" in (await desk.post("visits/1/result", result="moved", day=day)).location
    assert "等复核" in (await desk.get(f"visits?day={day}")).words
    assert "办结待办，还没有认证" in (await head.get("approvals")).words
    assert "已搬走" in (await head.get("approvals")).words
    assert "declined" in (await head.post("approvals/1/decline")).location
    assert await tasks_of(office) == [TaskKind.HOME_VISIT]
    await desk.post("visits/1/result", result="moved", day=day)
    assert "flash=approved" in (await head.post("approvals/2/approve")).location
    assert await tasks_of(office) == []
    assert ("console:head", "task.done", "moved") in await office.audit_entries()


async def test_no_approval_is_needed_under_four_eyes_when_nothing_is_due(strict_office):
    """The resident benefit has never been certified; the neighbour's only one was, six weeks ago."""
    desk = await visitor(strict_office, task=2)
    assert "flash=done" in (await desk.post("visits/2/result", result="moved", day=DAY)).location
    assert await tasks_of(strict_office, NEIGHBOUR) == []
