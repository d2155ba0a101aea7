"""Who certifies, and who approves it, read that the person was reported dead, before anything is done."""

import re

import pytest

from bot.office.case_acts import ActKind, CaseAct, to_json
from dialogs.local_time import local_date
from storage.console.accounts import Role
from storage.console.approvals import Approvals
from storage.database import transaction
from storage.records.tasks import TaskKind
from tests.support.console.people import CERTIFY, NEIGHBOUR, open_case, put_people
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

WARNING = "有人报告过这个人去世，还没有核实"


@pytest.fixture
async def office(strict_office):
    await put_people(strict_office.parts)
    strict_office.clock.advance(days=350)
    return strict_office


async def report_death(office, *people):
    await office.add_tasks(*((TaskKind.DEATH, person) for person in people))


async def test_waiting_certification_is_marked_until_the_death_report_is_settled(office):
    desk = await office.sign_in()
    await desk.post(f"{await open_case(desk)}/certify", **CERTIFY)
    head = await office.sign_in("head", Role.SUPERVISOR)
    assert WARNING not in (await head.get("approvals")).words
    await report_death(office, NEIGHBOUR)
    assert WARNING not in (await head.get("approvals")).words
    assert WARNING not in (await desk.get(await open_case(desk))).words
    await report_death(office, PERSON)
    assert (await head.get("approvals")).words.count(WARNING) == 1
    assert (await desk.get(await open_case(desk))).words.count(WARNING) == 1
    await head.post("tasks/2/take")
    await head.post("tasks/2/done", result="living")
    assert WARNING not in (await head.get("approvals")).words


async def test_so_is_whatever_else_may_let_a_pension_go_on(office):
    await report_death(office, PERSON)
    async with transaction(office.parts.engine) as conn:
        for kind in ActKind:
            act = CaseAct(kind, PERSON, until=local_date(NOW))
            await Approvals(office.parts.vault).ask(conn, to_json(act), "li", NOW)
    head = await office.sign_in("head", Role.SUPERVISOR)
    goes_on = ("登记已见到本人", "免动作", "上门见到本人", "登记照片", "办结待办，还没有认证")
    page = await head.get("approvals")
    marked = {re.search("<b>(.*?)</b>", card)[1] for card in page.text.split("<li") if WARNING in card}
    assert marked == set(goes_on)
