"""Links in reminders: they open the right scheme, person and step, for the subscription's own account."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto

from bot.capture.tickets.ticket import ticket_hash
from bot.conversation.transaction import Conversation
from bot.conversation.units_of_work import Work, WorkResult
from dialogs.effects import CheckEligibility, LookUp
from dialogs.events import ReminderFollowed
from dialogs.local_time import local_date
from dialogs.ports import Found, Unavailable
from dialogs.rules.due import Standing, rule_of, standing
from dialogs.rules.identity import mask_name
from dialogs.values import Identity, Manner, Scheme
from messages.language.codes import Language
from storage.database import Engine, connect
from storage.reminders.queued_reminders import ReminderLink, find_link
from storage.reminders.subscription import Subscription
from storage.reminders.subscriptions import Subscriptions
from storage.sealing.vault import Vault

DEADLINE = 8.0
"""Seconds that the registry has while a person waits; after that the answer follows in the chat."""


class LinkEnding(StrEnum):
    """Why a link leads to no capture, or where to continue."""

    UNKNOWN = auto()
    EXPIRED = auto()
    DONE = auto()
    STOPPED = auto()
    CHAT = auto()
    BUSY = auto()


@dataclass(frozen=True, slots=True)
class ReminderView:
    """Data of the page: a masked name and dates, nothing more about the person."""

    name: str
    scheme: Scheme
    due_on: date
    standing: Standing
    manner: Manner


@dataclass(frozen=True, slots=True)
class LinkOpened:
    """The capture page's address."""

    link: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """Why there is no capture, in the dialog's own words.

    The page shows them, since an account that last wrote months ago cannot be sent a message.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Known:
    subscription: Subscription
    due_on: date
    person: Identity | None = field(repr=False)

    @property
    def manner(self) -> Manner:
        """Whether the reader certifies for themselves or for somebody else."""
        is_own = self.person and self.person.document == self.subscription.subject.identity.document
        return Manner.SELF if is_own else Manner.AGENT


@dataclass(frozen=True, slots=True)
class ReminderLinks:
    """Views a link without any effect, and follows it."""

    engine: Engine
    vault: Vault = field(repr=False)
    conversation: Conversation
    look_up: LookUp
    clock: Callable[[], datetime]

    async def owner(self, token: str) -> str:
        """Return the account that was reminded, or "" for an unknown link; access is decided from it."""
        found = await self._linked(token)
        return found[1].account if found else ""

    async def language(self, token: str) -> Language | None:
        """Return the language of the reminded account; None for an unknown link."""
        account = await self.owner(token)
        return await self.conversation.language_of(account) if account else None

    async def view(self, token: str) -> ReminderView | LinkEnding:
        """Return the purpose of a link, or why it leads nowhere.

        The registry says, when the button is pressed, whether a suspended benefit needs a counter.
        """
        found = await self._find(token)
        if isinstance(found, LinkEnding):
            return found
        subject = found.subscription.subject
        stands = standing(rule_of(subject.scheme, subject.city), found.due_on, self._today())
        name = mask_name(subject.identity.name)
        return ReminderView(name, subject.scheme, found.due_on, stands, found.manner)

    async def begin(self, token: str) -> LinkOpened | LinkRefused | LinkEnding:
        """Open the capture, as the dialog would, or say in its words why not.

        The session is read only in the step, under its lock: of two simultaneous presses, the second one
        finds the capture that the first has opened.
        """
        found = await self._find(token)
        if isinstance(found, LinkEnding):
            return found
        account, subject = found.subscription.account, found.subscription.subject
        check = CheckEligibility(0, subject.scheme, subject.identity)
        answer = await self.conversation.count_lookup(account) or await self._answer(check)
        followed = Work(account, ReminderFollowed(subject, answer, token), on_page=True)
        (done,) = await self.conversation.execute([followed])
        if done.link:
            return LinkOpened(done.link)
        return LinkEnding.BUSY if isinstance(answer, Unavailable) else _refused(done)

    async def _answer(self, check: CheckEligibility) -> Found | Unavailable:
        try:
            async with asyncio.timeout(DEADLINE):
                return await self.look_up(check)
        except TimeoutError:
            return Unavailable()

    async def _find(self, token: str) -> _Known | LinkEnding:
        known = await self._linked(token)
        if known is None:
            return LinkEnding.UNKNOWN
        link, found = known
        if link.expires_on < self._today():
            return LinkEnding.EXPIRED
        if found.has_ended:
            return LinkEnding.STOPPED
        due_on = found.due_on or link.due_on  # without a date the benefit has ended: the registry says so
        if due_on > link.due_on:
            return LinkEnding.DONE
        return _Known(found, due_on, await self.conversation.person_of(found.account))

    async def _linked(self, token: str) -> tuple[ReminderLink, Subscription] | None:
        async with connect(self.engine) as conn:
            link = await find_link(conn, ticket_hash(token))
            found = link and await Subscriptions(self.vault).find(conn, link.subscription_id)
        return (link, found) if link and found else None

    def _today(self) -> date:
        return local_date(self.clock())


def _refused(done: WorkResult) -> LinkRefused | LinkEnding:
    """Return the refusal in the dialog's words; if it has none, point to the chat's menu."""
    return LinkRefused(done.page_text) if done.page_text else LinkEnding.CHAT
