"""A database with subscribers and passes made elsewhere, and the notices to their accounts."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import select, update

from bot.office.case_work import CaseWork, OfficeActor, OfficeConfirmation
from bot.reminders.pass_notices import PassNoticeQueue, PassNotices
from dialogs.immutable_record import replace as changed
from dialogs.session import CertifiedPerson, Session
from storage.audit_trail.actions import Actor
from storage.audit_trail.audit import Audit
from storage.database import transaction
from storage.messaging.outbox import OutboxKind
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.records.beneficiaries import Beneficiaries
from storage.reminders.subscriptions import Subscriptions
from storage.schema.columns import stored_context
from storage.schema.messaging import outbox
from storage.store import Stores
from tests.support.storage.factories import beneficiary
from tests.support.storage.yearly_cycle import identity, reminder_harness, subject
from tests.support.wechat.conversations import planner_of

LAST_YEAR = date(2025, 12, 5)
MATCHED = date(2026, 11, 20)
"""The clock of the tests stands at 2026-11-23, ten in the morning."""


class PassNoticeHarness:
    """A database with subscribers, and the code that notifies accounts of passes made elsewhere."""

    def __init__(self, engine, vault):
        self.engine, self.vault = engine, vault
        self.reminders = reminder_harness(engine, vault)
        self.clock = self.reminders.clock
        planner = planner_of(vault, result_template_id="T")
        self.notices = PassNoticeQueue(engine, vault, Stores.of(vault), planner, self.clock)

    async def add_subscriber(self, account="anna", number=0, certified_on=LAST_YEAR, *, is_own=True):
        """Add an account that has certified a person by face (itself or a relative) and subscribed."""
        of = subject(number)
        receipt = f"R-{account}-{number}"
        await self.reminders.record_pass(of, certified_on, receipt)
        known = CertifiedPerson(subject=of, due_on=certified_on, since=datetime(2025, 12, 5, tzinfo=UTC))
        session = changed(Session(), person=identity(number) if is_own else None, people=(known,))
        await self.save_session(account, session)
        await self.reminders.subscribe((account, of))
        return of

    async def save_session(self, account, session, version=0):
        async with transaction(self.engine) as conn:
            await Sessions(self.vault).save(conn, [(account, version, encode(session))], self.clock())

    async def import_row(self, number=0, last_certified=MATCHED, **facts):
        """Import one person's registry row."""
        row = beneficiary(identity(number).number, identity=identity(number), last_certified=last_certified)
        async with transaction(self.engine) as conn:
            await Beneficiaries(self.vault).put(conn, [replace(row, **facts)], self.clock())

    async def queued_notices(self, hour=10):
        """Run the notices at that hour; return (account, text, template data) of every queued one."""
        self.clock.set(self.clock().date(), hour)
        await PassNotices(self.notices)._run_once()
        waiting = select(outbox).where(outbox.c.kind == OutboxKind.NOTICE, outbox.c.ended_at.is_(None))
        async with self.engine.connect() as conn:
            rows = (await conn.execute(waiting.order_by(outbox.c.id))).all()
        return [
            (row.account, self._opened(row, "body"), json.loads(self._opened(row, "fallback"))["data"])
            for row in rows
        ]

    async def queued_texts(self):
        return [(account, text) for account, text, _ in await self.queued_notices()]

    def _opened(self, row, name):
        return self.vault.open(getattr(row, name), stored_context(outbox.c[name], row))

    async def in_transaction(self, work):
        async with transaction(self.engine) as conn:
            return await work(conn)

    async def mark_delivered(self):
        async with transaction(self.engine) as conn:
            await conn.execute(update(outbox).values(ended_at=self.clock(), attempts=1))

    def confirmation(self, channel):
        """Return a clerk's confirmation that they have seen the person now."""
        return OfficeConfirmation(channel, "document", self.clock())

    @property
    def subscriptions(self):
        return Subscriptions(self.vault)

    @property
    def clerk(self):
        return CaseWork(self.vault, self.clock, OfficeActor(Audit("t", self.vault), Actor.CONSOLE, "li"))
