"""The reminder's link: into the right scheme, person and step, for the subscription's own account."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto

from bot.capture.tickets import ticket_hash
from bot.conversation.transaction import Conversation, Work, WorkResult
from dialogs.effects import CheckEligibility
from dialogs.events import EligibilityChecked, ReminderFollowed
from dialogs.ports import Found, Unavailable
from dialogs.rules.due import Standing, rule_of, standing
from dialogs.rules.identity import mask_name
from dialogs.session import State
from dialogs.values import SHANGHAI, Identity, Manner, Scheme
from messages.inbound import Text
from messages.labels import Label
from messages.languages import Language
from storage.database import Engine, connect
from storage.records.reminders import ReminderLink, find_link
from storage.records.subscriptions import Subscription, Subscriptions
from storage.sealing.vault import Vault

_DEADLINE = 8.0
"""Seconds that the registry has while a person waits; after that the answer follows in the chat."""

LookUp = Callable[[CheckEligibility], Awaitable[Found | Unavailable]]


class LinkEnding(StrEnum):
    """Why a link leads to no capture, or where to go on."""

    UNKNOWN = auto()
    EXPIRED = auto()
    DONE = auto()
    CHAT = auto()
    BUSY = auto()


@dataclass(frozen=True, slots=True)
class ReminderView:
    """Data of the page: a masked name and dates, nothing more of the person."""

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

    The page says them: who last wrote months ago can be sent no message.
    """

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Known:
    subscription: Subscription
    due_on: date
    person: Identity | None = field(repr=False)

    @property
    def manner(self) -> Manner:
        is_own = self.person and self.person.document == self.subscription.subject.identity.document
        return Manner.SELF if is_own else Manner.AGENT


@dataclass(frozen=True, slots=True)
class ReminderLinks:
    """Looks at a link without any effect, and follows it."""

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
        """Return what the reminded account speaks; None for an unknown link."""
        account = await self.owner(token)
        return await self.conversation.language_of(account) if account else None

    async def view(self, token: str) -> ReminderView | LinkEnding:
        """Say what the link is for, or why it leads nowhere.

        Whether a suspended benefit waits at a counter is the registry's to say, when the button is pressed.
        """
        found = await self._find(token)
        if isinstance(found, LinkEnding):
            return found
        subject = found.subscription.subject
        stands = standing(rule_of(subject.scheme, subject.city), found.due_on, self._today())
        name = mask_name(subject.identity.name)
        return ReminderView(name, subject.scheme, found.due_on, stands, found.manner)

    async def begin(self, token: str) -> LinkOpened | LinkRefused | LinkEnding:
        """Open the capture, as the dialog would, or say in its words why not."""
        if isinstance(seen := await self.view(token), LinkEnding):
            return seen
        found = await self._find(token)
        if isinstance(found, LinkEnding):
            return found
        account = found.subscription.account
        done = await self._step(
            Work(account, ReminderFollowed(found.subscription.subject, found.manner), on_page=True)
        )
        if done.check is None or done.job is None:
            return _refused(done)
        answer = Unavailable() if done.held else await self._answer(done.check)
        checked = Work(account, EligibilityChecked(done.check.serial, answer), job=done.job, on_page=True)
        return await self._go_on(account, await self._step(checked), answer)

    async def _go_on(
        self, account: str, done: WorkResult, answer: Found | Unavailable
    ) -> LinkOpened | LinkRefused | LinkEnding:
        """Confirm the notice in the person's place, where the check led to one."""
        if done.state is not State.NOTICE:
            return LinkEnding.BUSY if isinstance(answer, Unavailable) else _refused(done)
        confirmed = await self._step(Work(account, Text(Label.CONFIRM), on_page=True))
        return LinkOpened(confirmed.link) if confirmed.link else _refused(confirmed)

    async def _step(self, work: Work) -> WorkResult:
        (done,) = await self.conversation.execute([work])
        return done

    async def _answer(self, check: CheckEligibility) -> Found | Unavailable:
        try:
            async with asyncio.timeout(_DEADLINE):
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
        if found.has_ended or found.due_on != link.due_on:
            return LinkEnding.DONE
        return _Known(found, link.due_on, await self.conversation.person_of(found.account))

    async def _linked(self, token: str) -> tuple[ReminderLink, Subscription] | None:
        async with connect(self.engine) as conn:
            link = await find_link(conn, ticket_hash(token))
            found = link and await Subscriptions(self.vault).find(conn, link.subscription_id)
        return (link, found) if link and found else None

    def _today(self) -> date:
        return self.clock().astimezone(SHANGHAI).date()


def _refused(done: WorkResult) -> LinkRefused | LinkEnding:
    """Give the dialog's words; where it has none, the chat's menu is the way on."""
    return LinkRefused(done.told) if done.told else LinkEnding.CHAT
