"""Console rows edited by somebody without the keys give no access, and lists still open."""

import io
import json
import logging

import pytest
from sqlalchemy import delete, select, update

from bot.runtime.logs import log_handler
from storage.audit_trail.comparison import findings
from storage.console.accounts import Role
from storage.database import connect, transaction
from storage.records.tasks import TaskKind, Tasks
from storage.schema.captures import captures
from storage.schema.columns import stored_context
from storage.schema.console import console_accounts, console_looks, console_sessions
from storage.schema.office import tasks
from storage.schema.people import subscriptions
from tests.support.console.clerk_browser import CHEAP, FIRST, PASSWORD
from tests.support.console.people import NEIGHBOUR, open_case, put_people
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite


async def edit(office, statement):
    async with transaction(office.parts.engine) as conn:
        await conn.execute(statement)


async def damage_found(office):
    async with connect(office.parts.engine) as conn:
        return [one async for one in findings(conn, office.parts.vault)]


def row_of(name):
    return update(console_accounts).where(console_accounts.c.name == name)


@pytest.mark.parametrize(
    "change", [{"role": "admin"}, {"role": "root"}, {"name": "boss"}, {"is_new": True}], ids=str
)
async def test_edited_account_row_cannot_sign_in(office, change):
    desk = await office.sign_in("li", Role.VIEWER)
    await edit(office, row_of("li").values(change))
    assert (await desk.get()).location == "/admin/sign-in"
    desk.name = change.get("name", "li")
    await desk.get("sign-in")
    assert (await desk.post("sign-in", name=desk.name, password=PASSWORD)).status == 403
    assert "console_accounts: 1 rows have values that do not open" in await damage_found(office)


async def test_password_hash_written_into_an_account_row_does_not_sign_in(office):
    await office.add_account("boss", Role.ADMIN)
    known = await CHEAP.hash(FIRST)
    await edit(office, row_of("boss").values(password_hash=known, is_new=True))
    desk = await office.add_account("li", Role.VIEWER)
    await desk.get("sign-in")
    assert (await desk.post("sign-in", name="boss", password=FIRST)).status == 403


async def test_disabled_account_stays_disabled_after_a_database_edit(office):
    boss, desk = await office.sign_in("boss", Role.ADMIN), await office.add_account("li", Role.CLERK)
    await boss.get("accounts")
    await boss.post("accounts/disable", name="li")
    assert await damage_found(office) == []
    await edit(office, row_of("li").values(disabled_at=None))
    assert (await desk.sign_in()).status == 403


async def test_restored_account_row_contradicts_the_audit_trail(office):
    boss = await office.sign_in("boss", Role.ADMIN)
    await office.add_account("li", Role.CLERK)
    async with connect(office.parts.engine) as conn:
        before = (await conn.execute(select(console_accounts).where(console_accounts.c.name == "li"))).one()
    await boss.get("accounts")
    await boss.post("accounts/disable", name="li")
    assert await damage_found(office) == []
    await edit(office, row_of("li").values(before._asdict()))
    assert await damage_found(office) == ["account li: disabled in the trail, and is not"]
    office.clock.advance(minutes=1)
    await boss.post("accounts/disable", name="li")
    await boss.post("accounts/reset", name="li")
    assert await damage_found(office) == []
    await edit(office, delete(console_accounts).where(console_accounts.c.name == "li"))
    assert await damage_found(office) == ["account li: in the trail, and gone"]


async def test_edited_session_row_changes_neither_account_nor_stage(office):
    boss, desk = await office.sign_in("boss", Role.ADMIN), await office.sign_in("li", Role.VIEWER)
    account = await office.find_account("boss")
    theirs = console_sessions.c.account_id != account.id
    await edit(office, update(console_sessions).where(theirs).values(account_id=account.id))
    assert (await desk.get("accounts")).location == "/admin/sign-in"
    assert (await boss.get("accounts")).status == 200
    pending = await office.add_account("wang", Role.CLERK)
    await pending.get("sign-in")
    await pending.post("sign-in", name="wang", password=PASSWORD)
    await edit(office, update(console_sessions).values(stage="signed_in"))
    assert (await pending.get()).location == "/admin/sign-in"


