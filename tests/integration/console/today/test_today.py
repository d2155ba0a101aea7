"""The first page: figures that match the stored data, and a CSV file for each."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.receipts.numbers import new_receipt
from dialogs.progress import FunnelStep
from dialogs.values import BenefitStatus, Identity, IdType, Scheme
from storage.console import figures
from storage.console.accounts import Role
from storage.console.figures import MonthCount, TaskAge, Undelivered
from storage.console.funnel import funnel
from storage.console.standings import Standings, standings_of
from storage.database import transaction
from storage.messaging.funnel_days import FunnelDays
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.records.beneficiaries import Beneficiaries
from storage.records.captures import Captures
from storage.records.receipts import Receipts
from storage.records.tasks import TaskKind, Tasks
from tests.support.storage.database_kinds import on_sqlite
from tests.support.storage.factories import (
    MINUTE,
    NOW,
    OTHER_TICKET,
    PERSON,
    REQUEST,
    TICKET,
    beneficiary,
    certification,
)
from tests.support.storage.passes import add_pass

pytest_plugins = ["tests.support.storage.databases"]
TODAY = NOW.date()
DAY = timedelta(days=1)


def person(number, **changes):
    who = Identity("陈大文", IdType.PASSPORT, f"E1234567{number}")
    return replace(beneficiary(), identity=who, **changes)


@pytest.mark.parametrize(
    ("month", "status", "expected"),
    [
        (date(2025, 5, 1), BenefitStatus.ACTIVE, Standings(due_soon=3, living=3)),
        (date(2025, 4, 1), BenefitStatus.ACTIVE, Standings(overdue=3, living=3)),
        (date(2025, 6, 1), BenefitStatus.ACTIVE, Standings(living=3)),
        (date(2025, 4, 1), BenefitStatus.SUSPENDED, Standings(suspended=3, living=3)),
        (None, BenefitStatus.ACTIVE, Standings(living=3)),
    ],
    ids=["due this month", "overdue", "next month", "suspended", "nothing known"],
)
def test_standing_follows_from_the_month_of_the_last_certification(month, status, expected):
    counted = [MonthCount(Scheme.EMPLOYEE, "440100", status, month, 3)]
    assert standings_of(counted, date(2026, 5, 4)) == {(Scheme.EMPLOYEE, "440100"): expected}


async def test_pass_counts_at_once_and_no_longer_once_revoked(engine, vault):
    async def months(conn):
        return [(one.month, one.count) for one in await figures.beneficiaries_by_month(conn)]

    known = replace(beneficiary(), last_certified=date(2025, 4, 9))
    async with transaction(engine) as conn:
        await Beneficiaries(vault).put(conn, [known, person(1, death_reported=TODAY)], NOW)
        assert await months(conn) == [(date(2025, 4, 1), 1)]
        receipt = new_receipt()
        await add_pass(conn, vault, certification(receipt))
        await Beneficiaries(vault).note_pass(conn, Scheme.EMPLOYEE, PERSON, TODAY)
        assert await months(conn) == [(date(2026, 5, 1), 1)]
        await Beneficiaries(vault).put(conn, [replace(known, city="440300")], NOW)
        assert await months(conn) == [(date(2026, 5, 1), 1)]
        await Receipts(vault).revoke(conn, receipt, "why", NOW)
        assert await months(conn) == [(date(2025, 4, 1), 1)]


async def test_person_who_passed_before_the_import_is_not_overdue(engine, vault):
    async with transaction(engine) as conn:
        await add_pass(conn, vault, certification())
        await Beneficiaries(vault).put(conn, [beneficiary()], NOW)
        (found,) = await figures.beneficiaries_by_month(conn)
    assert found.month == date(2026, 5, 1)


async def test_links_messages_and_tasks_are_counted(engine, vault):
    captures, since = Captures(vault), NOW - DAY
    async with transaction(engine) as conn:
        await captures.open(conn, TICKET, "a", REQUEST, NOW, NOW + MINUTE)
        await captures.open(conn, OTHER_TICKET, "b", REQUEST, NOW, NOW + MINUTE)
        await captures.consent(conn, TICKET, "v", NOW)
        await captures.finish(conn, TICKET, "failed", "mismatch", NOW)
        counts = dict.fromkeys(FunnelStep, 0) | {FunnelStep.LINKED: 2, FunnelStep.BEGUN: 1}
        assert await funnel(conn, [TODAY]) == {TODAY: counts}
        assert await figures.failures_by_reason(conn, since) == [("mismatch", 1)]
        assert await figures.failures_by_reason(conn, NOW + MINUTE) == []
        rows = await Outbox(vault).put(conn, [OutboxItem("a", OutboxKind.TEXT, "x", NOW)] * 2, NOW)
        await Outbox(vault).dead(conn, rows[0], "45015", NOW)
        expected = {Undelivered.QUEUED: 1, Undelivered.WAITING: 0, Undelivered.REFUSED: 1}
        assert await figures.undelivered(conn, since) == expected
        await Tasks(vault).add(conn, [(TaskKind.DEATH, PERSON)], NOW - 4 * DAY)
        await Tasks(vault).add(conn, [(TaskKind.ASSIST, PERSON)], NOW)
        by_age = await figures.tasks_by_age(conn, NOW)
    assert by_age[TaskKind.DEATH] == {**dict.fromkeys(TaskAge, 0), TaskAge.WEEK: 1}
    assert by_age[TaskKind.ASSIST] == {**dict.fromkeys(TaskAge, 0), TaskAge.TODAY: 1}


async def test_task_dated_in_the_future_counts_as_new(engine, vault):
    async with transaction(engine) as conn:
        await Tasks(vault).add(conn, [(TaskKind.DEATH, PERSON)], NOW + DAY)
        by_age = await figures.tasks_by_age(conn, NOW)
    assert by_age[TaskKind.DEATH] == {**dict.fromkeys(TaskAge, 0), TaskAge.TODAY: 1}


async def filled(office):
    parts = office.parts
    async with transaction(parts.engine) as conn:
        people = [replace(beneficiary(), last_certified=date(2025, 4, 9)), person(1), person(2)]
        await Beneficiaries(parts.vault).put(conn, people, NOW)
        await add_pass(conn, parts.vault, certification())
        await Tasks(parts.vault).add(conn, [(TaskKind.DEATH, PERSON)], NOW)
        come = {FunnelStep.GREETED: 3, FunnelStep.AGREED: 2, FunnelStep.IDENTIFIED: 1}
        await FunnelDays("test").add(conn, TODAY, come)


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))


@on_sqlite
async def test_first_page_shows_figures_without_names(office):
    await filled(office)
    desk = await office.sign_in("wang", Role.VIEWER)
    page = await desk.get()
    assert "今天认证 1" in page.words
    assert "已逾期 3" in page.words
    assert "同意协议 2 到这一步为止 1" in page.words
    assert "广州市" in page.words
    assert PERSON.name not in page.text
    assert PERSON.number not in page.text
    english = await desk.get("?lang=en")
    assert "Certified today 1" in english.words
    assert "Guangzhou" in english.words
    assert "Certified today" in (await desk.get()).words


@on_sqlite
async def test_figures_update_after_the_clock_is_set_back(office):
    office.clock.advance(minutes=20)
    desk = await office.sign_in("wang", Role.VIEWER)
    assert "今天认证 0" in (await desk.get()).words
    office.clock.advance(minutes=-20)
    await filled(office)
    assert "今天认证 1" in (await desk.get()).words


@on_sqlite
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("days", ["2026-05-04", "1"]),
        ("places", ["企业职工养老保险", "广州市", "1", "0", "3", "0"]),
        ("funnel", ["2026-05-04", "同意协议", "2", "1"]),
        ("failures", ["原因", "次数"]),
        ("undelivered", ["排队等发", "0"]),
        ("tasks", ["有人报告去世", "不到一天", "1"]),
    ],
)
async def test_each_figure_has_a_csv_file(office, name, line):
    await filled(office)
    desk = await office.sign_in()
    answer = await desk.get(f"figures/{name}.csv")
    assert line in rows_of(answer)
    assert f'filename="{name}.csv"' in answer.headers["Content-Disposition"]


@on_sqlite
async def test_figures_require_signing_in(office):
    desk = await office.add_account("li", Role.CLERK)
    for path in ("", "figures/days.csv"):
        assert (await desk.get(path)).location == "/admin/sign-in"
