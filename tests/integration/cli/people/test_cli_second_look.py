"""Marks of passes for the office: exports by channel and mark, and second-look tasks."""

import json
from datetime import timedelta

import pytest

from dialogs.values import PassMark
from storage.database import transaction
from storage.records.receipts import Receipts
from storage.records.tasks import TaskKind, Tasks
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import MINUTE, NOW, PERSON, certification
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]
pytestmark = pytest.mark.usefixtures("passes")

VAULT = Vault.from_setting(KEY)
MASKED = "欧**试 resident_id 1101**********002X"


@pytest.fixture
async def passes(engine):
    made = [
        certification("R1"),
        certification("R2", channel="video", certified_at=NOW + MINUTE),
        certification("R3", channel="video", mark=PassMark.UNCERTAIN, certified_at=NOW + 2 * MINUTE),
        certification("R4", channel="wechat", certified_at=NOW + 3 * MINUTE),
    ]
    async with transaction(engine) as conn:
        for number, one in enumerate(made):
            await add_pass(conn, VAULT, one, bytes([number]))


@pytest.mark.parametrize(
    ("chosen", "receipts"),
    [
        ((), ["R1", "R2", "R3", "R4"]),
        (("--channel", "video"), ["R2", "R3"]),
        (("--channel", "wechat"), ["R4"]),
        (("--mark", "uncertain"), ["R3"]),
        (("--channel", "face", "--mark", "uncertain"), []),
    ],
)
async def test_export_can_be_filtered_by_channel_and_mark(operator, chosen, receipts):
    ran = await operator.run("certifications", "--json-lines", *chosen)
    assert [json.loads(line)["receipt"] for line in ran.out.splitlines()] == receipts


async def test_export_of_revoked_passes_can_be_filtered_by_mark(operator, engine):
    async with transaction(engine) as conn:
        for receipt in ("R1", "R3"):
            assert await Receipts(VAULT).revoke(conn, receipt, "why", NOW)
    ran = await operator.run("certifications", "--json-lines", "--revoked", "--mark", "uncertain")
    assert [json.loads(line)["receipt"] for line in ran.out.splitlines()] == ["R3"]


async def test_second_look_task_is_listed_masked_and_shows_the_newest_pass(operator, engine):
    async with transaction(engine) as conn:
        await Tasks(VAULT).add(conn, [(TaskKind.SECOND_LOOK, PERSON), (TaskKind.FAILED_OFTEN, PERSON)], NOW)
    listed = await operator.run("tasks", "list", "--kind", "second_look")
    assert listed.out == f"1 second_look {MASKED} since 2026-05-04 17:30\n"
    shown = (await operator.run("tasks", "show", "1")).out.splitlines()
    assert shown[1:] == ["R4 employee wechat sure 2026-05-04 17:33"]
    shown = (await operator.run("tasks", "show", "2")).out.splitlines()
    assert shown[1:] == ["certified since: 2026-05-04 employee"]
    assert (await operator.run("tasks", "done", "1")).out == "1: done\n"


async def test_task_list_marks_people_certified_since_the_task_was_opened(operator, engine):
    async with transaction(engine) as conn:
        await Tasks(VAULT).add(conn, [(TaskKind.HOME_VISIT, PERSON)], NOW - MINUTE)
        await Tasks(VAULT).add(conn, [(TaskKind.ASSIST, PERSON)], NOW + timedelta(days=1))
    told = "; certified since: 2026-05-04 employee"
    listed = (await operator.run("tasks", "list")).out.splitlines()
    assert [line.endswith(told) for line in listed] == [True, False]
    assert (await operator.run("tasks", "show", "1")).out.splitlines()[1:] == [told.removeprefix("; ")]
    assert len((await operator.run("tasks", "show", "2")).out.splitlines()) == 1
