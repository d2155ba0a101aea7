"""Who has certified since a task was opened is not travelled to in vain: wherever a clerk sees the task."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from dialogs.values import Identity, IdType, Scheme
from storage.console import passes_since
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.receipts import Receipts
from storage.records.tasks import TaskKind, Tasks
from tests.support.console.people import open_case, plan_visit
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, beneficiary, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]

LATER = NOW + timedelta(days=3)
SINCE = "后来认证过了：2026年5月7日（企业职工养老保险）"
TOLD = (TaskKind.HOME_VISIT, TaskKind.ASSIST, TaskKind.FAILED_OFTEN, TaskKind.NO_PHOTO, TaskKind.DEATH)
UNTOLD = (TaskKind.FORGET, TaskKind.SECOND_LOOK)


async def passed(office, receipt="R2", **changes):
    """Record a pass by face, by default three days after the tasks were opened."""
    made = certification(receipt, **({"certified_at": LATER, "agent": None} | changes))
    async with transaction(office.parts.engine) as conn:
        assert await add_pass(conn, office.parts.vault, made, receipt.encode())


@pytest.fixture
async def office(office):
    async with transaction(office.parts.engine) as conn:
        await Beneficiaries(office.parts.vault).put(conn, [beneficiary()], NOW)
        await Tasks(office.parts.vault).add(conn, [(kind, PERSON) for kind in (*TOLD, *UNTOLD)], NOW)
    await passed(office, "R1", certified_at=NOW - timedelta(days=1))
    office.clock.advance(days=4)
    return office


async def test_list_and_file_show_the_later_pass_and_the_task_stays_open(office):
    desk = await office.sign_in()
    assert "后来认证过了" not in (await desk.get("tasks")).words
    await passed(office)
    for kind in (*TOLD, *UNTOLD):
        words = (await desk.get(f"tasks?kind={kind}")).words
        assert (SINCE in words) is (kind in TOLD), kind
        assert "查看此人" in words
    rows = list(csv.reader(io.StringIO((await desk.get("tasks.csv")).text.lstrip("\ufeff"))))
    assert rows[0][-1] == "后来认证过了"
    assert [row[-1] for row in rows[1:]] == [SINCE] * len(TOLD) + [""] * len(UNTOLD)


@on_sqlite
async def test_so_do_the_day_s_visits_and_the_case(office):
    desk, day = await office.sign_in(), "2026-05-09"
    await desk.get("tasks")
    assert "visit_planned" in await plan_visit(desk, 1, day=day, visitor="li")
    assert SINCE not in (await desk.get(f"visits?day={day}")).words
    await passed(office)
    listed = await desk.get(f"visits?day={day}")
    assert SINCE in listed.words
    assert "到“待办”里办结为“已处理”" in listed.words
    link = re.search(r'"/admin/(tasks[^"#]*)#task-1"', listed.text)[1].replace("&amp;", "&")
    assert 'id="task-1"' in (await desk.get(link)).text
    case = (await desk.get(await open_case(desk))).words
    assert case.count(SINCE) == len(TOLD)
    await desk.post("visits/1/result", result="seen", grounds="document", day=day)
    assert SINCE not in (await desk.get(f"visits?day={day}")).words  # it is over


@on_sqlite
async def test_revoked_pass_and_another_person_s_pass_are_not_shown(office):
    stranger = Identity("邻居·王", IdType.PASSPORT, "E7654321")
    await passed(office, "R3", identity=stranger)
    await passed(office)
    async with transaction(office.parts.engine) as conn:
        await Receipts(office.parts.vault).revoke(conn, "R2", "why", LATER)
    desk = await office.sign_in()
    assert "后来认证过了" not in (await desk.get("tasks")).words
    assert "后来认证过了" not in (await desk.get(await open_case(desk))).words


@on_sqlite
async def test_each_scheme_is_named_once_with_its_newest_day(office):
    async with transaction(office.parts.engine) as conn:
        both = replace(beneficiary(), scheme=Scheme.RESIDENT)
        await Beneficiaries(office.parts.vault).put(conn, [both], NOW)
    await passed(office, "R2", certified_at=NOW + timedelta(days=2))
    await passed(office, "R3")
    await passed(office, "R4", scheme=Scheme.RESIDENT, certified_at=NOW + timedelta(days=1))
    desk = await office.sign_in()
    told = f"{SINCE} 后来认证过了：2026年5月5日（城乡居民养老保险）"
    assert told in (await desk.get("tasks?kind=home_visit")).words.replace(" · ", " ")


@on_sqlite
async def test_long_list_looks_up_many_people_in_one_query(office, monkeypatch):
    monkeypatch.setattr(passes_since, "_AT_ONCE", 20)
    people = [Identity("欧阳桂兰", IdType.PASSPORT, f"E12345{number:03}") for number in range(35)]
    async with transaction(office.parts.engine) as conn:
        await Tasks(office.parts.vault).add(conn, [(TaskKind.ASSIST, one) for one in people], NOW)
    await passed(office, identity=people[-1])
    desk, asked = await office.sign_in(), []

    @event.listens_for(office.parts.engine.sync_engine, "before_cursor_execute")
    def count(*seen):
        asked.append("FROM certifications" in seen[2])

    assert (await desk.get("tasks")).words.count("后来认证过了：2026") == 1
    assert sum(asked) == 2