async def test_edited_look_row_does_not_prolong_an_opened_case(office):
    await put_people(office.parts)
    desk = await office.sign_in()
    path = await open_case(desk)
    office.clock.advance(minutes=31)
    await desk.sign_in()
    await edit(office, update(console_looks).values(looked_at=office.clock.now))
    assert (await desk.get(path)).status == 404


async def test_damaged_account_is_listed_and_can_be_disabled(office):
    boss = await office.sign_in("boss", Role.ADMIN)
    await office.add_account("li", Role.CLERK)
    await edit(office, row_of("li").values(totp_secret=b"\x01\x02"))
    page = await boss.get("accounts")
    assert "boss · 账号管理" in page.words
    assert "li 记录已损坏，不能登录" in page.words
    assert "nobody_there" in (await boss.post("accounts/reset", name="li")).location
    assert "disabled_now" in (await boss.post("accounts/disable", name="li")).location
    assert "li 已停用" in (await boss.get("accounts")).words
    auditor, clerk = await office.sign_in("qian", Role.AUDITOR), await office.sign_in("sun")
    assert "li" in (await auditor.get("audit")).words
    assert (await clerk.get("tasks")).status == 200


@pytest.mark.parametrize(
    "wrong", [b"\x01\x02k1", b"\x01\x03zzz\x00", b""], ids=["cut", "unknown key", "empty"]
)
async def test_damaged_task_is_listed_and_can_be_ended(office, wrong):
    await put_people(office.parts)
    await office.add_tasks((TaskKind.ASSIST, PERSON), (TaskKind.ASSIST, NEIGHBOUR))
    await edit(office, update(tasks).where(tasks.c.id == 1).values(person=wrong))
    await edit(office, update(subscriptions).values(identity=wrong))
    await edit(office, update(captures).values(request=wrong))
    desk = await office.sign_in()
    page = await desk.get("tasks")
    assert "编号 1 记录已损坏" in page.words
    assert "编号 2" in page.words
    assert "记录已损坏" in (await desk.get("tasks.csv")).text
    assert (await desk.post("tasks/1/case")).status == 404
    await desk.post("tasks/1/take")
    assert "task_done" in (await desk.post("tasks/1/done", result="settled")).location
    case = await desk.get(await open_case(desk))
    assert (case.status, PERSON.name in case.words) == (200, True)


async def test_unknown_task_kind_breaks_no_page(office):
    await put_people(office.parts)
    await office.add_tasks((TaskKind.ASSIST, PERSON), (TaskKind.FORGET, PERSON))
    await edit(office, update(tasks).where(tasks.c.id == 1).values(kind="of a newer program"))
    desk = await office.sign_in()
    for path in ("", "tasks", await open_case(desk)):
        page = await desk.get(path)
        assert page.status == 200
        assert "撤回人脸同意" in page.words


async def test_task_with_unknown_document_type_is_listed_as_damaged(office):
    await put_people(office.parts)
    async with transaction(office.parts.engine) as conn:
        wanted = [(TaskKind.ASSIST, PERSON), (TaskKind.ASSIST, NEIGHBOUR)]
        await Tasks(office.parts.vault).add(conn, wanted, NOW)
        row = (await conn.execute(select(tasks).where(tasks.c.id == 1))).one()
    strange = office.parts.vault.seal('["王", "ration_book", "1"]', stored_context(tasks.c.person, row))
    await edit(office, update(tasks).where(tasks.c.id == 1).values(person=strange))
    desk = await office.sign_in()
    page = await desk.get("tasks")
    assert "编号 1 记录已损坏" in page.words
    assert "编号 2" in page.words
    assert (await desk.get("tasks.csv")).status == 200


async def test_console_requests_are_logged_with_distinct_request_ids(office):
    stream, log = io.StringIO(), logging.getLogger("storage.console")
    handler = log_handler("json", stream)
    log.addHandler(handler)
    boss = await office.sign_in("boss", Role.ADMIN)
    await office.add_account("li", Role.CLERK)
    await edit(office, row_of("li").values(role="admin"))
    for _ in range(2):
        await boss.get("accounts")
    log.removeHandler(handler)
    told = [json.loads(line).get("request_id") for line in stream.getvalue().splitlines()]
    assert len(set(told)) == len(told) == 2
    assert all(told)
