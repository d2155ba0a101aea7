"""Decides by the outcome of a sending what happens to its row; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.wechat.api.errcodes import POLICIES, Delivery
from storage.messaging.outbox import OutboxKind
from storage.way_out import WayOut

LONGEST_WAIT = timedelta(minutes=30)
QUOTA_WAITS: Mapping[int, timedelta] = MappingProxyType(
    {45009: LONGEST_WAIT, 45011: timedelta(minutes=1), 45066: timedelta(minutes=1)}
)
"""Waits by code: 45009 is a quota of the day, the others are of the minute."""

_OF_THE_WAY = frozenset({Delivery.MISCONFIGURED, Delivery.REFUSED})
"""What is wrong with the way of a message, and not with the message."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more to do; `dead` keeps the row for the operator to see."""

    dead: bool


@dataclass(frozen=True, slots=True)
class Again:
    """To be tried again after this long (more by the worker's jitter)."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class OtherChannel:
    """To be said by a template message, now."""


@dataclass(frozen=True, slots=True)
class WhenHeard:
    """To be tried again once the person was heard: their next words open the customer-message window."""


@dataclass(frozen=True, slots=True)
class RefusedReminder:
    """The person receives no such template: their subscription pauses, and they are told when next heard."""


Decision = Ended | Again | OtherChannel | WhenHeard | RefusedReminder


@dataclass(frozen=True, slots=True)
class Sending:
    """What was tried, and how often; `has_template`: a template that was not tried yet can say the same."""

    kind: OutboxKind
    attempts: int
    has_template: bool = False


def judge(outcome: Delivery, errcode: int, sending: Sending) -> Decision:
    """Decide what an outcome means: retries wait 1 s, 2 s, 4 s … up to half an hour, full quotas longer.

    A text that can no longer go out, neither as a message nor as a template, waits for the person's next
    words: a late result must not be lost.
    """
    if outcome is Delivery.SENT:
        return Ended(dead=False)
    if outcome is Delivery.OTHER_CHANNEL and sending.has_template:
        return OtherChannel()
    if sending.attempts < POLICIES[outcome].tries:
        return _next_try(outcome, errcode, sending.attempts)
    if outcome is Delivery.REFUSED and sending.kind is OutboxKind.REMINDER:
        return RefusedReminder()
    may_still_be_said = outcome in _OF_THE_WAY and sending.kind.way is WayOut.MESSAGE
    is_over = sending.attempts >= POLICIES[Delivery.OTHER_CHANNEL].tries
    return WhenHeard() if may_still_be_said and not is_over else Ended(dead=True)


def _next_try(outcome: Delivery, errcode: int, attempts: int) -> Again | WhenHeard:
    if outcome is Delivery.OTHER_CHANNEL:
        return WhenHeard()
    if outcome is Delivery.MISCONFIGURED:
        return Again(LONGEST_WAIT)
    return Again(QUOTA_WAITS.get(errcode) or backoff(attempts))


def backoff(attempts: int) -> timedelta:
    """Return the wait after so many attempts."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 11)), LONGEST_WAIT)
