"""What a clerk has filled in for an act that was not carried out is in the form of the page that says why."""

import re
from html import unescape
from unittest.mock import AsyncMock

import pytest

from bot.console.access.session_keeper import SessionKeeper
from bot.office.case_work import CaseWork
from storage.console.accounts import Role
from storage.errors import StorageUnavailable
from tests.support.console.people import CERTIFY, RECEIPT, open_case, open_case_twice
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

WORDS = '卧床，"邻居" <作证>'
OUTDATED = "您打开这一页以后，这个人的情况变了"
NOT_SENT = "您填的没有提交，还要用请先复制："


@pytest.fixture
async def office(office):
    office.clock.advance(days=40)
    return office


def filled(page, act):
    """Return the fields of an act's unfolded form as the page has filled them in; None for a folded one."""
    form = re.search(
        rf'<details open>(?:(?!<details).)*?action="[^"]*/{act}".*?</form>', page.text, re.DOTALL
    )
    if form is None:
        return None
    inputs = re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', form[0])
    chosen = re.findall(r'<select name="(\w+)".*?<option(?: value="(\w*)")? selected>(\w*)', form[0])
    given = {name: unescape(value) for name, value in inputs} | {name: a or b for name, a, b in chosen}
    return {name: value for name, value in given.items() if value and name not in {"csrf", "seen"}}


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("grant", {"until": "2026-12-31", "words": WORDS}),
        ("revoke", {"receipt": RECEIPT, "words": WORDS}),
        ("certify", CERTIFY | {"channel": "home_visit"}),
        ("visit", {"day": "2026-07-01", "visitor": "one"}),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
async def test_form_of_an_outdated_page_is_filled_in_again_and_can_be_sent(office, act, fields):
    (one, here), (two, there) = await open_case_twice(office)
    await one.post(f"{here}/forget", sure="yes")
    answer = await two.post(f"{there}/{act}", **fields)
    assert (answer.status, answer.location) == (409, "")
    assert OUTDATED in answer.words
    assert filled(answer, act) == fields
    assert answer.text.count("<details open>") == 1
    sent = await two.post(f"{there}/{act}", **filled(answer, act))
    assert sent.location.partition("flash=")[2] in {"done", "visit_planned"}
    assert "卧床" not in str(await office.audit_entries())


@pytest.mark.parametrize(
    ("act", "fields", "says"),
    [
        ("grant", {"until": "2028-01-01", "words": WORDS}, "日期要在今天之后"),
        ("grant", {"until": "", "words": WORDS}, "日期要在今天之后"),
        ("grant", {"until": "2026-12-31", "words": " "}, "还有没填的"),
        ("visit", {"day": "2028-01-01", "visitor": "two"}, "请选今天或以后的日子"),
        ("certify", CERTIFY | {"grounds": ""}, "还有没填的"),
    ],
)
async def test_form_with_a_faulty_field_is_filled_in_again(office, act, fields, says):
    (_, _), (desk, path) = await open_case_twice(office)
    answer = await desk.post(f"{path}/{act}", **fields)
    assert (answer.status, answer.location) == (409, "")
    assert says in answer.words
    assert filled(answer, act) == {name: value for name, value in fields.items() if value}


async def test_reason_for_a_pass_that_was_revoked_meanwhile_is_given_back(office):
    (one, here), (two, there) = await open_case_twice(office)
    await one.post(f"{here}/revoke", receipt=RECEIPT, words="认错人")
    answer = await two.post(f"{there}/revoke", receipt=RECEIPT, words=WORDS)
    assert OUTDATED in answer.words
    assert filled(answer, "revoke") is None
    given_back = re.search(r"<textarea[^>]* readonly>([^<]*)</textarea>", answer.text)
    assert unescape(given_back[1]) == WORDS
    assert NOT_SENT in answer.words


async def test_reason_is_given_back_in_the_console_s_frame_if_the_database_fails(office, monkeypatch):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    path = await open_case(desk)

    away = StorageUnavailable("OperationalError")
    monkeypatch.setattr(CaseWork, "grant", AsyncMock(side_effect=away))
    answer = await desk.post(f"{path}/grant", until="2026-12-31", words=WORDS)
    assert answer.status == 503
    assert f"系统繁忙，请稍后再试。 {NOT_SENT} {WORDS}" in unescape(answer.words)
    assert 'id="session"' in answer.text  # whose bar covers the words once the session is over


async def test_reason_is_given_back_if_the_database_fails_before_the_session_is_found(office, monkeypatch):
    desk = await office.sign_in(role=Role.SUPERVISOR)
    path = await open_case(desk)
    monkeypatch.setattr(SessionKeeper, "find", AsyncMock(side_effect=StorageUnavailable("OperationalError")))
    answer = await desk.post(f"{path}/grant", until="2026-12-31", words=WORDS)
    assert answer.status == 503
    assert f"系统繁忙，请稍后再试。 {NOT_SENT} {WORDS}" in unescape(answer.words)
    strange = await desk.post(f"{path}/grant", {"Origin": "https://elsewhere.example"}, words=WORDS)
    assert strange.status == 503
    assert WORDS not in unescape(strange.words)


async def test_second_click_on_a_revocation_gives_nothing_back(office):
    (_, _), (desk, path) = await open_case_twice(office)
    clicks = [await desk.post(f"{path}/revoke", receipt=RECEIPT, words=f" {WORDS}") for _ in range(2)]
    assert "flash=done" in clicks[0].location
    assert OUTDATED in clicks[1].words
    assert NOT_SENT not in clicks[1].words


async def test_confirmation_is_asked_again(office):
    (one, here), (two, there) = await open_case_twice(office)
    await one.post(f"{here}/forget", sure="yes")
    page = await two.get((await two.post(f"{there}/death", sure="yes")).location)
    assert OUTDATED in page.words
    assert "checked" not in page.text
