"""Closed reply windows: results go by template message, the rest waits for the person's next message."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.wechat.api import quotas
from storage.database import transaction
from storage.messaging.outbox import OutboxKind
from storage.messaging.reply_windows import WindowKind

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]

TEXT, TAP = WindowKind.TEXT, WindowKind.TAP
SHOWN = '陈*国\n认证成功\n<a href="https://x/r/1">查看详情</a>'


async def test_a_result_after_the_window_goes_by_template_once_and_is_done(house):
    house.rules.wrote("anna")
    house.rules.close_windows("anna")
    [row] = await house.put("认证成功。", fallback=house.fallback)
    await house.rounds(3, minutes=40)
    assert house.heard() == [SHOWN]
    [stored] = await house.rows()
    assert (stored.id, stored.report, stored.dead) == (row, "delivered", False)
    assert stored.message_id == house.reported[0][0]


async def test_a_closed_window_that_we_know_of_costs_no_refused_call(house):
    await house.heard_from("anna", "text")
    house.clock.pass_(hours=48)
    await house.put("认证成功。", fallback=house.fallback)
    await house.rounds()
    assert house.templates() == [SHOWN]
    assert house.weather.calls == 2  # the token, the template


async def test_without_a_template_a_result_waits_for_the_persons_next_word(house):
    await house.heard_from("anna", "text")
    house.clock.pass_(days=3)
    await house.put("认证成功。")
    await house.rounds(4, hours=1)
    assert house.heard() == []
    assert house.weather.calls == 0
    await house.heard_from("anna", "text")
    await house.rounds()
    assert house.heard() == ["认证成功。"]


async def test_five_after_words_and_the_sixth_by_template(house):
    await house.heard_from("anna", "text")
    await house.put(*"一二三四五")
    await house.put("六", fallback=house.fallback)
    await house.rounds(2, minutes=1)
    assert house.heard() == [*"一二三四五", SHOWN]
    assert house.weather.calls == 7
    await house.heard_from("anna", "text")
    await house.put(*"七八九十甲乙")
    await house.rounds(2, minutes=1)
    assert house.heard()[6:] == [*"七八九十甲"]


async def test_three_in_the_minute_after_a_tap_and_the_fourth_waits(house):
    await house.heard_from("anna", "tap")
    await house.put(*"一二三四")
    await house.rounds(3, seconds=50)
    assert house.heard() == [*"一二三"]
    assert house.weather.calls == 4
    await house.heard_from("anna", "tap")
    await house.rounds()
    assert house.heard() == [*"一二三四"]


async def test_a_taps_minute_is_spent_before_the_words_two_days(house):
    await house.heard_from("anna", "text")
    await house.heard_from("anna", "tap")
    await house.put(*"一二三四五六七八九")
    await house.rounds(2, minutes=1)
    assert house.heard() == [*"一二三四五六七八"]


async def test_a_queued_template_is_sent(house):
    house.rules.wrote("anna")
    await house.put_templates("anna")
    await house.rounds()
    assert house.templates() == [SHOWN]


async def test_a_template_whose_answer_was_lost_arrives_once(house):
    house.rules.wrote("anna")
    await house.put_templates("anna")
    await house.client.create_menu({"button": [1]})
    house.weather.change({"lost": True, "times": 2})
    await house.rounds(4, seconds=5)
    assert house.weather.calls == 5  # the token, the menu, two whose answers were lost, one more
    assert house.templates() == [SHOWN]
    assert [row.report for row in await house.rows()] == ["delivered"]


async def test_a_day_that_is_full_waits_for_the_next(house, monkeypatch):
    monkeypatch.setattr(quotas, "TEMPLATES_A_DAY", 2)
    for name in "abc":
        house.rules.wrote(name)
    await house.put_templates("a", "b")
    await house.rounds()
    await house.put_templates("c")
    await house.rounds(3, minutes=50)
    assert house.templates("c") == []
    house.clock.now = house.clock().replace(hour=17)  # past midnight in Shanghai
    await house.rounds()
    assert house.templates("c") == [SHOWN]


async def test_the_platforms_own_word_on_a_full_day_is_heeded(house):
    house.rules.wrote("anna")
    house.weather.change({"errcode": 45009, "times": 2})
    await house.put("一")
    await house.rounds()
    before = house.weather.calls
    house.clock.pass_(minutes=29)
    await house.rounds()
    assert house.weather.calls == before
    house.clock.pass_(minutes=2)
    await house.rounds(2, hours=1)
    assert house.heard() == ["一"]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"template_id": "t", "data": 5}'])
async def test_a_malformed_template_is_kept_for_the_operator_and_stops_nobody(house, body):
    house.rules.wrote("anna")
    await house.put(body, kind=OutboxKind.TEMPLATE)
    await house.put_templates("anna")
    await house.rounds(2)
    assert house.templates() == [SHOWN]
    first, _ = await house.rows()
    assert (first.dead, first.last_error) == (True, "malformed")


async def test_a_result_outlives_a_template_that_the_platform_does_not_know(house):
    await house.heard_from("anna", "text")
    house.clock.pass_(days=3)
    await house.put("认证成功。", fallback=house.fallback)
    await house.client.create_menu({"button": [1]})
    house.weather.change({"errcode": 40037})
    await house.rounds(2, hours=1)
    house.weather.change({})
    await house.heard_from("anna", "text")
    await house.rounds(2, hours=1)
    assert house.heard() == ["认证成功。"]


async def test_windows_of_many_accounts_are_counted_apart(house):
    async with transaction(house.engine) as conn:
        heard = [("a", TEXT), ("b", TAP), ("a", TAP), ("a", TEXT)]
        await house.windows.opened(conn, heard, house.clock())
        await house.windows.charge(conn, [("a", TEXT), ("a", TEXT), ("b", TAP), ("nobody", TAP)])
        found = await house.windows.of(conn, ["a", "b", "nobody"], house.clock())
    assert (found["a"].text_sent, found["a"].tap_sent) == (2, 0)
    assert (found["b"].text_at, found["b"].tap_sent) == (None, 1)
    assert found["a"].tap_at - house.clock() == timedelta()
    assert "nobody" not in found


@pytest.mark.parametrize(("one", "other"), [(TEXT, TAP), (TAP, TEXT)])
async def test_a_window_that_begins_anew_leaves_the_other_as_it_is(house, one, other):
    async with transaction(house.engine) as conn:
        await house.windows.opened(conn, [("a", one), ("a", other)], house.clock())
        await house.windows.charge(conn, [("a", one), ("a", other)])
        before = (await house.windows.of(conn, ["a"], house.clock()))["a"]
        house.clock.pass_(minutes=1)
        await house.windows.opened(conn, [("a", one)], house.clock())
        found = (await house.windows.of(conn, ["a"], house.clock()))["a"]
    begun = {f"{one}_at": before.text_at + timedelta(minutes=1), f"{one}_sent": 0}
    assert found == replace(before, **begun)


async def test_what_nobody_can_be_told_now_holds_back_no_result(house):
    await house.heard_from("anna", "text")
    house.clock.pass_(days=3)
    await house.put("请回到微信继续")
    await house.rounds(minutes=1)
    await house.put("认证成功。", fallback=house.fallback)
    await house.rounds()
    assert house.heard() == [SHOWN]
    await house.heard_from("anna", "text")
    await house.rounds()
    assert house.heard() == [SHOWN, "请回到微信继续"]


async def test_a_window_that_a_clock_which_was_ahead_has_opened_is_none(house):
    house.clock.pass_(days=366)
    await house.heard_from("anna", "text")
    house.clock.pass_(days=-366)
    await house.put("认证成功。", fallback=house.fallback)
    await house.rounds()
    assert house.heard() == [SHOWN]
