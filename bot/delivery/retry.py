"""Decides by the outcome of a sending what happens to its row; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.wechat.errcodes import Delivery

LONGEST_WAIT = timedelta(minutes=30)
QUOTA_WAITS: Mapping[int, timedelta] = MappingProxyType(
    {45009: LONGEST_WAIT, 45011: timedelta(minutes=1)}  # of the day; of the minute
)
_MENDABLE = frozenset({40037, 48001})
"""No such template, no permission: the operator can mend these while the result goes on waiting."""


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


def judge(
    outcome: Delivery, errcode: int, attempts: int, *, has_other: bool = False, is_other: bool = False
) -> Ended | Again | OtherChannel:
    """Decide what an outcome means: retries wait 1 s, 2 s, 4 s … up to half an hour, full quotas longer.

    `has_other`: the row can be said by a template too. Without one a closed
    window is waited out: the person's next message opens it, and a result
    must not be lost for having come late. `is_other`: this was that template;
    when the operator's template is at fault the result goes on waiting.
    """
    if outcome is Delivery.SENT:
        return Ended(dead=False)
    if outcome is Delivery.OTHER_CHANNEL and has_other:
        return OtherChannel()
    if outcome is Delivery.GIVE_UP and not (is_other and errcode in _MENDABLE):
        return Ended(dead=True)
    return Again(QUOTA_WAITS.get(errcode) or backoff(attempts))


def backoff(attempts: int) -> timedelta:
    """Return the wait after so many attempts."""
    return min(timedelta(seconds=2 ** min(attempts - 1, 11)), LONGEST_WAIT)
