"""The platform's report on a template message reaches its row whenever it comes; two failures are final."""

import asyncio

import pytest

from messages.inbound import TemplateJobFinished
from storage.database import transaction
from storage.messaging.delivery_reports import DeliveryReports
from storage.messaging.reply_windows import WindowKind
from tests.support.storage.database_kinds import on_postgresql

pytest_plugins = ["tests.support.storage.databases", "tests.support.wechat.wechat_platform"]


async def outcome(harness):
    [row] = await harness.rows()
    return row.report, row.dead, row.ended_at is not None


@pytest.fixture
async def queued(harness):
    harness.rules.wrote("anna")
    await harness.put_templates("anna")
    return harness


async def test_blocked_template_message_is_recorded_and_not_sent_again(queued, caplog):
    queued.faults.change({"report": "failed:user block"})
    await queued.run_rounds(4, minutes=20)
    assert await outcome(queued) == ("blocked", True, True)
    assert len(queued.reported) == 1
    assert "blocked" in caplog.text
    assert "anna" not in caplog.text


async def test_platform_failure_is_retried_once(queued):
    queued.faults.change({"report": "failed: system failed"})
    await queued.run_rounds()
    assert await outcome(queued) == ("again", False, False)
    queued.faults.change({})
    await queued.run_rounds(2, minutes=16)
    assert len(queued.received_templates()) == 1
    assert await outcome(queued) == ("delivered", False, True)


async def test_second_platform_failure_is_final(queued):
    queued.faults.change({"report": "failed: system failed"})
    await queued.run_rounds(5, minutes=16)
    assert len(queued.reported) == 2
    assert await outcome(queued) == ("failed", True, True)


@pytest.mark.parametrize("status", ["failed:user block", "failed: system failed"])
async def test_result_not_delivered_as_a_template_is_sent_when_the_person_writes(harness, status):
    harness.rules.wrote("anna")
    harness.rules.close_windows("anna")
    harness.faults.change({"report": status})
    await harness.put("认证成功", fallback=harness.fallback)
    await harness.run_rounds(4, minutes=20)
    for used, told in ((5, []), (0, ["认证成功"]), (0, ["认证成功"])):
        await harness.hear_from("anna", "text")
        async with transaction(harness.engine) as conn:
            await harness.windows.charge(conn, [("anna", WindowKind.TEXT)] * used)
        await harness.run_rounds(2, minutes=20)
        assert harness.received_texts() == told
    assert [row.dead or row.ended_at is None for row in await harness.rows()] == [False]


async def test_waiting_retry_does_not_block_later_messages(queued):
    queued.faults.change({"report": "failed: system failed"})
    await queued.run_rounds()
    queued.faults.change({})
    await queued.put_templates("anna")
    await queued.run_rounds()
    assert len(queued.received_templates()) == 1


async def test_report_arriving_before_our_mark_is_not_lost(queued, monkeypatch):
    """The platform reports while its answer is still on its way to us."""
    show, told = queued.platform._show_template, []

    def report_first(account, client_id, text):
        told.append(show(account, client_id, text))
        return told[-1]

    monkeypatch.setattr(queued.platform, "_show_template", report_first)
    write = queued.worker._delivery_log._write

    async def write_late(marks):
        await queued.wait_for_reports()  # the report's transaction has ended
        assert queued.reported == [(str(told[0]), "success")]
        await write(marks)

    monkeypatch.setattr(queued.worker._delivery_log, "_write", write_late)
    await queued.run_rounds()
    assert await outcome(queued) == ("delivered", False, True)


@on_postgresql  # SQLite's one writer keeps them apart
async def test_report_arriving_while_our_mark_is_written_is_not_lost(queued):
    reports, now = DeliveryReports(), queued.clock()
    [row] = await queued.rows()
    async with transaction(queued.engine) as conn:
        await reports.hold(conn, ["m-1"])
        await queued.outbox.accepted(conn, {row.id: "m-1"}, now)
        report = asyncio.create_task(queued.events.take(TemplateJobFinished("m-1", "success")))
        await asyncio.sleep(0.3)
        await reports.settle(conn, ["m-1"], now)
    await report
    assert await outcome(queued) == ("delivered", False, True)


async def test_concurrent_reports_and_marks_are_always_matched(harness):
    names = [f"a{number}" for number in range(40)]
    for name in names:
        harness.rules.wrote(name)
    await harness.put_templates(*names)
    await harness.run_rounds()
    assert {row.report for row in await harness.rows()} == {"delivered"}


async def test_repeated_report_changes_nothing(queued):
    queued.faults.change({"report": "failed: system failed"})
    await queued.run_rounds()
    [(message_id, status)] = queued.reported
    await asyncio.gather(*(queued.events.take(TemplateJobFinished(message_id, status)) for _ in range(5)))
    assert await outcome(queued) == ("again", False, False)


async def test_report_on_an_unknown_message_is_ignored(harness):
    await harness.events.take(TemplateJobFinished("77", "success"))
    await harness.events.take(TemplateJobFinished("", "success"))
    async with transaction(harness.engine) as conn:
        assert await DeliveryReports().take(conn, {"77": "success"}, harness.clock()) == []
