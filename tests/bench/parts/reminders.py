"""A day of reminders over a million subscriptions, compared with the bare database."""

import asyncio
import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bot.reminders.scheduler import BATCH, ReminderPlan, ReminderScheduler
from dialogs.local_time import SHANGHAI
from dialogs.rules.reminder_days import REMINDER_DAYS, Stage, stages_on
from dialogs.values import Identity, IdType
from storage.database import open_engine, transaction, upgrade
from storage.records.people_codec import write_identity
from storage.reminders.queued_reminders import next_waiting
from storage.schema.columns import bound_context
from storage.sealing.vault import Vault

SUBSCRIPTIONS, DUE = 1_000_000, 100_000
TODAY = date(2027, 5, 1)
_LAST = date(2027, 5, 31)
"""Thirty days ahead: the month that is reminded of; the others are outside every stage."""
_PEOPLE = (
    "INSERT INTO subscriptions (account, scheme, id_type, number_blind, identity, city, due_on, created_at)"
    " VALUES (?, 'employee', 'resident_id', ?, ?, '440100', ?, '2026-05-04 00:00:00')"
)
_BARE_LIST = "SELECT * FROM subscriptions WHERE ended_at IS NULL AND due_on BETWEEN ? AND ?"
_BARE_MESSAGE = (
    "INSERT INTO outbox (account, kind, body, created_at, due_at, attempts, last_error, dead)"
    " VALUES (?, 'template', ?, '2027-05-01', '2027-05-01', 0, '', 0)"
)
_BARE_SENT = (
    "INSERT INTO reminders_sent"
    " (subscription_id, due_on, stage, queued_for, outbox_id, token_hash, expires_on)"
    " VALUES (?, '2027-05-31', 30, '2027-05-01', ?, ?, '2027-07-30')"
)


def rows() -> list[tuple[str, str, str]]:
    """Measure and return (what, figure, note)."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> list[tuple[str, str, str]]:
    vault, file = Vault.from_setting(Vault.new_setting()), folder / "bench.db"
    engine = open_engine(f"sqlite+aiosqlite:///{file}")
    await upgrade(engine)
    _fill(file, vault)
    plan = ReminderPlan(template_id="T", public_url="https://h", days=REMINDER_DAYS, most_a_day=DUE)
    noon = datetime(2027, 5, 1, 12, tzinfo=SHANGHAI)
    reminding = ReminderScheduler(engine, vault, plan, lambda: noon)
    before = _memory()
    listed = await _seconds(_walk(reminding))
    grown = _memory() - before
    bare_list, bare_queue = _bare_list(file), _bare_queue(file)
    queued = await _seconds(reminding.queue(TODAY, lambda _: None, asyncio.Event()))
    await engine.dispose()
    return [
        ("bare SELECT of the due list", f"{bare_list:.2f}", "sqlite3"),
        (
            "the day's due list, counted and walked",
            f"{listed:.2f}",
            f"{listed / bare_list:.0f} × bare; {grown} MB more",
        ),
        (f"bare INSERTs of {DUE:,} reminders", f"{bare_queue:.2f}", f"sqlite3, {BATCH} a commit"),
        (
            f"{DUE:,} reminders queued",
            f"{queued:.2f}",
            f"{queued / bare_queue:.1f} × bare, sealed and recorded",
        ),
    ]


async def _seconds(work) -> float:
    start = perf_counter()
    await work
    return perf_counter() - start


async def _walk(reminding: ReminderScheduler) -> None:
    """Read the complete list as a run does, batch by batch, without writing."""
    for waiting in await reminding.waiting(TODAY):
        async with transaction(reminding.engine) as conn:
            for day in waiting.days:
                await _walk_day(conn, waiting.stage, day)


async def _walk_day(conn, stage: Stage, day: date) -> None:
    after = 0
    while found := await next_waiting(conn, stage, day, after, BATCH):
        after = found[-1].id


def _memory() -> int:
    """Return the process's peak memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _fill(file: Path, vault: Vault) -> None:
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        conn.executemany(_PEOPLE, _people(vault))
        conn.commit()
        conn.execute("ANALYZE")
        conn.commit()


def _people(vault: Vault) -> Iterator[tuple[str, bytes, bytes, str]]:
    identity = write_identity(Identity("陈建国", IdType.RESIDENT_ID, "440103195001010120"))
    for number in range(SUBSCRIPTIONS):
        due = _LAST if number % (SUBSCRIPTIONS // DUE) == 0 else _LAST + timedelta(days=60 + number % 300)
        account, blind = f"o-bench-{number:07d}", number.to_bytes(32)
        place = bound_context("subscriptions.identity", account, "employee", "resident_id", blind)
        yield account, blind, vault.seal(identity, place), due.isoformat()


def _bare_list(file: Path) -> float:
    with closing(sqlite3.connect(file)) as conn:
        start = perf_counter()
        for stage in stages_on(TODAY, REMINDER_DAYS):
            conn.execute(_BARE_LIST, (stage.first.isoformat(), stage.last.isoformat())).fetchall()
        return perf_counter() - start


def _bare_queue(file: Path) -> float:
    """Write the same number of rows of the same size, and delete them again."""
    with closing(sqlite3.connect(file)) as conn:
        conn.execute("PRAGMA synchronous = FULL")
        start = perf_counter()
        for first in range(1, DUE + 1, BATCH):
            numbers = range(first, first + BATCH)
            conn.executemany(_BARE_MESSAGE, [(f"o-bench-{number:07d}", bytes(420)) for number in numbers])
            conn.executemany(_BARE_SENT, [(number, number, number.to_bytes(32)) for number in numbers])
            conn.commit()
        taken = perf_counter() - start
        conn.execute("DELETE FROM outbox")
        conn.execute("DELETE FROM reminders_sent")
        conn.commit()
    return taken
