"""A clock that jumped a year ahead deletes nothing and reminds nobody, until a message confirms it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.background.clock_check import ClockCheck
from bot.background.purging import DailyPurge, Purge
from bot.reminders.scheduler import DailyReminders
from storage.database import transaction
from storage.messaging.inbox import Executed, Inbox
from storage.retention.purging import RetentionClass
from storage.sealing.vault import Vault
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


async def looks(task, times=1):
    for _ in range(times):
        await task.run_if_allowed()


def checked(task, engine, clock, seconds=float):
    """Let a task work by a clock as the worker does; `seconds` counts what has passed since the start."""
    task.may_work = ClockCheck(engine, clock, seconds).passes
    return task


def purging(engine, at, seconds=float):
    purge = Purge(engine, {RetentionClass.INBOX: 3}, lambda: at)
    return checked(DailyPurge(purge), engine, lambda: at, seconds)


async def test_nothing_is_deleted_by_a_clock_that_is_a_year_ahead(engine, caplog):
    await hear(engine, "before", NOW)
    daily = purging(engine, NOW + YEAR)
    await looks(daily, 3)
    assert await held(engine) == {"before"}
    told = [message for message in caplog.messages if WAITS in message]
    assert told == [f"for the operator: {WAITS}; set the clock if it is wrong"]  # once, not at each look


async def test_a_message_confirms_the_clock_after_a_long_stop(engine):
    await hear(engine, "before", NOW)
    daily = purging(engine, NOW + YEAR)
    await looks(daily)
    await hear(engine, "after", NOW + YEAR)
    await looks(daily)
    assert await held(engine) == {"after"}


@pytest.mark.parametrize(("hours", "deleted"), [(-1, True), (1, True), (2, False), (24 * 365, False)])
async def test_messages_confirm_the_database_s_clock_only_if_this_machine_s_agrees(
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
    await looks(daily)
    assert await held(engine) == ({"after"} if deleted else {"before", "after"})
    assert any(f"database's clock is {hours * 3600:+d} s from" in one for one in caplog.messages) != deleted
    passed[0] = 3 * 86_400.0
    await looks(daily)
    assert await held(engine) == {"after"}


@pytest.mark.parametrize("days", [4, 50])
async def test_the_clock_of_a_service_that_stood_still_for_weeks_is_trusted(engine, days):
    await hear(engine, "before", NOW)
    await looks(purging(engine, NOW + timedelta(days=days)))
    assert await held(engine) == set()


async def test_an_office_to_which_nobody_has_written_for_long_waits_three_days_and_no_longer(engine):
    passed = [0.0]
    await hear(engine, "before", NOW)
    daily = purging(engine, NOW + YEAR, lambda: passed[0])
    await looks(daily)
    passed[0] = 3 * 86_400 - 1.0
    await looks(daily)
    assert await held(engine) == {"before"}
    passed[0] += 1
    await looks(daily)
    assert await held(engine) == set()


async def test_nobody_is_told_to_be_overdue_by_a_clock_that_is_a_year_ahead(engine, caplog):
    reminders = reminder_harness(engine, VAULT)
    await reminders.known_pass(subject(0), date(2026, 5, 4), "R0")
    await reminders.subscribe(("a0", subject(0)))
    await hear(engine, "before", NOW)
    reminders.clock.set(date(2027, 6, 10))
    daily = checked(DailyReminders(reminders.reminding), engine, reminders.clock)
    await looks(daily)
    assert await reminders.queued() == []
    assert any(WAITS in message for message in caplog.messages)
    await hear(engine, "after", reminders.clock())
    await looks(daily)
    assert len(await reminders.queued()) == 1


async def test_an_office_to_which_nobody_writes_is_reminded_all_the_same(engine):
    reminders = reminder_harness(engine, VAULT)
    await reminders.known_pass(subject(0), date(2026, 5, 4), "R0")
    await reminders.subscribe(("a0", subject(0)))
    reminders.clock.set(date(2027, 5, 4))
    await looks(checked(DailyReminders(reminders.reminding), engine, reminders.clock))
    assert len(await reminders.queued()) == 1


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["purge", "dry run"])
async def test_the_command_warns_that_the_clock_may_be_wrong_and_goes_on(engine, operator, dry):
    last = datetime.now(UTC) - timedelta(days=61)
    await hear(engine, "before", last)
    ran = await operator.run("purge", *dry)
    warning = f"the newest message is of {last:%Y-%m-%d}: if this machine's clock is wrong, too much goes"
    assert (ran.code, ran.err) == (0, f"pension-bot: warning: {warning}\n")
    assert await held(engine) == ({"before"} if dry else set())


async def test_the_command_does_not_warn_of_a_clock_that_a_message_confirms(engine, operator):
    await hear(engine, "before", datetime.now(UTC) - timedelta(days=59))
    ran = await operator.run("purge")
    assert (ran.code, ran.err) == (0, "")
