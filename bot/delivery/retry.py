"""Decides from the outcome of an attempt to send what happens to its row; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.wechat.api.errcodes import POLICIES, Delivery, meaning
from storage.delivery_route import DeliveryRoute
from storage.messaging.outbox import OutboxKind

LONGEST_BACKOFF = timedelta(minutes=30)
QUOTA_WAITS: Mapping[int, timedelta] = MappingProxyType(
    {45009: LONGEST_BACKOFF, 45011: timedelta(minutes=1), 45066: timedelta(minutes=1)}
)
"""Waits by code: 45009 is a daily quota, the others are per minute."""

_CHANNEL_FAULTS = frozenset({Delivery.MISCONFIGURED, Delivery.REFUSED})
"""Faults of a message's path, not of the message."""


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more to do; `dead` keeps the row for the operator to see."""

    dead: bool


@dataclass(frozen=True, slots=True)
class RetryAfter:
    """To be tried again after this long (more by the worker's jitter)."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class UseOtherChannel:
    """To be sent as a template message, now."""


@dataclass(frozen=True, slots=True)
class RetryWhenHeard:
    """To be tried again once the person is heard from: their next words open the customer-message window."""


@dataclass(frozen=True, slots=True)
class RefusedReminder:
    """The person receives no such template: their subscription pauses; they are told when next heard from."""


Decision = Ended | RetryAfter | UseOtherChannel | RetryWhenHeard | RefusedReminder


@dataclass(frozen=True, slots=True)
class Sending:
    """What was tried, and how often; `has_template`: a template that was not tried yet can say the same.

    `last_error` is the errcode of the attempt before.
    """

    kind: OutboxKind
    attempts: int
    has_template: bool = False
    last_error: str = ""

    def attempts_for(self, outcome: Delivery) -> int:
        """Count the attempts that bear on an outcome.

        An outage takes hundreds. A fault that is tried less often, and follows it, begins its own count;
        behind an attempt without a code, whose worker was killed, if there are more than it is tried itself.
        """
        before = self.attempts if self.last_error else 0
        if self.last_error.lstrip("-").isdecimal():
            before = POLICIES[meaning(int(self.last_error))].most_attempts
        return 1 if POLICIES[outcome].most_attempts < before else self.attempts


def judge(outcome: Delivery, errcode: int, sending: Sending) -> Decision:
    """Decide what an outcome means: retries wait 1 s, 2 s, 4 s … up to half an hour, full quotas longer.

    A text that can no longer go out, neither as a message nor as a template, waits for the person's next
    words: a late result must not be lost.
    """
    if outcome is Delivery.SENT:
        return Ended(dead=False)
    if outcome is Delivery.OTHER_CHANNEL and sending.has_template:
        return UseOtherChannel()
    attempts = sending.attempts_for(outcome)
    if attempts < POLICIES[outcome].most_attempts:
        return _next_attempt(outcome, errcode, attempts)
    if outcome is Delivery.REFUSED and sending.kind is OutboxKind.REMINDER:
        return RefusedReminder()
    may_still_be_said = outcome in _CHANNEL_FAULTS and sending.kind.route is DeliveryRoute.MESSAGE
    is_over = attempts >= POLICIES[Delivery.OTHER_CHANNEL].most_attempts
    return RetryWhenHeard() if may_still_be_said and not is_over else Ended(dead=True)


def _next_attempt(outcome: Delivery, errcode: int, attempts: int) -> RetryAfter | RetryWhenHeard:
    if outcome is Delivery.OTHER_CHANNEL:
        return RetryWhenHeard()
    if outcome is Delivery.MISCONFIGURED:
        return RetryAfter(LONGEST_BACKOFF)
    return RetryAfter(QUOTA_WAITS.get(errcode) or backoff(attempts))


def backoff(attempts: int) -> timedelta:
    """Return the wait after this number of attempts."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 11)), LONGEST_BACKOFF)
