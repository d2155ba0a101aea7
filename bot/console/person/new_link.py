"""Sends a new capture link to the account that a person was last certified from, or last tried from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.capture.tickets.ticket import new_ticket
from bot.console.parts import ConsoleParts
from bot.office.case_work import CaseWork
from bot.wechat.api.quotas import payer
from dialogs.flow.office_link import with_office_link
from dialogs.rules.link_life import HANDED_OVER_LIFE
from dialogs.values import Identity
from messages.catalogue.phrases import CONSOLE_LINK
from messages.language.codes import DEFAULT, Language
from storage.audit_trail.actions import AuditAction
from storage.console.case_file import CaseFile, LastLink
from storage.database import Connection, lock_accounts
from storage.messaging.outbox import Outbox, OutboxItem, OutboxKind
from storage.messaging.reply_windows import ReplyWindows
from storage.messaging.session_codec import decode, encode
from storage.messaging.sessions import Sessions
from storage.records.captures import Captures


class LinkOutcome(StrEnum):
    """Results of asking for a new link; each names its flash message."""

    SENT = "link_sent"
    NO_ACCOUNT = "link_no_account"
    CLOSED = "link_closed"
    NOT_PAID = "not_paid"
    NO_PHOTO = "link_no_photo"


@dataclass(frozen=True, slots=True)
class NewLink:
    """Opens a link for half an hour and queues the message that carries it."""

    parts: ConsoleParts

    async def send(self, conn: Connection, work: CaseWork, person: Identity) -> LinkOutcome:
        """Send the link, if there is an account, a photo on record and an open reply window."""
        case = CaseFile(work.vault, person)
        last = await case.last_link(conn)
        if last is None:
            return LinkOutcome.NO_ACCOUNT
        rows = await work.registered(conn, person.id_type, person.number)
        if not any(row.is_living and row.scheme is last.request.scheme for row in rows):
            return LinkOutcome.NOT_PAID
        if await case.enrolled_at(conn) is None:
            return LinkOutcome.NO_PHOTO
        if not await self._is_open(conn, last.account):
            return LinkOutcome.CLOSED
        await self._send(conn, work, last)
        await work.note(conn, AuditAction.LINK_SENT, work.hashed(person.id_type, person.number))
        return LinkOutcome.SENT

    async def _is_open(self, conn: Connection, account: str) -> bool:
        """Whether a message can arrive now; the windows of accounts that are long silent are deleted."""
        now = self.parts.clock()
        window = (await ReplyWindows().of(conn, [account], now)).get(account)
        return window is not None and payer(window, now) is not None

    async def _send(self, conn: Connection, work: CaseWork, last: LastLink) -> None:
        await lock_accounts(conn, [last.account])
        (ticket, key), now = new_ticket(), self.parts.clock()
        until = now + HANDED_OVER_LIFE
        language = await self._tell_chat(conn, last, until)
        await Captures(work.vault).open(conn, key, last.account, last.request, now, until, language=language)
        link = f"{self.parts.public_url}/h5/capture/{ticket}"
        text, label = (CONSOLE_LINK[word].spoken(language) for word in ("text", "label"))
        said = f'{text}\n<a href="{link}">{label}</a>'
        await Outbox(work.vault).put(conn, [OutboxItem(last.account, OutboxKind.TEXT, said, now)], now)

    async def _tell_chat(self, conn: Connection, last: LastLink, until: datetime) -> Language:
        """Note in the account's conversation how long the link is valid; return the account's language."""
        sessions = Sessions(self.parts.vault)
        stored = (await sessions.load(conn, [last.account])).get(last.account)
        if stored is None:
            return DEFAULT
        session = decode(stored.body)
        noted = with_office_link(session, last.request, until)
        if noted != session:
            await sessions.save(conn, [(last.account, stored.version, encode(noted))], self.parts.clock())
        return session.language
