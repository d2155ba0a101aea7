"""Reminders are queued once a stage, in waking hours, within the quota, and no more after a pass."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.metrics.prometheus import PrometheusMetrics
from bot.reminders.scheduler import DailyReminders
from dialogs.values import SHANGHAI, BenefitStatus, Scheme
from storage.database import transaction
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from storage.schema.messaging import outbox
from storage.sealing.key_rotation import rotate
from storage.sealing.vault import Vault
from tests.support.storage.factories import beneficiary
from tests.support.storage.yearly_cycle import NAME, PLAN, certified, subject, years_of

pytest_plugins = ["tests.support.storage.databases"]

MAY = date(2026, 5, 4)
DUE = date(2027, 5, 31)
"""Due after a pass in May 2026."""


@pytest.fixture
def years(engine, vault):
    return years_of(engine, vault)


async def remind(years, today, hour=10):
    years.clock.set(today, hour)
    return await years.reminding.queue(today, lambda _: None, asyncio.Event())


async def sent_off(years):
    """Give what is queued, and let it have been delivered."""
    found = await years.queued()
    async with transaction(years.engine) as conn:
        await conn.execute(update(outbox).values(ended_at=years.clock(), attempts=1))
    return found


async def subscribed(years, account="anna", of=None, on=MAY):
    of = of or subject()
    await years.known_pass(of, on, f"R-{account}")
    await years.subscribe((account, of))
    return of


async def test_each_stage_once_however_often_it_is_asked_for(years):
    await subscribed(years)
    told = []
    for left in range(70, -5, -1):
        ran = [await remind(years, DUE - timedelta(days=left)) for _ in range(2)]
        if any(ran):
            assert ran == [1, 0]
            [(_, _, data)] = await sent_off(years)
            told.append(data["thing4"].partition("。")[0])
    assert await years.stages() == [-1, 7, 30, 60]
    assert told == ["还有60天", "还有30天", "还有7天", "已过期，请点此刷脸"]


async def test_the_reminder_names_the_person_masked_with_scheme_and_date(years):
    await subscribed(years)
    await remind(years, DUE - timedelta(days=60))
    [(account, url, data)] = await years.queued()
    assert account == "anna"
    assert url.startswith("https://pension.example/h5/start/")
    assert (data["thing1"], data["thing2"], data["time3"]) == ("陈*国", "企业职工养老保险", "2027年5月31日")
    assert NAME not in str(data)


async def test_reminders_are_counted_by_stage(years):
    metrics = PrometheusMetrics()
    years = replace(years, reminding=replace(years.reminding, metrics=metrics))
    await subscribed(years)
    for _ in range(2):
        await remind(years, DUE - timedelta(days=60))
    assert b'pension_bot_reminders_total{stage="60"} 1.0' in metrics.text()


async def test_a_day_without_service_is_made_up_for(years):
    await subscribed(years)
    assert await remind(years, DUE - timedelta(days=52)) == 1
    assert await years.stages() == [60]


async def test_who_did_not_ask_is_not_reminded(years):
    await years.known_pass(subject(), MAY)
    assert await remind(years, DUE - timedelta(days=60)) == 0


async def test_an_agent_is_reminded_for_each_of_their_people(years):
    mother, father = subject(1, name="欧阳桂兰"), subject(2, Scheme.RESIDENT, name="欧阳海山")
    await subscribed(years, "agent", mother)
    await years.known_pass(father, MAY, "R2")
    await years.subscribe(("agent", father))
    await remind(years, DUE - timedelta(days=7))
    names = {(account, data["thing1"], data["thing2"]) for account, _, data in await years.queued()}
    assert names == {
        ("agent", "欧阳*兰", "企业职工养老保险"),
        ("agent", "欧阳*山", "城乡居民养老保险"),
    }


async def test_a_pass_takes_back_what_is_queued_and_moves_the_date_for_everybody(years):
    of = await subscribed(years)
    await years.subscribe(("daughter", of))
    await remind(years, DUE - timedelta(days=30))
    assert len(await years.queued()) == 2
    passed = replace(certified(of, date(2027, 5, 3), "R9"), due_on=date(2028, 5, 31))
    async with transaction(years.engine) as conn:
        await Subscriptions(years.vault).passed(conn, passed, years.clock())
    assert await years.queued() == []
    assert await remind(years, DUE - timedelta(days=7)) == 0
    assert await remind(years, date(2028, 5, 31) - timedelta(days=60)) == 2


async def test_one_word_ends_them_and_another_begins_them_again(years):
    of = await subscribed(years)
    await subscribed(years, "other", subject(5))
    await remind(years, DUE - timedelta(days=60))
    async with transaction(years.engine) as conn:
        await Subscriptions(years.vault).end_accounts(conn, ["anna"], years.clock())
    assert [account for account, _, _ in await years.queued()] == ["other"]
    assert await remind(years, DUE - timedelta(days=30)) == 1
    await years.subscribe(("anna", of), ("anna", of))
    assert await remind(years, DUE - timedelta(days=7)) == 2


async def test_a_reported_death_ends_them_for_everybody_and_nobody_else(years):
    of = await subscribed(years)
    both = subject(scheme=Scheme.RESIDENT)
    await years.known_pass(both, MAY, "R2")
    await years.subscribe(("daughter", of), ("son", both))
    await subscribed(years, "neighbour", subject(5))
    await remind(years, DUE - timedelta(days=60))
    async with transaction(years.engine) as conn:
        await Subscriptions(years.vault).end_people(conn, [of.identity], years.clock())
    assert [account for account, _, _ in await years.queued()] == ["neighbour"]


def row_of(of, **changes):
    row = beneficiary(of.identity.number, identity=of.identity)
    return replace(row, **changes)


async def imported(years, row):
    async with transaction(years.engine) as conn:
        await Beneficiaries(years.vault).put(conn, [row], years.clock())


async def test_a_pass_by_another_channel_moves_the_date_when_it_is_imported(years):
    of = await subscribed(years)
    await remind(years, DUE - timedelta(days=60))
    await imported(years, row_of(of, last_certified=date(2027, 4, 20)))
    assert await years.queued() == []
    assert await remind(years, DUE - timedelta(days=30)) == 0
    assert await remind(years, date(2028, 4, 30) - timedelta(days=60)) == 1


async def test_an_older_imported_pass_does_not_undo_ours(years):
    of = await subscribed(years)
    await imported(years, row_of(of, last_certified=date(2020, 1, 1)))
    assert await remind(years, DUE - timedelta(days=60)) == 1


@pytest.mark.parametrize(
    "change", [{"death_reported": date(2027, 1, 2)}, {"status": BenefitStatus.TERMINATED}]
)
async def test_who_has_died_or_receives_nothing_any_more_is_not_reminded_of(years, change):
    of = await subscribed(years)
    await remind(years, DUE - timedelta(days=60))
    await imported(years, row_of(of, **change))
    assert await years.queued() == []
    assert await remind(years, DUE - timedelta(days=30)) == 0


async def test_without_any_pass_the_benefits_start_counts(years):
    of = subject()
    await imported(years, row_of(of, benefit_start=date(2026, 5, 9)))
    await years.subscribe(("anna", of))
    assert await remind(years, DUE - timedelta(days=60)) == 1


@pytest.mark.parametrize(("hour", "day"), [(8, 0), (19, 0), (20, 1), (23, 1)])
async def test_they_ring_in_waking_hours_and_apart(years, hour, day):
    for number in range(20):
        await subscribed(years, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    await remind(years, today, hour)
    times = [time.astimezone(SHANGHAI) for time in await years.due_at()]
    assert {time.date() for time in times} == {today + timedelta(days=day)}
    assert all(8 <= time.hour < 20 for time in times)
    assert len(set(times)) == 20


async def test_a_reminder_that_never_went_out_gives_way_to_the_next_stage(years):
    await subscribed(years)
    await remind(years, DUE - timedelta(days=60))
    await remind(years, DUE - timedelta(days=30))
    [(_, _, data)] = await years.queued()
    assert data["thing4"].startswith("还有30天")


async def test_the_quota_of_a_day_holds_and_the_rest_follows(engine, vault):
    years = years_of(engine, vault, plan=replace(PLAN, most_a_day=3))
    for number in range(5):
        await subscribed(years, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    assert [await remind(years, today) for _ in range(2)] == [3, 0]
    assert await remind(years, today + timedelta(days=1)) == 2
    assert await years.stages() == [60] * 5


async def test_a_run_that_is_stopped_is_taken_up_by_the_next(years):
    for number in range(3):
        await subscribed(years, f"a{number}", subject(number))
    stop = asyncio.Event()
    stop.set()
    today = DUE - timedelta(days=60)
    years.clock.set(today)
    assert await years.reminding.queue(today, lambda _: None, stop) == 0
    assert await remind(years, today) == 3


async def test_many_workers_at_once_remind_once(years):
    for number in range(40):
        await subscribed(years, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    years.clock.set(today)
    workers = [years_of(years.engine, years.vault, years.clock) for _ in range(4)]
    ran = [one.reminding.queue(today, lambda _: None, asyncio.Event()) for one in workers]
    assert sum(await asyncio.gather(*ran)) == 40
    accounts = [account for account, _, _ in await years.queued()]
    assert len(accounts) == len(set(accounts)) == 40


async def test_a_worker_reminds_by_itself_when_the_day_begins(years):
    await subscribed(years)
    today = DUE - timedelta(days=60)
    years.clock.set(today, 7 + 1)
    years.clock.now -= timedelta(minutes=5)
    daily = DailyReminders(years.reminding)
    await daily._look()
    assert await years.queued() == []
    years.clock.now += timedelta(minutes=10)
    for jump in (0, 0, 1, -1, 0):
        years.clock.now += timedelta(days=jump)
        await daily._look()
    assert len(await years.queued()) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer at a time
async def test_who_is_being_moved_is_waited_for_by_nobody_and_reminded_next_time(years):
    for number in range(2):
        await subscribed(years, f"a{number}", subject(number))
    today = DUE - timedelta(days=60)
    async with transaction(years.engine) as conn:
        await Subscriptions(years.vault).end_accounts(conn, ["a0"], years.clock())
        assert await asyncio.wait_for(remind(years, today), 60) == 1
        await conn.rollback()
    assert await remind(years, today) == 1


async def test_the_dates_follow_while_keys_are_exchanged(engine):
    old, new = Vault.new_setting(), Vault.new_setting().replace("k1:", "k2:")
    years = years_of(engine, Vault.from_setting(old))
    of = await subscribed(years)
    years = years_of(engine, Vault.from_setting(f"{new},{old}"))
    await years.subscribe(("anna", of))
    await rotate(engine, years.vault, lambda _: None)
    years = years_of(engine, Vault.from_setting(new))
    await years.subscribe(("anna", of))
    passed = replace(certified(of, date(2027, 5, 3), "R9"), due_on=date(2028, 5, 31))
    async with transaction(engine) as conn:
        await Subscriptions(years.vault).passed(conn, passed, years.clock())
    assert await remind(years, DUE - timedelta(days=60)) == 0
    assert await remind(years, date(2028, 5, 31) - timedelta(days=60)) == 1
