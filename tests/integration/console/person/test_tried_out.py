"""今天可以再试 is refused once a face has failed too often for it to be a mistake."""

import hashlib
from datetime import timedelta

import pytest

from bot.cli.operator import context
from dialogs.rules.failure_limit import MOST_CLEARED
from dialogs.values import CaptureOutcome, CaptureReason
from storage.database import transaction
from storage.records.captures import Captures
from storage.records.tasks import TaskKind, Tasks
from storage.sealing.vault import Vault
from tests.support.console.people import open_case
from tests.support.storage.data_keys import KEY
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, REQUEST

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = on_sqlite


async def fail(office, times):
    await fail_at(office.parts.engine, office.parts.vault, times, office.clock.now)


async def fail_at(engine, vault, times, now):
    captures = Captures(vault)
    async with transaction(engine) as conn:
        for number in range(times):
            key = hashlib.sha256(f"{now} {number}".encode()).digest()
            await captures.open(conn, key, "anna", REQUEST, now, now + timedelta(minutes=30))
            await captures.finish(conn, key, CaptureOutcome.FAILED, CaptureReason.MISMATCH, now)


async def told(desk):
    return (await desk.get((await desk.post(f"{await open_case(desk)}/forgive")).location)).words


async def test_fifteen_failures_in_a_day_cannot_be_forgiven(office):
    desk = await office.sign_in()
    await fail(office, MOST_CLEARED - 2)  # one more is in their history
    assert "已办理" in await told(desk)
    office.clock.advance(seconds=1)
    await fail(office, 1)
    assert "今天失败的次数太多，不能再放行" in await told(desk)
    assert len(await office.audit_entries("tries.forgiven")) == 1
    assert ("console:li", "tried_out forgive") in await office.refusals()


@pytest.mark.parametrize(
    ("times", "told"),
    [
        pytest.param(3, "已办结。", id="cleared"),
        pytest.param(MOST_CLEARED, "已办结。这个人今天失败的次数太多，办结也不能再放行。", id="too many"),
    ],
)
async def test_ending_a_failures_task_that_clears_none_says_so(office, times, told):
    await office.add_tasks((TaskKind.FAILED_OFTEN, PERSON), (TaskKind.ASSIST, PERSON))
    await fail(office, times)
    desk = await office.sign_in()
    await desk.get("tasks")
    for number, sentence in ((2, "已办结。"), (1, told)):
        await desk.post(f"tasks/{number}/take")
        answer = await desk.post(f"tasks/{number}/done", result="settled")
        page = await desk.get(answer.location.partition("#")[0])
        assert f"编号 {number} · {sentence} 事项" in page.words.replace("请改用柜台、上门，或明天再刷。", "")
        assert '<p class="fine"' in page.text
    assert await office.refusals() == []


@pytest.mark.parametrize(
    ("times", "told"),
    [
        pytest.param(MOST_CLEARED - 1, "1: done\n", id="cleared"),
        pytest.param(MOST_CLEARED, "1: done; no try is cleared", id="too many"),
    ],
)
async def test_so_is_who_ends_it_by_a_command(operator, engine, monkeypatch, times, told):
    monkeypatch.setattr(context, "system_clock", lambda: NOW)
    vault = Vault.from_setting(KEY)
    async with transaction(engine) as conn:
        await Tasks(vault).add(conn, [(TaskKind.FAILED_OFTEN, PERSON), (TaskKind.ASSIST, PERSON)], NOW)
    await fail_at(engine, vault, times, NOW)
    assert (await operator.run("tasks", "done", "1")).out.startswith(told)
    assert (await operator.run("tasks", "done", "2")).out == "2: done\n"
