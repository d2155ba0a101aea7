"""Closed reply windows: results go out as template messages, the rest waits for the person's next message."""

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


async def test_result_after_the_window_closed_is_sent_once_as_template_message(harness):
    harness.rules.wrote("anna")
    harness.rules.close_windows("anna")
    [row] = await harness.put("认证成功。", fallback=harness.fallback)
    await harness.run_rounds(3, minutes=40)
    assert harness.received_texts() == [SHOWN]
    [stored] = await harness.rows()
    assert (stored.id, stored.report, stored.dead) == (row, "delivered", False)
    assert stored.message_id == harness.reported[0][0]


async def test_known_closed_window_causes_no_refused_api_call(harness):
    await harness.hear_from("anna", "text")
    harness.clock.advance(hours=48)
    await harness.put("认证成功。", fallback=harness.fallback)
    await harness.run_rounds()
    assert harness.received_templates() == [SHOWN]
    assert harness.faults.calls == 2  # the token, the template


async def test_result_without_template_waits_for_the_next_message(harness):
    await harness.hear_from("anna", "text")
    harness.clock.advance(days=3)
    await harness.put("认证成功。")
    await harness.run_rounds(4, hours=1)
    assert harness.received_texts() == []
    assert harness.faults.calls == 0
    await harness.hear_from("anna", "text")
    await harness.run_rounds()
    assert harness.received_texts() == ["认证成功。"]


async def test_sixth_message_after_a_text_goes_as_template_message(harness):
    await harness.hear_from("anna", "text")
    await harness.put(*"一二三四五")
    await harness.put("六", fallback=harness.fallback)
    await harness.run_rounds(2, minutes=1)
    assert harness.received_texts() == [*"一二三四五", SHOWN]
    assert harness.faults.calls == 7
    await harness.hear_from("anna", "text")
    await harness.put(*"七八九十甲乙")
    await harness.run_rounds(2, minutes=1)
    assert harness.received_texts()[6:] == [*"七八九十甲"]


async def test_fourth_message_after_a_menu_tap_waits(harness):
    await harness.hear_from("anna", "tap")
    await harness.put(*"一二三四")
    await harness.run_rounds(3, seconds=50)
    assert harness.received_texts() == [*"一二三"]
    assert harness.faults.calls == 4
    await harness.hear_from("anna", "tap")
    await harness.run_rounds()
    assert harness.received_texts() == [*"一二三四"]


async def test_tap_window_is_used_before_the_text_window(harness):
    await harness.hear_from("anna", "text")
    await harness.hear_from("anna", "tap")
    await harness.put(*"一二三四五六七八九")
    await harness.run_rounds(2, minutes=1)
    assert harness.received_texts() == [*"一二三四五六七八"]


async def test_queued_template_message_is_sent(harness):
    harness.rules.wrote("anna")
    await harness.put_templates("anna")
    await harness.run_rounds()
    assert harness.received_templates() == [SHOWN]


async def test_template_message_whose_response_was_lost_arrives_once(harness):
    harness.rules.wrote("anna")
    await harness.put_templates("anna")
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"lost": True, "times": 2})
    await harness.run_rounds(4, seconds=5)
    assert harness.faults.calls == 5  # the token, the menu, two whose answers were lost, one more
    assert harness.received_templates() == [SHOWN]
    assert [row.report for row in await harness.rows()] == ["delivered"]


async def test_template_message_over_the_daily_quota_waits_for_the_next_day(harness, monkeypatch):
    monkeypatch.setattr(quotas, "TEMPLATES_A_DAY", 2)
    for name in "abc":
        harness.rules.wrote(name)
    await harness.put_templates("a", "b")
    await harness.run_rounds()
    await harness.put_templates("c")
    await harness.run_rounds(3, minutes=50)
    assert harness.received_templates("c") == []
    harness.clock.now = harness.clock().replace(hour=17)  # past midnight in Shanghai
    await harness.run_rounds()
    assert harness.received_templates("c") == [SHOWN]


