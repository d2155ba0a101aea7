"""Expired rows are deleted; rows in use stay, however old they are."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

import storage.retention.purging
from bot.background import purging
from bot.background.purging import DailyPurge
from bot.metrics.prometheus import PrometheusMetrics
from storage.audit_trail.audit import Audit
from storage.records.beneficiaries import Beneficiaries
from storage.retention.purging import RETENTION_DAYS, RetentionClass, with_consents
from storage.schema.captures import captures, consents
from storage.schema.console import console_approvals
from storage.schema.loading import console_loads
from storage.schema.messaging import (
    funnel_days,
    inbox,
    outbox,
    rate_counters,
    sessions,
    template_days,
    template_reports,
    windows,
)
from storage.schema.office import audit
from storage.schema.people import reminders_sent, subscriptions
from storage.schema.talks import talk_lines, talks
from storage.sealing.vault import Vault
from tests.support.purging import purge_of
from tests.support.storage.data_keys import KEY
from tests.support.storage.factories import NOW, beneficiary

pytest_plugins = ["tests.support.storage.databases", "tests.support.programs.command_line"]

YEARS_AGO = NOW - timedelta(days=1000)
OUTBOX = {"kind": "text", "body": b"", "due_at": YEARS_AGO, "attempts": 1, "last_error": "", "dead": False}
SUBSCRIPTION = {
    "scheme": "employee",
    "id_type": "resident_id",
    "number_blind": b"",
    "identity": b"",
    "city": "440100",
    "created_at": YEARS_AGO,
}
REMINDED = {"subscription_id": 1, "due_on": NOW.date(), "queued_for": NOW.date(), "outbox_id": 1}


def message(number, ended_at):
    return {"id": number, "account": "a", "created_at": YEARS_AGO, "ended_at": ended_at, **OUTBOX}


def capture(ticket, expires_at):
    stub = {"account": "a", "request": b"", "created_at": expires_at, "attempts": 0}
    return {"ticket_hash": ticket, "expires_at": expires_at, **stub}


def approval(number, decided_at):
    return {"id": number, "act": b"", "asked_by": "li", "asked_at": YEARS_AGO, "decided_at": decided_at}


def session(account, at):
    return {"account": account, "version": 1, "body": b"", "updated_at": at}


def window(account, text_at, tap_at):
    return {"account": account, "text_at": text_at, "text_sent": 0, "tap_at": tap_at, "tap_sent": 0}


def consent(number, account, at, kind="privacy"):
    return {"id": number, "account": account, "kind": kind, "version": "1", "agreed_at": at}


def load(number, ended_at):
    state = {"id": number, "kind": "registry", "state": "applied", "ended_at": ended_at}
    return {**state, "account": "li", "began_at": YEARS_AGO, "touched_at": NOW, "file_name": b"", "city": ""}


def line(talk_id):
    return {"talk_id": talk_id, "at": YEARS_AGO, "said_by": "person", "words": b""}


ROWS = {
    inbox: [
        {"key": "old", "account": "a", "claimed_at": YEARS_AGO},
        {"key": "new", "account": "a", "claimed_at": NOW - timedelta(days=2)},
    ],
    outbox: [
        message(1, YEARS_AGO),
        message(2, None),
        message(3, NOW - timedelta(days=29)),
        message(4, YEARS_AGO),
    ],
    captures: [
        capture(b"old", YEARS_AGO),
        capture(b"open", NOW + timedelta(minutes=9)),
        capture(b"reminder's", YEARS_AGO),
        capture(b"of an old reminder", YEARS_AGO),
    ],
    reminders_sent: [
        {"stage": 60, "token_hash": b"reminder's", "expires_on": NOW.date(), **REMINDED},
        {"stage": 30, "token_hash": b"of an old reminder", "expires_on": YEARS_AGO.date(), **REMINDED},
    ],
    sessions: [session("gone", YEARS_AGO), session("reminded", YEARS_AGO), session("here", NOW)],
    subscriptions: [
        {"account": "reminded", "ended_at": None, **SUBSCRIPTION},
        {"account": "gone", "ended_at": YEARS_AGO, **SUBSCRIPTION},
    ],
    windows: [
        window("silent", YEARS_AGO, None),
        window("taps", YEARS_AGO, NOW),
        window("writes", NOW, YEARS_AGO),
    ],
    rate_counters: [
        {"account": "a", "kind": "link", "since": YEARS_AGO, "count": 1},
        {"account": "b", "kind": "link", "since": NOW, "count": 1},
    ],
    template_reports: [{"message_id": "1", "status": "success", "received_at": YEARS_AGO}],
    template_days: [{"day": YEARS_AGO.date(), "sent": 1}, {"day": NOW.date(), "sent": 1}],
    talks: [
        {"id": 1, "account": "a", "asked_at": YEARS_AGO, "moved_at": YEARS_AGO, "ended_at": YEARS_AGO},
        {"id": 2, "account": "a", "asked_at": YEARS_AGO, "moved_at": YEARS_AGO, "ended_at": None},
    ],
    talk_lines: [line(1), line(1), line(2)],
    console_approvals: [
        approval(1, YEARS_AGO),
        approval(2, None),
        approval(3, NOW - timedelta(days=399)),
        approval(4, YEARS_AGO),
    ],
    consents: [
        consent(1, "gone", YEARS_AGO),
        consent(2, "here", YEARS_AGO),
        consent(3, "here", YEARS_AGO),
        consent(4, "here", YEARS_AGO, "face"),
        consent(5, "gone", NOW),
        consent(6, "reminded", YEARS_AGO),
    ],
    funnel_days: [
        {"day": day, "step": "greeted", "writer": "a", "people": 1} for day in (YEARS_AGO.date(), NOW.date())
    ],
    console_loads: [load(1, YEARS_AGO), load(2, None), load(3, NOW), load(4, YEARS_AGO)],
}
KEPT = {
    inbox.c.key: {"new"},
    outbox.c.id: {2, 3, 4},
    captures.c.ticket_hash: {b"open", b"reminder's"},
    sessions.c.account: {"reminded", "here"},
    windows.c.account: {"taps", "writes"},
    rate_counters.c.account: {"b"},
    template_reports.c.message_id: set(),
    template_days.c.day: {NOW.date()},
    talks.c.id: {2},
    talk_lines.c.talk_id: {2},
    console_approvals.c.id: {2, 3, 4},
    consents.c.id: {1, 2, 3, 4, 5, 6},
    funnel_days.c.day: {NOW.date()},
    console_loads.c.id: {2, 3, 4},
}
GONE = {
    RetentionClass.INBOX: 1,
    RetentionClass.OUTBOX: 1,
    RetentionClass.CAPTURES: 2,
    RetentionClass.CONVERSATIONS: 1,
    RetentionClass.WINDOWS: 3,
    RetentionClass.TALKS: 3,
    RetentionClass.APPROVALS: 1,
    RetentionClass.TALLIES: 2,
    RetentionClass.LOADING: 1,
    RetentionClass.FINISHED: 0,
    RetentionClass.EXEMPTIONS: 0,
}


@pytest.fixture
async def filled(engine):
    async with engine.begin() as conn:
        await Beneficiaries(Vault.from_setting(KEY)).put(conn, [beneficiary()], NOW)  # readable with the keys
        for table, rows in ROWS.items():
            await conn.execute(insert(table), rows)
    return engine


async def kept(engine):
    async with engine.connect() as conn:
        return {column: set((await conn.execute(select(column))).scalars()) for column in KEPT}


async def test_expired_rows_are_purged_and_needed_ones_kept(filled, monkeypatch):
    monkeypatch.setattr(purging, "_BATCH", 1)
    purge = purge_of(filled, RETENTION_DAYS, lambda: NOW)
    assert await purge.count() == GONE
    assert await purge.run(asyncio.Event()) == GONE
    assert await kept(filled) == KEPT
    assert await purge.run(asyncio.Event()) == dict.fromkeys(GONE, 0)


async def test_stopped_purge_resumes_with_the_next_run(filled):
    purge, stopped = purge_of(filled, RETENTION_DAYS, lambda: NOW), asyncio.Event()
    stopped.set()
    assert await purge.run(stopped) == dict.fromkeys(GONE, 0)
    assert await purge.run(asyncio.Event()) == GONE


async def test_worker_purges_daily_and_counts_deleted_rows(filled, caplog):
    caplog.set_level("INFO")
    metrics = PrometheusMetrics()
    daily = DailyPurge(purge_of(filled, RETENTION_DAYS, lambda: NOW), metrics)
    running = asyncio.create_task(daily.run())
    async with asyncio.timeout(60):
        while await kept(filled) != KEPT:  # noqa: ASYNC110 - shares only the database
            await asyncio.sleep(0.02)
    daily.stop()
    await running
    counts = "inbox 1, outbox 1, captures 2, conversations 1, windows 3, talks 3"
    counts += ", approvals 1, tallies 2, loading 1, finished 0, exemptions 0"
    assert f"purged: {counts}" in caplog.messages
    assert 'pension_bot_purged_rows_total{of="talks"} 3.0' in metrics.text().decode()


async def test_purge_command_counts_or_deletes_and_is_audited(filled, operator):
    operator.set(RETENTION_DAYS="conversations:30000")
    ran = await operator.run("purge", "--dry-run")
    assert (ran.code, ran.out.splitlines()[:2]) == (
        0,
        ["inbox: 2 would go (kept 3 days)", "outbox: 2 would go (kept 30 days)"],
    )
    assert await _audited(filled) == []
    ran = await operator.run("purge")
    assert (ran.code, "conversations: 0 deleted (kept 30000 days)" in ran.out.splitlines()) == (0, True)
    [detail] = await _audited(filled)
    assert detail.startswith("inbox 2 outbox 2 captures")
    async with filled.connect() as conn:
        assert await Audit("operator", Vault.from_setting(KEY)).verify(conn) == []
        assert await conn.scalar(select(func.count()).select_from(sessions)) == 3


async def test_expired_consent_is_purged_even_behind_a_batch_of_kept_ones(engine, monkeypatch):
    monkeypatch.setattr(purging, "_BATCH", 1)
    monkeypatch.setattr(storage.retention.purging, "_ROWS_PER_DELETION", 2)
    kinds = [consent(number, "here", YEARS_AGO, f"kind {number}") for number in range(1, 6)]
    async with engine.begin() as conn:
        await conn.execute(insert(sessions), [session("here", NOW)])
        await conn.execute(insert(consents), [*kinds, consent(6, "gone", YEARS_AGO), consent(7, "here", NOW)])
    purge = purge_of(engine, {RetentionClass.CONSENTS: 900}, lambda: NOW)
    assert await purge.run(asyncio.Event()) == {RetentionClass.CONSENTS: 1}
    assert (await kept(engine))[consents.c.id] == {1, 2, 3, 4, 5, 7}


async def test_consents_no_longer_in_force_are_purged_after_their_years(filled, operator):
    operator.set(CONSENT_YEARS="3")
    ran = await operator.run("purge", "--dry-run")
    assert "consents: 2 would go (kept 1098 days)" in ran.out.splitlines()
    await purge_of(filled, with_consents(RETENTION_DAYS, 3), lambda: NOW).run(asyncio.Event())
    assert (await kept(filled))[consents.c.id] == {1, 2, 3, 4, 5, 6}
    later = NOW + timedelta(days=100)
    await purge_of(filled, with_consents(RETENTION_DAYS, 3), lambda: later).run(asyncio.Event())
    assert (await kept(filled))[consents.c.id] == {3, 4, 5, 6}


@pytest.mark.parametrize("value", ["2", "-3", "x", "101", "3.5"])
async def test_invalid_consent_years_are_reported(operator, value):
    operator.set(CONSENT_YEARS=value)
    ran = await operator.run("purge")
    assert (ran.code, ran.err) == (2, "pension-bot: PENSION_BOT_CONSENT_YEARS must be 0, or 3 to 100\n")


async def _audited(engine):
    async with engine.connect() as conn:
        return list((await conn.execute(select(audit.c.detail))).scalars())


@pytest.mark.parametrize(
    "value",
    [
        "inbox",
        "finished:399",
        "exemptions:399",
        "inbox:2",
        "audit:30",
        "inbox:x",
        "inbox:99999",
        "consents:900",
        "30",
    ],
)
async def test_invalid_retention_days_are_reported(operator, value):
    operator.set(RETENTION_DAYS=value)
    ran = await operator.run("purge")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "PENSION_BOT_RETENTION_DAYS must be inbox:3 and the like" in ran.err
