"""Under four eyes nobody makes, revokes or ends anything alone; approved acts keep the requested day."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from dialogs.local_time import SHANGHAI, local_date
from dialogs.values import Scheme
from storage.console.accounts import Role
from storage.console.approvals import Approvals
from storage.console.case_file import CaseFile
from storage.database import connect, transaction
from storage.records.certifications import Certifications
from storage.records.exemptions import ExemptionKind, Exemptions
from storage.records.tasks import TaskKind, Tasks
from storage.schema.console import console_approvals
from tests.support.console.people import CERTIFY, NEIGHBOUR, RECEIPT, open_case, put_people
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


@pytest.fixture
async def office(strict_office, vault):
    await put_people(strict_office.parts)
    async with transaction(strict_office.parts.engine) as conn:
        await Tasks(vault).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
    return strict_office


@pytest.fixture
async def head(office):
    return await office.sign_in("head", Role.SUPERVISOR)


async def ask(office, act, **form):
    """Request an act as another supervisor in a new session; return their desk."""
    name = f"asks-{office.clock.now:%H%M%S%f}"
    desk = await office.sign_in(name, Role.SUPERVISOR)
    answer = await desk.post(f"{await open_case(desk)}/{act}", **form)
    assert "flash=waits" in answer.location
    return desk


async def decide(head, number, word="approve"):
    """Decide later: the session may have ended meanwhile."""
    await head.sign_in()
    await head.get("approvals")
    return (await head.post(f"approvals/{number}/{word}")).location.partition("flash=")[2]


async def grant_of(office):
    async with connect(office.parts.engine) as conn:
        day = local_date(office.clock.now)
        return await Exemptions(office.parts.vault).of_person(conn, PERSON, day)


async def test_verified_death_waits_for_a_second_person(office, head):
    clerk = await office.sign_in()
    await clerk.get("tasks")
    await clerk.post("tasks/1/take")
    answer = await clerk.post("tasks/1/done", result="deceased")
    assert "flash=waits" in answer.location
    assert "结果已提交，等另一位同事复核" in (await clerk.get("tasks")).words
    assert "有 1 个微信会收到提醒" in (await clerk.get(await open_case(clerk))).words
    assert "核实：已去世" in (await head.get("approvals")).words
    assert await decide(head, 1) == "approved"
    assert "没有人订阅提醒" in (await clerk.get(await open_case(clerk))).words
    assert ("console:head", "task.done", "deceased") in await office.audit_entries()
    assert "没有待办" in (await clerk.get("tasks")).words


async def test_declined_death_leaves_the_task_open(office, head):
    clerk = await office.sign_in()
    await clerk.get("tasks")
    await clerk.post("tasks/1/take")
    await clerk.post("tasks/1/done", result="deceased")
    assert await decide(head, 1, "decline") == "declined"
    assert "有 1 个微信会收到提醒" in (await clerk.get(await open_case(clerk))).words
    assert "task_done" in (await clerk.post("tasks/1/done", result="living")).location


async def test_pass_made_after_a_verified_death_overtakes_it(office, head):
    clerk = await office.sign_in()
    await clerk.get("tasks")
    await clerk.post("tasks/1/take")
    await clerk.post("tasks/1/done", result="deceased")
    office.clock.advance(hours=1)
    passed = certification("PASS-LATE", certified_at=office.clock.now)
    async with transaction(office.parts.engine) as conn:
        await add_pass(conn, office.parts.vault, passed, b"later" * 4)
    assert await decide(head, 1) == "overtaken"
    await clerk.sign_in()
    assert "有 1 个微信会收到提醒" in (await clerk.get(await open_case(clerk))).words
    assert "task_done" in (await clerk.post("tasks/1/done", result="living")).location


async def test_ending_an_exemption_waits_for_a_second_person(office, head):
    await ask(office, "grant", until="2026-09-30", words="卧床")
    assert await decide(head, 1) == "approved"
    office.clock.advance(minutes=1)
    await ask(office, "end-grant")
    assert await grant_of(office)
    assert await decide(head, 2) == "approved"
    assert await grant_of(office) is None


async def test_approved_pass_is_dated_on_the_day_the_person_was_seen(office, head):
    office.clock.advance(days=40)
    asked_at = office.clock.now
    await ask(office, "certify", **CERTIFY)
    office.clock.advance(days=30)
    assert await decide(head, 1) == "death_open"
    async with connect(office.parts.engine) as conn:
        made = await Certifications(office.parts.vault).latest(conn, Scheme.EMPLOYEE, *PERSON.document)
    assert made.certified_at.date() == asked_at.date()
    assert f"{made.due_on}" == "2027-06-30"
    assert "2027年6月30日" in (await head.get(await open_case(head))).words
    since_today = f"{office.clock.now.astimezone(SHANGHAI):%Y-%m-%d}"
    assert made.receipt in (await head.post("export", since=since_today, format="csv")).text


async def test_older_pass_approved_after_a_newer_one_is_not_recorded(office, head):
    office.clock.advance(days=40)
    await ask(office, "certify", **CERTIFY)
    office.clock.advance(days=30)
    newer = replace(certification("NEWER-1"), certified_at=office.clock.now)
    async with transaction(office.parts.engine) as conn:
        await add_pass(conn, office.parts.vault, newer, b"newer" * 4)
    assert await decide(head, 1) == "death_open"
    async with connect(office.parts.engine) as conn:
        held = await CaseFile(office.parts.vault, PERSON).passes(conn)
    assert [one.certification.receipt for one in held] == ["NEWER-1", RECEIPT]


async def test_approver_is_told_when_the_person_has_passed_meanwhile(office, head):
    office.clock.advance(days=40)
    desk = await office.sign_in()
    await desk.post(f"{await open_case(desk, NEIGHBOUR.number)}/certify", **CERTIFY)
    newer = certification("NEWER-1", identity=NEIGHBOUR, certified_at=office.clock.now)
    async with transaction(office.parts.engine) as conn:
        await add_pass(conn, office.parts.vault, newer, b"newer" * 4)
    office.clock.advance(days=2)
    assert await decide(head, 1) == "had_passed"
    page = await head.get("approvals?flash=had_passed")
    assert "这个人已经认证过，以那一次的记录为准，这次没有再记" in page.words


async def test_exemption_starts_at_approval_and_ends_on_the_requested_day(office, head):
    await ask(office, "grant", until="2026-09-30", words="卧床")
    office.clock.advance(days=20)
    assert await decide(head, 1) == "approved"
    given = await grant_of(office)
    assert f"{given.until}" == "2026-09-30"
    assert given.granted_at == office.clock.now


async def test_exemption_that_expires_before_approval_is_not_granted(office, head):
    await ask(office, "grant", until="2026-05-20", words="卧床")
    office.clock.advance(days=17)
    assert await decide(head, 1) == "bad_until"
    async with connect(office.parts.engine) as conn:
        in_force = Exemptions(office.parts.vault).is_in_force
        assert not await in_force(conn, ExemptionKind.PASSIVE, PERSON, NOW.date())


async def test_older_request_does_not_restore_an_exemption(office, head):
    await ask(office, "grant", until="2026-09-30", words="卧床")
    office.clock.advance(minutes=1)
    await ask(office, "grant", until="2026-10-31", words="卧床")
    await ask(office, "end-grant")
    assert await decide(head, 2) == "approved"
    assert await decide(head, 3) == "overtaken"
    assert await decide(head, 1) == "overtaken"
    assert f"{(await grant_of(office)).until}" == "2026-10-31"


async def test_approved_death_is_dated_on_the_day_it_was_requested(office, head):
    await ask(office, "death", sure="yes")
    day = local_date(office.clock.now)
    office.clock.advance(days=9)
    assert await decide(head, 1) == "approved"
    async with connect(office.parts.engine) as conn:
        work = office.parts.work_of("head")
        [row] = await work.registered(conn, PERSON.id_type, PERSON.number)
    assert row.death_reported == day


async def test_database_edit_does_not_reopen_a_decided_approval(office, head):
    await ask(office, "grant", until="2026-09-30", words="卧床")
    assert await decide(head, 1) == "approved"
    async with transaction(office.parts.engine) as conn:
        await conn.exec_driver_sql("UPDATE console_approvals SET decided_by = NULL, decided_at = NULL")
    assert "记录已损坏" in (await head.get("approvals")).words
    assert await decide(head, 1) == "damaged_act"
    assert await decide(head, 1) == "damaged_act"  # it still waits: another machine's keys may open it


async def test_damaged_request_can_be_declined_and_others_approved(office, head):
    await ask(office, "grant", until="2026-09-30", words="卧床")
    await ask(office, "certify", **CERTIFY)
    async with transaction(office.parts.engine) as conn:
        broken = update(console_approvals).where(console_approvals.c.id == 1)
        await conn.execute(broken.values(act=b"\x01\x02\x03"))
    page = await head.get("approvals")
    assert "记录已损坏" in page.words
    assert "登记已见到本人" in page.words
    assert await decide(head, 1, "decline") == "declined"
    assert await decide(head, 2) == "death_open"


@pytest.mark.parametrize("act", ["seen-at-home", "death-found"])
async def test_acts_that_end_a_task_are_not_available_on_the_case_page(head, act):
    path = await open_case(head)
    assert (await head.post(f"{path}/{act}", sure="yes", grounds="document")).status == 404


async def with_task_of_next_year(office):
    """Let the person's pass expire and a clerk take a task of theirs; return the clerk's desk."""
    office.clock.advance(days=360)
    await office.add_tasks((TaskKind.FAILED_OFTEN, PERSON))
    clerk = await office.sign_in()
    await clerk.get("tasks")
    await clerk.post("tasks/2/take")
    return clerk


@pytest.mark.parametrize("result", ["not_reached", "moved", "certified"])
async def test_abandoning_a_task_needs_approval_while_the_person_has_no_pass(office, head, result):
    clerk = await with_task_of_next_year(office)
    assert "flash=waits" in (await clerk.post("tasks/2/done", result=result)).location
    assert await decide(head, 1) == "approved"
    assert ("console:head", "task.done", result) in await office.audit_entries()


async def test_notice_of_a_declined_act_stays_after_another_task_is_abandoned(office, head):
    clerk = await with_task_of_next_year(office)
    await clerk.post("tasks/2/done", result="not_reached")
    assert await decide(head, 1, "decline") == "declined"
    await office.add_tasks((TaskKind.ASSIST, PERSON))
    await clerk.get("tasks")
    await clerk.post("tasks/3/take")
    assert "flash=waits" in (await clerk.post("tasks/3/done", result="moved")).location
    assert await decide(head, 2) == "approved"
    assert "您提交的，有 1 件没有办成" in (await clerk.get()).words


async def test_settled_task_needs_no_approval(office):
    clerk = await with_task_of_next_year(office)
    assert "task_done" in (await clerk.post("tasks/2/done", result="settled")).location


async def test_act_of_an_unknown_kind_keeps_waiting(office, head):
    async with transaction(office.parts.engine) as conn:
        await Approvals(office.parts.vault).ask(conn, '{"kind": "of-tomorrow"}', "li", office.clock.now)
    assert "记录已损坏" in (await head.get("approvals")).words
    assert await decide(head, 1) == "damaged_act"
    assert "记录已损坏" in (await head.get("approvals")).words
