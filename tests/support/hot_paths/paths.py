"""The hot paths, each as the service runs it, over the rows of `tests.support.storage.filled_database`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.console.person.case import read_case
from bot.console.today.figures import TREND_DAYS, _days
from bot.delivery.claimed_kinds import BY_DAY
from bot.office.case_work import CaseWork, OfficeActor
from bot.receipts.export_queue import ExportQueue
from bot.receipts.passes import PassRecorder
from bot.reminders.scheduler import BATCH
from dialogs.local_time import local_date, midnight
from dialogs.rules.reminder_days import REMINDER_DAYS, stages_on
from dialogs.values import Scheme
from storage.audit_trail.actions import Actor, AuditAction
from storage.audit_trail.audit import Audit
from storage.audit_trail.comparison import findings
from storage.audit_trail.export import entries_since
from storage.audit_trail.heads import sign_heads
from storage.console import figures
from storage.console.approvals import Approvals
from storage.console.audit_reader import AuditFilter, read_audit
from storage.console.funnel import funnel
from storage.console.standings import (
    CountedStandings,
    Standings,
    count_standings,
    keep_standings,
    read_standings,
)
from storage.console.task_board import TaskBoard, TaskFilter
from storage.database import Connection
from storage.messaging.delivery_reports import DeliveryReports
from storage.messaging.inbox import Executed, Inbox
from storage.messaging.misdated_rows import release_misdated
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.outbox_backlog import read_backlog
from storage.messaging.reply_windows import ReplyWindows, WindowKind
from storage.messaging.sessions import Sessions
from storage.messaging.talk_load import read_talk_load
from storage.messaging.talks import Talks
from storage.records.captures import Captures
from storage.records.certifications import PassOrigin
from storage.records.failed_captures import FailedCaptures
from storage.records.open_captures import still_open
from storage.records.receipts import ExportStart, PassScope, Receipts
from storage.reminders import pass_notices, queued_reminders
from storage.reminders.followed_people import FollowedPeople
from storage.reminders.subscriptions import Subscriptions
from storage.retention.personal_data import PersonalData
from storage.retention.purging import RETENTION_DAYS, PurgeBatch, RetentionClass, purge
from storage.sealing.vault import Vault
from tests.support.storage.factories import NOW, PERSON, REQUEST, beneficiary, certification

LATER = NOW + timedelta(minutes=1)
TODAY = local_date(LATER)
LEASE = timedelta(seconds=10)
_ACCOUNTS = [f"a{number}" for number in range(1000, 1032)]
_NEW = [f"new{number}" for number in range(32)]
Act = Callable[[Connection, Vault], Awaitable[object]]


async def _webhook(conn: Connection, vault: Vault) -> None:
    inbox, keys = Inbox(vault), [f"k{one}" for one in _NEW]
    await inbox.replies(conn, keys)
    await Sessions(vault).load(conn, _NEW)
    await Sessions(vault).save(conn, [(account, 0, "{}") for account in _NEW], LATER)
    await ReplyWindows().opened(conn, [(account, WindowKind.TEXT) for account in _NEW], LATER)
    await inbox.put(conn, [Executed(key, one, "r") for key, one in zip(keys, _NEW, strict=True)], LATER)
    await Outbox(vault).put(conn, [OutboxItem(one, OutboxKind.TEXT, "t", LATER) for one in _NEW], LATER)


async def _link(conn: Connection, vault: Vault) -> None:
    await FailedCaptures(vault).too_many(conn, PERSON, LATER)
    await Captures(vault).open(conn, b"t" * 32, "a", REQUEST, LATER, LATER + timedelta(minutes=30))
    await Captures(vault).consent(conn, b"t" * 32, "1", LATER)
    await Captures(vault).count_start(conn, b"t" * 32, 3)
    await still_open(conn, [b"t" * 32], 20, LATER)


async def _pass(conn: Connection, vault: Vault) -> None:
    recorder = PassRecorder(vault, lambda: LATER, ExportQueue(vault, is_on=True))
    await recorder.record(conn, certification("R77", certified_at=LATER), PassOrigin(b"n" * 32, "a"))


async def _reminded(conn: Connection, vault: Vault) -> int:
    """Queue a reminder for the person; return its outbox row."""
    (held,) = await Subscriptions(vault).alive_of(conn, "a")
    item = OutboxItem("a", OutboxKind.REMINDER, "{}", LATER)
    (row,) = await Outbox(vault).put(conn, [item], LATER)
    sent = queued_reminders.QueuedReminder(held.id, date(2027, 5, 31), 30, TODAY, row, b"q" * 32, TODAY)
    await queued_reminders.record(conn, [sent])
    return row


async def _pass_of_reminded(conn: Connection, vault: Vault) -> None:
    await _reminded(conn, vault)
    await _pass(conn, vault)


async def _refused_reminder(conn: Connection, vault: Vault) -> None:
    row = await _reminded(conn, vault)
    held = await Subscriptions(vault).reminded_by(conn, row)
    if held:
        await Subscriptions(vault).pause(conn, held, LATER)


async def _claim(conn: Connection, vault: Vault) -> None:
    box, before = Outbox(vault), NOW - timedelta(days=1)
    items = [OutboxItem(one, kind, "{}", before) for kind in BY_DAY for one in _NEW[:6]]
    await box.put(conn, items, before)
    for kind in BY_DAY:
        rows = await box.claim(conn, [kind], 6, LATER, LEASE)
    ids = [row.id for row in rows]
    await ReplyWindows().of(conn, [row.account for row in rows], LATER)
    await box.renew(conn, ids, LATER + LEASE)
    await ReplyWindows().charge(conn, [(one, WindowKind.TEXT) for one in _ACCOUNTS])
    await box.done(conn, ids[:2], LATER)
    await box.accepted(conn, {ids[2]: "w-1"}, LATER)
    await DeliveryReports().settle(conn, ["w-1"], LATER)
    await DeliveryReports().take(conn, {"w-1": "success", "w3": "failed"}, LATER)
    await box.retry(conn, ids[3], LATER, "45009")


async def _worker_looks(conn: Connection, vault: Vault) -> None:
    await Outbox(vault).wake(conn, LATER)
    await release_misdated(conn, LATER)
    await pass_notices.next_noted(conn, 0, 200)
    await queued_reminders.count_queued_for(conn, TODAY)
    await pass_notices.count_queued_on(conn, TODAY)
    await Talks(vault).silent(conn, LATER - timedelta(hours=1), 100)


async def _reminders_counted(conn: Connection, _vault: Vault) -> None:
    for stage in stages_on(TODAY, REMINDER_DAYS):
        await queued_reminders.count_waiting(conn, stage)


async def _reminders(conn: Connection, vault: Vault) -> None:
    for stage in stages_on(TODAY, REMINDER_DAYS):
        rows = await queued_reminders.next_waiting(conn, stage, stage.last, 0, BATCH)
        await queued_reminders.overtake(conn, [row.id for row in rows], LATER)
    await _reminded(conn, vault)
    await queued_reminders.find_link(conn, b"q" * 32)


async def _metrics(conn: Connection, _vault: Vault) -> None:
    await read_backlog(conn, LATER)
    await read_talk_load(conn, LATER)
    await funnel(conn, [TODAY])


async def _today(conn: Connection, vault: Vault) -> None:
    week = midnight(TODAY - timedelta(days=TREND_DAYS - 1))
    days = await _days(conn, TODAY)
    await figures.passes_by_place(conn, week)
    await figures.failures_by_reason(conn, week)
    await funnel(conn, [day for day, _ in days])
    await figures.undelivered(conn, week)
    await figures.tasks_by_age(conn, LATER)
    await Approvals(vault).count_turned_down(conn, "li", LATER - timedelta(days=10))


async def _registry_counted(conn: Connection, _vault: Vault) -> None:
    await keep_standings(conn, await count_standings(conn, LATER))


async def _registry_shown(conn: Connection, _vault: Vault) -> None:
    await keep_standings(conn, CountedStandings(LATER, {(Scheme.EMPLOYEE, "440100"): Standings(1, 1, 1, 3)}))
    await read_standings(conn, LATER)


async def _person(conn: Connection, vault: Vault) -> None:
    actor = OfficeActor(Audit("console-1", vault), Actor.CONSOLE, "li")
    await read_case(conn, CaseWork(vault, lambda: LATER, actor), PERSON)


async def _office(conn: Connection, vault: Vault) -> None:
    await TaskBoard(vault).waiting(conn, TaskFilter(LATER), 0, 50)
    await Talks(vault).waiting(conn, LATER - timedelta(days=1), 100)
    await Outbox(vault).on_their_way(conn, "a")
    await read_audit(conn, AuditFilter(), 200)


async def _audit_of_person(conn: Connection, _vault: Vault) -> None:
    await read_audit(conn, AuditFilter(subjects=["s1"]), 200)


async def _audit_of_account(conn: Connection, _vault: Vault) -> None:
    await read_audit(conn, AuditFilter(account="li"), 200)


async def _audit_of_rare_act(conn: Connection, _vault: Vault) -> None:
    await read_audit(conn, AuditFilter(action=AuditAction.DATA_ERASED), 200)


async def _receipt(conn: Connection, vault: Vault) -> None:
    await Receipts(vault).find(conn, "R1")
    await Captures(vault).language_of_receipt(conn, "R1")


async def _daily_export(conn: Connection, vault: Vault) -> None:
    start = ExportStart(LATER - timedelta(days=1))
    for scope in PassScope:
        async for _ in Receipts(vault).changed(conn, start, scope):
            pass
    await Receipts(vault).count_revoked(conn, start, None, None)


async def _import(conn: Connection, vault: Vault) -> None:
    rows = [beneficiary(), beneficiary("110105194912310038")]
    await Subscriptions(vault).follow(conn, FollowedPeople.of(vault, rows, rows), LATER)


async def _erasure(conn: Connection, vault: Vault) -> None:
    await PersonalData(vault).held(conn, "a", PERSON)
    await PersonalData(vault).erase(conn, "a", PERSON)
    await Captures(vault).end_of(conn, ["a"], [PERSON], LATER)
    await Subscriptions(vault).end_person(conn, PERSON, LATER)


async def _clearing(conn: Connection, vault: Vault) -> None:
    await Sessions(vault).idle(conn, LATER - timedelta(days=1), "", 100)


async def _signing(conn: Connection, vault: Vault) -> None:
    await sign_heads(conn, vault, TODAY)


async def _audit_export(conn: Connection, _vault: Vault) -> None:
    async for _ in entries_since(conn, LATER - timedelta(days=1)):
        pass


async def _verify(conn: Connection, vault: Vault) -> None:
    async for _ in findings(conn, vault):
        pass


def _purge(of: RetentionClass, days: int) -> Act:
    async def work(conn: Connection, _vault: Vault) -> None:
        before = LATER - timedelta(days=days)
        await purge(conn, of, before, LATER, PurgeBatch(500))

    return work


@dataclass(frozen=True, slots=True)
class HotPath:
    """One hot path; `reads_many` if it may read many rows: daily or on request (`docs/scale.md`)."""

    name: str
    act: Act
    reads_many: bool = False


HOT = (
    HotPath("webhook, a batch of 32", _webhook),
    HotPath("a link is asked for and opened", _link),
    HotPath("a pass is recorded", _pass),
    HotPath("a pass of somebody who waits for a reminder", _pass_of_reminded),
    HotPath("claims and marks of the worker", _claim),
    HotPath("a refused reminder", _refused_reminder),
    HotPath("looks of the worker", _worker_looks),
    HotPath("reminders of the day: the count", _reminders_counted, reads_many=True),
    HotPath("reminders of the day: a batch of each stage", _reminders),
    HotPath("metrics", _metrics),
    HotPath("today page", _today),
    HotPath("today page: the registry", _registry_shown, reads_many=True),
    HotPath("the worker counts the registry", _registry_counted, reads_many=True),
    HotPath("person page", _person),
    HotPath("tasks, talks, newest audit entries", _office),
    HotPath("audit page of one person", _audit_of_person),
    HotPath("audit page of one account", _audit_of_account),
    HotPath("audit page of one rare act", _audit_of_rare_act),
    HotPath("receipt page", _receipt),
    HotPath("export of a day", _daily_export),
    HotPath("import of two people", _import),
    HotPath("deletion at a person's request", _erasure),
    HotPath("clearing of idle conversations, a batch", _clearing),
    *(HotPath(f"purge of {of}, a batch", _purge(of, days)) for of, days in RETENTION_DAYS),
    HotPath("purge of consents, a piece", _purge(RetentionClass.CONSENTS, 1000), reads_many=True),
    HotPath("daily heads of the audit", _signing),
    HotPath("audit export of a day", _audit_export),
    HotPath("audit verify", _verify, reads_many=True),
)
