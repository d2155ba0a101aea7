"""An open page learns when its session ends; only a person's own click prolongs it."""

import json
import re

import pytest

from storage.console.accounts import Role
from tests.support.console.clerk_browser import OTHER_BROWSER
from tests.support.console.people import RECEIPT, open_case, put_people
from tests.support.storage.database_kinds import on_sqlite

pytest_plugins = ["tests.support.storage.databases"]
pytestmark = on_sqlite

HALF_AN_HOUR = 1800


async def left(answer):
    """Return how long the session still is, and whether a click would prolong it."""
    told = json.loads(answer.text)
    return told["left"], told["prolongs"]


async def test_page_states_how_long_its_session_lasts(office):
    desk = await office.sign_in()
    page = await desk.get("tasks")
    assert re.search(r'data-left="(\d+)"', page.text)[1] == str(HALF_AN_HOUR)
    assert 'data-left="' not in (await desk.get("sign-in")).text


async def test_only_staying_prolongs_the_session(office):
    desk = await office.sign_in()
    await desk.get("tasks")
    office.clock.advance(minutes=29)
    assert await left(await desk.get("session")) == (60, True)
    assert json.loads((await desk.get("session")).text)["account"] == "li"
    assert (await desk.post("session", csrf="")).status == 403
    assert await left(await desk.post("session")) == (HALF_AN_HOUR, True)
    office.clock.advance(minutes=29)
    assert await left(await desk.get("session")) == (60, True)
    office.clock.advance(minutes=2)
    assert (await desk.get("session")).location == "/admin/sign-in"


@pytest.mark.parametrize(("asked", "is_use"), [("session", False), ("talks/waiting", False), ("tasks", True)])
async def test_end_of_a_session_is_recorded_only_if_somebody_uses_it(office, asked, is_use):
    desk = await office.sign_in()
    office.clock.advance(minutes=31)
    assert (await desk.get(asked)).location == "/admin/sign-in"
    refused = [detail for _, detail in await office.refusals()]
    assert refused == ["session expired"] * is_use


async def test_token_that_turns_up_in_another_browser_is_recorded_whatever_it_asks(office):
    desk = await office.sign_in()
    desk.browser = OTHER_BROWSER
    assert (await desk.get("session")).location == "/admin/sign-in"
    assert [detail for _, detail in await office.refusals()] == ["session in another browser"]


async def test_no_use_prolongs_a_session_beyond_its_day(office):
    desk = await office.sign_in("wu", Role.VIEWER)
    for _ in range(20):
        office.clock.advance(minutes=29)
        await desk.get()
    office.clock.advance(minutes=19)
    assert await left(await desk.post("session")) == (60, False)


async def test_new_session_of_the_account_has_another_form_token(office):
    desk = await office.sign_in()
    await desk.get("tasks")
    before = desk.csrf
    office.clock.advance(minutes=31)
    assert (await desk.get("session")).location == "/admin/sign-in"
    await desk.sign_in()
    told = json.loads((await desk.get("session")).text)
    assert told["csrf"] != before
    assert (await desk.post("tasks/1/take", csrf=told["csrf"])).status == 303


async def test_sign_in_from_a_page_that_keeps_words_does_not_say_they_are_lost(office):
    desk = await office.sign_in()
    office.clock.advance(minutes=31)
    assert "填了还没提交的都在" in (await desk.get("sign-in?from=page")).words
    assert "要重填" not in (await desk.get("sign-in?from=page")).words
    assert "要重填" in (await desk.get("sign-in")).words


async def test_reason_typed_for_a_closed_case_is_returned(office):
    await put_people(office.parts)
    desk = await office.sign_in("head", Role.SUPERVISOR)
    path = await open_case(desk)
    office.clock.advance(minutes=31)
    await desk.sign_in()
    await desk.get("tasks")
    answer = await desk.post(f"{path}/revoke", receipt=RECEIPT, words="本人说<不是>自己刷的")
    assert (answer.status, "没有办理，请重新查这个人" in answer.words) == (404, True)
    assert "本人说&lt;不是&gt;自己刷的</textarea>" in answer.text
    assert 'data-account="head"' in answer.text  # the bar covers the reason when the session ends
    assert "<textarea" not in (await desk.post(f"{path}/forgive")).text
    assert "本人说" not in str(await office.audit_entries())
