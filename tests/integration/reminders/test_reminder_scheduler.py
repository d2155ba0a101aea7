"""Reminders are queued once per stage, in waking hours, within the quota, and not after a pass."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.metrics.prometheus import PrometheusMetrics
from bot.reminders.scheduler import DailyReminders
from dialogs.local_time import SHANGHAI
from dialogs.values import BenefitStatus, Scheme
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from storage.schema.messaging import outbox
from storage.sealing.key_rotation import rotate
from storage.sealing.vault import Vault
from tests.support.storage.database_kinds import on_postgresql
from tests.support.storage.factories import beneficiary
from tests.support.storage.yearly_cycle import NAME, PLAN, pass_on_day, reminder_harness, subject

pytest_plugins = ["tests.support.storage.databases"]

MAY = date(2026, 5, 4)
DUE = date(2027, 5, 31)
"""Due after a pass in May 2026."""


@pytest.fixture
def reminders(engine, vault):
    return reminder_harness(engine, vault)


async def remind(reminders, today, hour=10):
    reminders.clock.set(today, hour)
    return await reminders.reminding.queue(today, lambda _: None, asyncio.Event())


async def take_queued(reminders):
    """Return what is queued, and mark it as delivered."""
    found = await reminders.queued_reminders()
    async with transaction(reminders.engine) as conn:
        await conn.execute(update(outbox).values(ended_at=reminders.clock(), attempts=1))
    return found


async def subscribed(reminders, account="anna", of=None, on=MAY):
    of = of or subject()
    await reminders.record_pass(of, on, f"R-{account}")
    await reminders.subscribe((account, of))
    return of


async def test_each_stage_is_queued_once_however_often_the_scheduler_runs(reminders):
    await subscribed(reminders)
    told = []
    for left in range(70, -5, -1):
        ran = [await remind(reminders, DUE - timedelta(days=left)) for _ in range(2)]
        if any(ran):
            assert ran == [1, 0]
            [(_, _, data)] = await take_queued(reminders)
            told.append(data["thing4"].partition("。")[0])
    assert await reminders.recorded_stages() == [-1, 7, 30, 60]
    assert told == ["还有60天", "还有30天", "还有7天", "已过期，请点此刷脸"]


async def test_reminder_names_the_masked_person_scheme_and_date(reminders):
    await subscribed(reminders)
    await remind(reminders, DUE - timedelta(days=60))
    [(account, url, data)] = await reminders.queued_reminders()
    assert account == "anna"
    assert url.startswith("https://pension.example/h5/start/")
    assert (data["thing1"], data["thing2"], data["time3"]) == ("陈*国", "企业职工养老保险", "2027年5月31日")
    assert NAME not in str(data)


async def test_reminders_are_counted_by_stage(reminders):
    metrics = PrometheusMetrics()
    reminders = replace(reminders, reminding=replace(reminders.reminding, metrics=metrics))
    await subscribed(reminders)
    for _ in range(2):
        await remind(reminders, DUE - timedelta(days=60))
    assert b'pension_bot_reminders_total{stage="60"} 1.0' in metrics.text()


async def test_missed_days_are_made_up_for(reminders):
    await subscribed(reminders)
    assert await remind(reminders, DUE - timedelta(days=52)) == 1
    assert await reminders.recorded_stages() == [60]


async def test_person_without_a_subscription_is_not_reminded(reminders):
    await reminders.record_pass(subject(), MAY)
    assert await remind(reminders, DUE - timedelta(days=60)) == 0


async def test_agent_is_reminded_of_each_of_their_people(reminders):
    mother, father = subject(1, name="欧阳桂兰"), subject(2, Scheme.RESIDENT, name="欧阳海山")
    await subscribed(reminders, "agent", mother)
    await reminders.record_pass(father, MAY, "R2")
    await reminders.subscribe(("agent", father))
    await remind(reminders, DUE - timedelta(days=7))
    names = {
        (account, data["thing1"], data["thing2"]) for account, _, data in await reminders.queued_reminders()
    }
    assert names == {
        ("agent", "欧阳*兰", "企业职工养老保险"),
        ("agent", "欧阳*山", "城乡居民养老保险"),
    }


async def test_pass_cancels_queued_reminders_and_moves_the_date_for_everybody(reminders):
    of = await subscribed(reminders)
    await reminders.subscribe(("daughter", of))
    await remind(reminders, DUE - timedelta(days=30))
    assert len(await reminders.queued_reminders()) == 2
    passed = replace(pass_on_day(of, date(2027, 5, 3), "R9"), due_on=date(2028, 5, 31))
    async with transaction(reminders.engine) as conn:
        await Subscriptions(reminders.vault).passed(conn, passed, reminders.clock())
    assert await reminders.queued_reminders() == []
    assert await remind(reminders, DUE - timedelta(days=7)) == 0
    assert await remind(reminders, date(2028, 5, 31) - timedelta(days=60)) == 2


async def test_reminders_stop_on_unsubscribing_and_resume_on_subscribing(reminders):
    of = await subscribed(reminders)
    await subscribed(reminders, "other", subject(5))
    await remind(reminders, DUE - timedelta(days=60))
    async with transaction(reminders.engine) as conn:
        await Subscriptions(reminders.vault).end_accounts(conn, ["anna"], reminders.clock())
    assert [account for account, _, _ in await reminders.queued_reminders()] == ["other"]
    assert await remind(reminders, DUE - timedelta(days=30)) == 1
    await reminders.subscribe(("anna", of), ("anna", of))
    assert await remind(reminders, DUE - timedelta(days=7)) == 2


async def test_death_ends_all_reminders_of_the_person_and_no_others(reminders):
    of = await subscribed(reminders)
    both = subject(scheme=Scheme.RESIDENT)
    await reminders.record_pass(both, MAY, "R2")
    await reminders.subscribe(("daughter", of), ("son", both))
    await subscribed(reminders, "neighbour", subject(5))
    await remind(reminders, DUE - timedelta(days=60))
    async with transaction(reminders.engine) as conn:
        await Subscriptions(reminders.vault).end_person(conn, of.identity, reminders.clock())
    assert [account for account, _, _ in await reminders.queued_reminders()] == ["neighbour"]


def row_of(of, **changes):
    row = beneficiary(of.identity.number, identity=of.identity)
    return replace(row, **changes)


async def imported(reminders, row):
    async with transaction(reminders.engine) as conn:
        await Beneficiaries(reminders.vault).put(conn, [row], reminders.clock())


async def test_imported_pass_of_another_channel_moves_the_date(reminders):
    of = await subscribed(reminders)
    await remind(reminders, DUE - timedelta(days=60))
    await imported(reminders, row_of(of, last_certified=date(2027, 4, 20)))
    assert await reminders.queued_reminders() == []
    assert await remind(reminders, DUE - timedelta(days=30)) == 0
    assert await remind(reminders, date(2028, 4, 30) - timedelta(days=60)) == 1


async def test_older_imported_pass_does_not_override_ours(reminders):
    of = await subscribed(reminders)
    await imported(reminders, row_of(of, last_certified=date(2020, 1, 1)))
    assert await remind(reminders, DUE - timedelta(days=60)) == 1


@pytest.mark.parametrize(
    "change", [{"death_reported": date(2027, 1, 2)}, {"status": BenefitStatus.TERMINATED}]
)
async def test_dead_or_terminated_beneficiary_causes_no_reminder(reminders, change):
    of = await subscribed(reminders)
    await remind(reminders, DUE - timedelta(days=60))
    await imported(reminders, row_of(of, **change))
    assert await reminders.queued_reminders() == []
    assert await remind(reminders, DUE - timedelta(days=30)) == 0


async def test_benefit_start_counts_without_any_pass(reminders):
    of = subject()
    await imported(reminders, row_of(of, benefit_start=date(2026, 5, 9)))
    await reminders.subscribe(("anna", of))
    assert await remind(reminders, DUE - timedelta(days=60)) == 1


@pytest.mark.parametrize(("hour", "day"), [(8, 0), (19, 0), (20, 1), (23, 1)])
async def test_reminders_are_spread_over_waking_hours(reminders, hour, day):
    for number in range(20):
        await subscribed(reminders, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    await remind(reminders, today, hour)
    times = [time.astimezone(SHANGHAI) for time in await reminders.due_times()]
    assert {time.date() for time in times} == {today + timedelta(days=day)}
    assert all(8 <= time.hour < 20 for time in times)
    assert len(set(times)) == 20


async def test_unsent_reminder_is_replaced_by_the_next_stage(reminders):
    await subscribed(reminders)
    await remind(reminders, DUE - timedelta(days=60))
    await remind(reminders, DUE - timedelta(days=30))
    [(_, _, data)] = await reminders.queued_reminders()
    assert data["thing4"].startswith("还有30天")


async def test_reminders_beyond_the_daily_quota_follow_the_next_day(engine, vault):
    reminders = reminder_harness(engine, vault, plan=replace(PLAN, most_a_day=3))
    for number in range(5):
        await subscribed(reminders, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    assert [await remind(reminders, today) for _ in range(2)] == [3, 0]
    assert await remind(reminders, today + timedelta(days=1)) == 2
    assert await reminders.recorded_stages() == [60] * 5


async def test_stopped_run_is_continued_by_the_next(reminders):
    for number in range(3):
        await subscribed(reminders, f"a{number}", subject(number))
    stop = asyncio.Event()
    stop.set()
    today = DUE - timedelta(days=60)
    reminders.clock.set(today)
    assert await reminders.reminding.queue(today, lambda _: None, stop) == 0
    assert await remind(reminders, today) == 3


async def test_concurrent_workers_remind_once(reminders):
    for number in range(40):
        await subscribed(reminders, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    reminders.clock.set(today)
    workers = [reminder_harness(reminders.engine, reminders.vault, reminders.clock) for _ in range(4)]
    ran = [one.reminding.queue(today, lambda _: None, asyncio.Event()) for one in workers]
    assert sum(await asyncio.gather(*ran)) == 40
    accounts = [account for account, _, _ in await reminders.queued_reminders()]
    assert len(accounts) == len(set(accounts)) == 40


async def test_worker_queues_reminders_when_the_day_begins(reminders):
    await subscribed(reminders)
    today = DUE - timedelta(days=60)
    reminders.clock.set(today, 7 + 1)
    reminders.clock.now -= timedelta(minutes=5)
    daily = DailyReminders(reminders.reminding)
    await daily._run_once()
    assert await reminders.queued_reminders() == []
    reminders.clock.now += timedelta(minutes=10)
    for jump in (0, 0, 1, -1, 0):
        reminders.clock.now += timedelta(days=jump)
        await daily._run_once()
    assert len(await reminders.queued_reminders()) == 1


@on_postgresql  # SQLite has one writer at a time
async def test_locked_subscription_is_skipped_and_reminded_next_time(reminders):
    for number in range(2):
        await subscribed(reminders, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    async with transaction(reminders.engine) as conn:
        await Subscriptions(reminders.vault).end_accounts(conn, ["a0"], reminders.clock())
        assert await asyncio.wait_for(remind(reminders, today), 60) == 1
        await conn.rollback()
    assert await remind(reminders, today) == 1


async def test_due_dates_follow_during_key_rotation(engine):
    old, new = Vault.new_setting(), Vault.new_setting().replace("k1:", "k2:")
    reminders = reminder_harness(engine, Vault.from_setting(old))
    of = await subscribed(reminders)
    reminders = reminder_harness(engine, Vault.from_setting(f"{new},{old}"))
    await reminders.subscribe(("anna", of))
    await rotate(engine, reminders.vault, lambda _: None)
    reminders = reminder_harness(engine, Vault.from_setting(new))
    await reminders.subscribe(("anna", of))
    passed = replace(pass_on_day(of, date(2027, 5, 3), "R9"), due_on=date(2028, 5, 31))
    async with transaction(engine) as conn:
        await Subscriptions(reminders.vault).passed(conn, passed, reminders.clock())
    assert await remind(reminders, DUE - timedelta(days=60)) == 0
    assert await remind(reminders, date(2028, 5, 31) - timedelta(days=60)) == 1