async def test_quota_error_from_the_platform_pauses_delivery(harness):
    harness.rules.wrote("anna")
    harness.faults.change({"errcode": 45009, "times": 2})
    await harness.put("一")
    await harness.run_rounds()
    before = harness.faults.calls
    harness.clock.advance(minutes=29)
    await harness.run_rounds()
    assert harness.faults.calls == before
    harness.clock.advance(minutes=2)
    await harness.run_rounds(2, hours=1)
    assert harness.received_texts() == ["一"]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"template_id": "t", "data": 5}'])
async def test_malformed_template_message_is_dead_and_blocks_no_other(harness, body):
    harness.rules.wrote("anna")
    await harness.put(body, kind=OutboxKind.TEMPLATE)
    await harness.put_templates("anna")
    await harness.run_rounds(2)
    assert harness.received_templates() == [SHOWN]
    first, _ = await harness.rows()
    assert (first.dead, first.last_error) == (True, "malformed")


async def test_result_with_unknown_template_waits_for_the_next_message(harness):
    await harness.hear_from("anna", "text")
    harness.clock.advance(days=3)
    await harness.put("认证成功。", fallback=harness.fallback)
    await harness.client.create_menu({"button": [1]})
    harness.faults.change({"errcode": 40037})
    await harness.run_rounds(2, hours=1)
    harness.faults.change({})
    await harness.hear_from("anna", "text")
    await harness.run_rounds(2, hours=1)
    assert harness.received_texts() == ["认证成功。"]


async def test_windows_are_counted_per_account(harness):
    async with transaction(harness.engine) as conn:
        heard = [("a", TEXT), ("b", TAP), ("a", TAP), ("a", TEXT)]
        await harness.windows.opened(conn, heard, harness.clock())
        await harness.windows.charge(conn, [("a", TEXT), ("a", TEXT), ("b", TAP), ("nobody", TAP)])
        found = await harness.windows.of(conn, ["a", "b", "nobody"], harness.clock())
    assert (found["a"].text_sent, found["a"].tap_sent) == (2, 0)
    assert (found["b"].text_at, found["b"].tap_sent) == (None, 1)
    assert found["a"].tap_at - harness.clock() == timedelta()
    assert "nobody" not in found


@pytest.mark.parametrize(("one", "other"), [(TEXT, TAP), (TAP, TEXT)])
async def test_reopened_window_leaves_the_other_kind_unchanged(harness, one, other):
    async with transaction(harness.engine) as conn:
        await harness.windows.opened(conn, [("a", one), ("a", other)], harness.clock())
        await harness.windows.charge(conn, [("a", one), ("a", other)])
        before = (await harness.windows.of(conn, ["a"], harness.clock()))["a"]
        harness.clock.advance(minutes=1)
        await harness.windows.opened(conn, [("a", one)], harness.clock())
        found = (await harness.windows.of(conn, ["a"], harness.clock()))["a"]
    begun = {f"{one}_at": before.text_at + timedelta(minutes=1), f"{one}_sent": 0}
    assert found == replace(before, **begun)


async def test_undeliverable_message_does_not_hold_back_a_result(harness):
    await harness.hear_from("anna", "text")
    harness.clock.advance(days=3)
    await harness.put("请回到微信继续")
    await harness.run_rounds(minutes=1)
    await harness.put("认证成功。", fallback=harness.fallback)
    await harness.run_rounds()
    assert harness.received_texts() == [SHOWN]
    await harness.hear_from("anna", "text")
    await harness.run_rounds()
    assert harness.received_texts() == [SHOWN, "请回到微信继续"]


async def test_window_dated_in_the_future_counts_as_closed(harness):
    harness.clock.advance(days=366)
    await harness.hear_from("anna", "text")
    harness.clock.advance(days=-366)
    await harness.put("认证成功。", fallback=harness.fallback)
    await harness.run_rounds()
    assert harness.received_texts() == [SHOWN]
