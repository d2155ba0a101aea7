"""Everything the console refuses is shown to the user and recorded under their account."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.console.access.session_keeper import SessionKeeper
from bot.console.access.sign_in import SignIn, SignInRefusal, StageReached
from bot.console.person import photo_routes
from dialogs.values import Identity, IdType
from storage.console.accounts import Role
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.records.tasks import TaskKind, Tasks
from tests.support.console.clerk_browser import FIREFOX, PASSWORD, serve_office
from tests.support.console.clerk_chats import ask_for_clerk, office_with_chats, take_first_chat
from tests.support.console.people import NEIGHBOUR, OTHER_RECEIPT, open_case, plan_visit, put_people
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import NOW, PERSON, beneficiary

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

WICKED = Identity("<script>alert(1)</script>", IdType.PASSPORT, "E9999999")
DAY = f"{NOW + timedelta(days=1):%Y-%m-%d}"


async def with_people(office):
    await put_people(office.parts)
    wicked = replace(beneficiary(), identity=WICKED)
    async with transaction(office.parts.engine) as conn:
        await Beneficiaries(office.parts.vault).put(conn, [wicked], NOW)
        wanted = [(TaskKind.FAILED_OFTEN, PERSON), (TaskKind.HOME_VISIT, WICKED)]
        await Tasks(office.parts.vault).add(conn, wanted, NOW)
    return office


@pytest.fixture
async def office(office):
    return await with_people(office)


@pytest.fixture
async def strict_office(strict_office):
    return await with_people(strict_office)


async def test_foreign_tokens_origins_and_content_types_are_recorded(office):
    page = await (await office.sign_in("wang", Role.SUPERVISOR)).get()
    desk = await office.sign_in()
    assert (await desk.post("sign-out", csrf=page.csrf)).status == 403
    evil = {"Origin": "https://evil.example"}
    assert (await desk.post("sign-in", evil, name="li", password="x")).status == 403
    assert (await desk.send("sign-in", b"{}", **{"Content-Type": "application/json"})).status == 400
    assert await office.refusals() == [("console:li", "csrf"), ("console", "origin"), ("console", "form")]


async def test_code_for_a_session_that_has_ended_is_refused_and_recorded(office):
    desk, keeper = await office.add_account("li", Role.CLERK), SessionKeeper(office.parts)
    sign_in = SignIn(office.parts, keeper)
    reached = await sign_in.with_password("li", PASSWORD, FIREFOX)
    pending = await keeper.find(reached.token, FIREFOX)
    assert isinstance(await sign_in.with_code(pending, await desk.code(), FIREFOX), StageReached)
    office.clock.advance(seconds=30)
    assert await sign_in.with_code(pending, await desk.code(), FIREFOX) is SignInRefusal.SESSION_OVER
    assert await office.refusals() == [("console:li", "session over")]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("approvals/photos/99", "missing photo 99"),
        ("loading/99/rejected.csv", "missing rejected load 99"),
        ("loading/99/missing.xlsx", "missing missing load 99"),
        ("person/1", "missing case"),
    ],
)
async def test_guessed_ids_are_not_found_and_recorded(office, path, detail):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    assert (await desk.get(path)).status == 404
    assert await office.refusals() == [("console:li", detail)]


async def test_guessed_task_id_is_refused_and_recorded(office):
    desk = await office.sign_in()
    await desk.get("tasks")
    assert (await desk.post("tasks/99/case")).status == 404
    assert "not_yours" in (await desk.post("tasks/99/done", result="settled")).location
    assert "not_yours" in await plan_visit(desk, 99, day=DAY, visitor="li")
    assert [detail for _, detail in await office.refusals()] == [
        "missing task 99",
        "not_yours task 99",
        "not_yours visit 99",
    ]


async def test_guessed_chat_ids_and_a_colleague_s_chat_are_refused_and_recorded(engine, vault):
    async with office_with_chats(engine, vault) as office:
        await ask_for_clerk(office.chats)
        await take_first_chat(office, "zhou")
        desk = await office.sign_in()
        for path in ("talks/99", "talks/99/now", "talks/1/now"):
            assert (await desk.get(path)).status == 404
        assert (await desk.get("talks/1")).status == 303
        details = [detail for _, detail in await office.refusals()]
        assert details == ["missing talk 99", "missing talk 99", "missing talk 1", "another's chat talk 1"]


async def test_acts_on_a_colleague_s_task_are_refused_and_recorded(office):
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await one.get("tasks")
    await two.get("tasks")
    await one.post("tasks/1/take")
    assert "taken_by_other" in (await two.post("tasks/1/take")).location
    for act in ("done", "hand-on"):
        assert "not_yours" in (await two.post(f"tasks/1/{act}", result="settled", to="one")).location
    assert await office.refusals() == [
        ("console:two", "taken_by_other task 1"),
        ("console:two", "not_yours task 1"),
        ("console:two", "not_yours task 1"),
    ]


async def test_result_for_a_colleague_s_visit_is_refused_and_recorded(office):
    one, two = await office.sign_in("one"), await office.sign_in("two")
    await one.get("tasks")
    await plan_visit(one, 2, day=DAY, visitor="one")
    await two.get("visits")
    seen = {"result": "seen", "grounds": "document", "day": DAY}
    assert "not_yours" in (await two.post("visits/2/result", **seen)).location
    assert await office.refusals() == [("console:two", "not_yours visit 2")]


async def test_own_and_repeated_approvals_are_refused_and_recorded(strict_office):
    office, certify = strict_office, {"scheme": "employee", "channel": "counter", "grounds": "document"}
    office.clock.advance(days=300)
    desk = await office.sign_in(role=Role.SUPERVISOR)
    await desk.post(f"{await open_case(desk)}/certify", **certify)
    head = await office.sign_in("head", Role.SUPERVISOR)
    await head.get("approvals")
    assert "not_open" in (await desk.post("approvals/1/approve")).location
    assert "approved" in (await head.post("approvals/1/approve")).location
    assert "not_open" in (await head.post("approvals/1/decline")).location
    assert await office.refusals() == [
        ("console:li", "not_open approval 1"),
        ("console:head", "not_open approval 1"),
    ]


async def test_search_without_reason_and_foreign_receipt_are_refused_and_recorded(office):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    await desk.get("person")
    await desk.post("person", number=NEIGHBOUR.number, reason="curiosity")
    path = await open_case(desk)
    answer = await desk.post(f"{path}/revoke", receipt=OTHER_RECEIPT, words="x")
    assert "没有可以办理的内容" in answer.words
    assert await office.refusals() == [("console:li", "no_reason"), ("console:li", "nothing revoke")]


async def test_too_large_photo_is_refused_and_recorded(engine, vault, monkeypatch):
    monkeypatch.setattr(photo_routes, "MOST_BYTES", 1000)
    async with serve_office(engine, vault, pool=object()) as office:
        await put_people(office.parts)
        desk = await office.sign_in()
        path = await open_case(desk)
        answer = await desk.upload(f"{path}/photo", b"0" * 2000, name="a.jpg")
        assert "photo_too_large" in answer.location
        assert await office.refusals() == [("console:li", "photo_too_large")]


async def test_markup_in_a_name_is_escaped_on_every_page(strict_office):
    office = strict_office
    desk = await office.sign_in("wang", Role.SUPERVISOR)
    await desk.get("tasks")
    await plan_visit(desk, 2, day=DAY, visitor="wang")
    case = await open_case(desk, WICKED.number)
    await desk.post(f"{case}/certify", scheme="employee", channel="counter", grounds="document")
    for path in (case, "tasks", f"visits?day={DAY}", "approvals"):
        page = await desk.get(path)
        assert (page.status, "<script>" in page.text) == (200, False)
    assert "&lt;script&gt;" in (await desk.get(f"visits?day={DAY}")).text
    assert ("console:wang", "case.opened", "call") in await office.audit_entries()
    assert "script" not in str(await office.audit_entries())
