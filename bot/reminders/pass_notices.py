"""Tells subscribers about passes made elsewhere (data matching, a counter): nothing is to be done this year.

An import notes the passes with its rows; this task queues the messages in waking hours. It leaves out
accounts that have certified meanwhile, have unsubscribed or may no longer act for the person.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from bot.background.repeated_task import RepeatedTask, TaskSchedule
from bot.conversation.effects.planner import EffectPlanner
from bot.conversation.session_loading import Loaded, decode_sessions, without_ended
from bot.delivery.template_message import TemplateMessage
from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count
from bot.reminders.scheduler import MOST_A_DAY
from dialogs.flow.result_messages import ForeignPass, pass_facts, pass_notice
from dialogs.local_time import local_date
from dialogs.rules.due import next_due
from dialogs.rules.pass_notices import OFFICE_CHANNELS, PassSource, is_news
from dialogs.rules.reminder_days import is_waking
from dialogs.session import Session
from messages.template_messages.result import result_fields
from storage.any_row import AnyRow
from storage.database import Connection, Engine, transaction
from storage.messaging.outbox import OutboxItem, OutboxKind
from storage.reminders import pass_notices, queued_reminders
from storage.reminders.due_dates import DueDates, Person, person_of
from storage.reminders.subscription import Subscription, read_subscription
from storage.sealing.readable_rows import read_all
from storage.sealing.vault import Vault
from storage.store import Stores
from storage.stored_enums import parse_enum

_BATCH = 200
_POLL_SECONDS = 5.0
_AFTER_TROUBLE = 30.0
_log = logging.getLogger(__name__)


class _Noted(NamedTuple):
    subscription: Subscription
    is_on: bool
    passed_on: date
    source: PassSource


@dataclass(frozen=True, slots=True)
class PassNoticeQueue:
    """Queues what was noted; `clock` gives aware times."""

    engine: Engine
    vault: Vault
    stores: Stores
    planner: EffectPlanner
    clock: Callable[[], datetime]
    metrics: Metrics = NO_METRICS

    async def queue(self) -> int:
        """Queue as many as the day's quota of templates allows; return the number of messages."""
        total, after = 0, 0
        while True:
            async with transaction(self.engine) as conn:
                rows = await self._next(conn, after)
                total += await self._queue_batch(conn, rows)
            if not rows:
                return total
            after = rows[-1].id

    async def _next(self, conn: Connection, after: int) -> Sequence[AnyRow]:
        today = local_date(self.clock())
        taken = await queued_reminders.count_queued_for(conn, today) + await pass_notices.count_queued_on(
            conn, today
        )
        room = min(_BATCH, MOST_A_DAY - taken)
        return await pass_notices.next_noted(conn, after, room) if room > 0 else []

    async def _queue_batch(self, conn: Connection, rows: Sequence[AnyRow]) -> int:
        now = self.clock()
        today = local_date(now)
        noted = list(read_all(rows, partial(_noted, self.vault)))
        sessions, waiting = await self._sessions(conn, [one.subscription.account for one in noted])
        rows = [row for row in rows if row.account not in waiting]
        noted = [one for one in noted if one.subscription.account not in waiting]
        people = {person_of(one.subscription.subject) for one in noted}
        own = await DueDates(self.vault).passes(conn, people, besides=OFFICE_CHANNELS) if people else {}
        items: dict[int, OutboxItem] = {}
        for one in noted:
            made = _foreign_pass(one, own, today)
            item = made and self._item(sessions[one.subscription.account][1], one, made, now)
            if item:
                items[one.subscription.id] = item
        await pass_notices.drop(conn, [row.id for row in rows if row.id not in items])
        ids = await self.stores.outbox.put(conn, list(items.values()), now)
        await pass_notices.note_queued(conn, dict(zip(items, ids, strict=True)), today)
        for one in noted:
            self.metrics.count(Count.PASS_NOTICES, one.source, by=one.subscription.id in items)
        return len(items)

    async def _sessions(self, conn: Connection, accounts: Sequence[str]) -> tuple[Loaded, set[str]]:
        """Return the conversations, and accounts whose conversation waits for its key: their notices wait."""
        stored, waiting = await self.stores.sessions.load_openable(conn, sorted(set(accounts)))
        return await without_ended(self.stores, conn, decode_sessions(stored, accounts)), waiting

    def _item(self, session: Session, noted: _Noted, made: ForeignPass, now: datetime) -> OutboxItem | None:
        account = noted.subscription.account
        notice = pass_notice(session, made, local_date(now))
        if notice is None:
            return None
        (text,) = self.planner.writes(account, (notice,), session.language).texts
        template = self.planner.result_template_id
        fallback = TemplateMessage(template, "", result_fields(pass_facts(made))).to_json()
        return OutboxItem(account, OutboxKind.NOTICE, text, now, fallback=fallback if template else None)


def _noted(vault: Vault, row: AnyRow) -> _Noted:
    is_on = row.ended_at is None and row.refused_at is None and row.death_reported_at is None
    return _Noted(read_subscription(vault, row), is_on, row.passed_on, parse_enum(PassSource, row.source))


def _foreign_pass(noted: _Noted, own: dict[Person, date], today: date) -> ForeignPass | None:
    """Return the pass if it is still the one that counts, and still news."""
    subject, passed_on = noted.subscription.subject, noted.passed_on
    due_on = next_due(subject.scheme, subject.city, passed_on)
    is_newest = noted.subscription.due_on == due_on
    if not (noted.is_on and is_newest and is_news(passed_on, own.get(person_of(subject)), due_on, today)):
        return None
    return ForeignPass(subject, passed_on, noted.source, due_on)


class PassNotices(RepeatedTask):
    """Queues what was noted, throughout the waking hours; any number of them share one database."""

    def __init__(self, notices: PassNoticeQueue) -> None:
        super().__init__(TaskSchedule(_log, "telling of passes", _POLL_SECONDS, _AFTER_TROUBLE))
        self._notices = notices

    async def _run_once(self) -> None:
        if is_waking(self._notices.clock()) and (queued := await self._notices.queue()):
            _log.info("%d accounts are told that nothing is to be done", queued)
