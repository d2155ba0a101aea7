"""A reminder's link on a phone: view the page, press its button, read the database."""

import asyncio
import re
from datetime import date, timedelta

from sqlalchemy import func, select

from bot.capture.tickets.ticket import ticket_hash
from dialogs.immutable_record import replace
from dialogs.ports import Found
from dialogs.session import Session
from messages.language.codes import Language
from storage.database import transaction
from storage.messaging.outbox import Outbox, OutboxKind
from storage.messaging.session_codec import encode
from storage.messaging.sessions import Sessions
from storage.records.captures import Captures
from tests.support.dialog.dialogue import registry_record
from tests.support.storage.yearly_cycle import Clock, subject

ACCOUNT = "openid_of_anna"
DUE = date(2027, 5, 31)


class Registry:
    """Stands in for the registry: knows the person and their photo, or is unreachable (`answer`)."""

    def __init__(self):
        self.answer = Found(registry_record(subject().identity), has_template=True)
        self.asked = 0

    async def look_up(self, _check):
        self.asked += 1
        return self.answer


class Page:
    """A reminder's link on a phone."""

    def __init__(self, reminders, client, registry):
        self.reminders, self.client, self.registry = reminders, client, registry
        self.path = ""

    async def remind(self, left=60):
        today = DUE - timedelta(days=left)
        self.reminders.clock.set(today)
        await self.reminders.reminding.queue(today, lambda _: None, asyncio.Event())
        self.path = (await self.reminders.queued_reminders())[-1][1].removeprefix("https://pension.example")
        async with transaction(self.reminders.engine) as conn:
            evening = self.reminders.clock() + timedelta(hours=12)
            await Outbox(self.reminders.vault).claim(
                conn, [OutboxKind.REMINDER], 9, evening, timedelta(minutes=1)
            )

    async def view(self):
        async with self.client.get(self.path) as response:
            return response.status, await response.text(), response.headers

    async def press(self):
        """Press the button; return the status, the address that the page links to, and its text."""
        async with self.client.post(self.path, allow_redirects=False) as response:
            text = await response.text()
            found = re.search(r'<a id="on" class="big" href="([^"]+)">', text)
            return response.status, found[1] if found else "", text

    async def capture(self, link):
        async with self.reminders.engine.connect() as conn:
            return await Captures(self.reminders.vault).find(conn, ticket_hash(link.rpartition("/")[2]))

    async def count(self, table, kind=""):
        statement = select(func.count()).select_from(table)
        statement = statement.where(table.c.kind == kind) if kind else statement
        async with self.reminders.engine.connect() as conn:
            return await conn.scalar(statement)


async def bind(engine, vault, person, account=ACCOUNT, language=Language.CHINESE):
    """Bind the account to the person as a face pass does; it has been silent for a year."""
    async with transaction(engine) as conn:
        since = Clock()() - timedelta(days=365)
        body = encode(replace(Session(), person=person, language=language, touched_at=since))
        await Sessions(vault).save(conn, [(account, 0, body)], Clock()())
