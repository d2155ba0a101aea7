"""`remind`: what the operator sees, and that a second run queues nothing again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.sealing.vault import Vault
from tests.support.storage.data_keys import KEY
from tests.support.storage.yearly_cycle import NAME, reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

DUE = date(2027, 5, 31)


@pytest.fixture
async def reminders(terminal, engine):
    terminal.set(DATABASE_URL=engine.url.render_as_string(hide_password=False), REMINDER_TEMPLATE_ID="T")
    reminders = reminder_harness(engine, Vault.from_setting(KEY))
    for number in range(5):
        await reminders.record_pass(subject(number), date(2026, 5, 4), f"R{number}")
        await reminders.subscribe((f"a{number}", subject(number)))
    return reminders


async def test_dry_run_shows_counts_and_masked_people_and_queues_nothing(terminal, reminders):
    ran = await terminal.run("remind", "--today", DUE - timedelta(days=30), "--dry-run")
    assert ran.code == 0
    assert "2027-05-01: 5 reminders due" in ran.out
    assert "30 days before: 5\n  陈*国 4401**********" in ran.out
    assert "1 days overdue: 0" in ran.out
    assert NAME not in ran.out
    assert await reminders.queued_reminders() == []


async def test_reminders_of_a_day_are_queued_once(terminal, reminders):
    day = DUE - timedelta(days=30)
    first, again = [await terminal.run("remind", "--today", day) for _ in range(2)]
    assert (first.code, first.out) == (0, "queued 5\n")
    assert (again.code, again.out) == (0, "queued 0\n")
    assert len(await reminders.queued_reminders()) == 5


@pytest.mark.usefixtures("reminders")
async def test_dry_run_shows_the_delivery_state_of_queued_reminders(terminal, engine):
    terminal.set(NOW="2027-05-01T09:00:00+08:00", REHEARSAL="1")
    day = DUE - timedelta(days=30)
    assert (
        "queued for 2027-05-01: sent 0, on the way 0, refused 0, cancelled 0\n"
        in (await terminal.run("remind", "--today", day, "--dry-run")).out
    )
    await terminal.run("remind", "--today", day)
    outbox, now = Outbox(Vault.from_setting(KEY)), datetime(2027, 5, 1, 2, tzinfo=UTC)
    async with transaction(engine) as conn:
        items = await outbox.claim(conn, [OutboxKind.REMINDER], 3, now, timedelta(minutes=1))
        await outbox.done(conn, [items[0].id], now)
        await outbox.dead(conn, items[1].id, "43004", now)
    shown = (await terminal.run("remind", "--today", day, "--dry-run")).out
    assert "2027-05-01: 0 reminders due" in shown
    assert "queued for 2027-05-01: sent 1, on the way 3, refused 1, cancelled 0\n" in shown


@pytest.mark.usefixtures("reminders")
async def test_dry_run_without_a_template_says_that_nobody_is_reminded(terminal):
    terminal.set(REMINDER_TEMPLATE_ID="")
    ran = await terminal.run("remind", "--dry-run")
    assert "nobody is reminded: PENSION_BOT_REMINDER_TEMPLATE_ID is not set\n" in ran.out


@pytest.mark.parametrize(
    ("at", "left", "stage"),
    [
        (f"{DUE - timedelta(days=8)}T21:00", "还有7天", 7),
        (f"{DUE}T19:30", "今天到期", 7),
        (f"{DUE}T20:00", "已过期", -1),
    ],
)
async def test_reminders_queued_in_the_evening_are_worded_for_their_sending_day(
    terminal, reminders, at, left, stage
):
    terminal.set(REHEARSAL="1", NOW=at)
    assert (await terminal.run("remind")).out == "queued 5\n"
    assert await reminders.recorded_stages() == [stage] * 5
    assert all(left in data["thing4"] for _, _, data in await reminders.queued_reminders())


async def test_reminder_days_can_be_configured(terminal, reminders):
    terminal.set(REMINDER_DAYS="10")
    assert (await terminal.run("remind", "--today", DUE - timedelta(days=30))).out == "queued 0\n"
    assert (await terminal.run("remind", "--today", DUE - timedelta(days=10))).out == "queued 5\n"
    assert await reminders.recorded_stages() == [10] * 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REMINDER_DAYS", "60,x"),
        ("REMINDER_DAYS", "7,7"),
        ("REMINDER_DAYS", "999"),
        ("REMINDER_TEMPLATE_ID", ""),
    ],
)
async def test_invalid_reminder_setting_is_reported_in_one_line(terminal, reminders, name, value):
    terminal.set(**{name: value})
    ran = await terminal.run("remind")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert name in ran.err
    assert await reminders.queued_reminders() == []


@pytest.mark.parametrize("typed", ["yesterday", "20260231", "0001-01-01", "9999-12-31"])
async def test_invalid_date_is_reported_in_one_line(terminal, typed):
    ran = await terminal.run("remind", "--today", typed)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
