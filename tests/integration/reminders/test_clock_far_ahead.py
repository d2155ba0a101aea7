"""With a clock a year ahead nothing is deleted and nobody reminded until a message confirms it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.background.clock_check import ClockCheck
from bot.background.purging import DailyPurge
from bot.reminders.scheduler import DailyReminders
from storage.database import transaction
from storage.messaging.inbox import Executed, Inbox
from storage.retention.purging import RetentionClass
from storage.sealing.vault import Vault
from tests.support.purging import purge_of
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW
from tests.support.storage.yearly_cycle import reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

VAULT = Vault.from_setting(KEY)
YEAR = timedelta(days=365)
WAITS = "deleting and reminding wait for 3 days: the newest message is of 2026-05-04"


async def hear(engine, key, at):
    async with transaction(engine) as conn:
        await Inbox(VAULT).put(conn, [Executed(key, "a", "reply")], at)


async def held(engine):
    async with engine.connect() as conn:
        return set(await Inbox(VAULT).replies(conn, ["before", "after"]))


async def run_task(task, times=1):
    for _ in range(times):
        await task.run_if_allowed()


def checked(task, engine, clock, seconds=float):
    """Let a task check a clock as the worker does; `seconds` is the time since the start."""
    task.may_work = ClockCheck(engine, clock, seconds).passes
    return task


def purging(engine, at, seconds=float):
    purge = purge_of(engine, {RetentionClass.INBOX: 3}, lambda: at)
    return checked(DailyPurge(purge), engine, lambda: at, seconds)


async def test_clock_a_year_ahead_deletes_nothing(engine, caplog):
    await hear(engine, "before", NOW)
    daily = purging(engine, NOW + YEAR)
    await run_task(daily, 3)
    assert await held(engine) == {"before"}
    told = [message for message in caplog.messages if WAITS in message]
    assert told == [f"for the operator: {WAITS}; set the clock if it is wrong"]  # once, not at each check


async def test_message_confirms_the_clock_after_a_long_stop(engine):
    await hear(engine, "before", NOW)
    daily = purging(engine, NOW + YEAR)
    await run_task(daily)
    await hear(engine, "after", NOW + YEAR)
    await run_task(daily)
    assert await held(engine) == {"after"}


@pytest.mark.parametrize(("hours", "deleted"), [(-1, True), (1, True), (2, False), (24 * 365, False)])
async def test_messages_confirm_the_database_clock_only_if_this_machine_agrees(
    engine, caplog, hours, deleted
):
    """The machine's clock judges whether a message is fresh, and the database's dates it."""
    await hear(engine, "before", NOW)
    later, passed = NOW + timedelta(days=10), [0.0]
    await hear(engine, "after", later)
    daily = purging(engine, later, lambda: passed[0])
    daily.may_work = ClockCheck(
        engine, lambda: later, lambda: passed[0], machine=lambda: later - timedelta(hours=hours)
    ).passes
    await run_task(daily)
    assert await held(engine) == ({"after"} if deleted else {"before", "after"})
    assert any(f"database's clock is {hours * 3600:+d} s from" in one for one in caplog.messages) != deleted
    passed[0] = 3 * 86_400.0
    await run_task(daily)
    assert await held(engine) == {"after"}


@pytest.mark.parametrize("days", [4, 50])
async def test_clock_is_trusted_after_weeks_without_messages(engine, days):
    await hear(engine, "before", NOW)
    await run_task(purging(engine, NOW + timedelta(days=days)))
    assert await held(engine) == set()


async def test_unconfirmed_clock_is_trusted_after_three_days_of_running(engine):
    passed = [0.0]
    await hear(engine, "before", NOW)
    daily = purging(engine, NOW + YEAR, lambda: passed[0])
    await run_task(daily)
    passed[0] = 3 * 86_400 - 1.0
    await run_task(daily)
    assert await held(engine) == {"before"}
    passed[0] += 1
    await run_task(daily)
    assert await held(engine) == set()


async def test_clock_a_year_ahead_reminds_nobody(engine, caplog):
    reminders = reminder_harness(engine, VAULT)
    await reminders.record_pass(subject(0), date(2026, 5, 4), "R0")
    await reminders.subscribe(("a0", subject(0)))
    await hear(engine, "before", NOW)
    reminders.clock.set(date(2027, 6, 10))
    daily = checked(DailyReminders(reminders.reminding), engine, reminders.clock)
    await run_task(daily)
    assert await reminders.queued_reminders() == []
    assert any(WAITS in message for message in caplog.messages)
    await hear(engine, "after", reminders.clock())
    await run_task(daily)
    assert len(await reminders.queued_reminders()) == 1


async def test_reminders_are_sent_when_no_message_was_ever_received(engine):
    reminders = reminder_harness(engine, VAULT)
    await reminders.record_pass(subject(0), date(2026, 5, 4), "R0")
    await reminders.subscribe(("a0", subject(0)))
    reminders.clock.set(date(2027, 5, 4))
    await run_task(checked(DailyReminders(reminders.reminding), engine, reminders.clock))
    assert len(await reminders.queued_reminders()) == 1


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["purge", "dry run"])
async def test_purge_command_warns_of_a_doubtful_clock_and_continues(engine, operator, dry):
    last = datetime.now(UTC) - timedelta(days=61)
    await hear(engine, "before", last)
    ran = await operator.run("purge", *dry)
    warning = f"the newest message is of {last:%Y-%m-%d}: if this machine's clock is wrong, too much goes"
    assert (ran.code, ran.err) == (0, f"pension-bot: warning: {warning}\n")
    assert await held(engine) == ({"before"} if dry else set())


async def test_purge_command_does_not_warn_of_a_confirmed_clock(engine, operator):
    await hear(engine, "before", datetime.now(UTC) - timedelta(days=59))
    ran = await operator.run("purge")
    assert (ran.code, ran.err) == (0, "")
