"""Meaning of the platform's error codes for a message to be delivered.

Source: "全局返回码说明" of the official-account documentation.
"""

from collections.abc import Mapping
from enum import Enum


class Delivery(Enum):
    """Next action for a message."""

    SENT = "sent"
    RETRY = "retry"
    OTHER_CHANNEL = "other_channel"
    GIVE_UP = "give_up"


NO_ANSWER = -1000
"""Ours, not the platform's: no answer, a late one, garbage, or an HTTP error."""

TOKEN_CODES = frozenset({40001, 40014, 42001})
"""The access token is wrong or over: a fresh one may help, once."""

_MEANING: Mapping[int, Delivery] = {
    0: Delivery.SENT,
    NO_ANSWER: Delivery.RETRY,
    -1: Delivery.RETRY,  # system busy
    40001: Delivery.RETRY,  # token, after a fresh one failed too
    40014: Delivery.RETRY,
    42001: Delivery.RETRY,
    40003: Delivery.GIVE_UP,  # no such openid
    40037: Delivery.GIVE_UP,  # no such template
    40164: Delivery.RETRY,  # our address is not allowed: the operator mends it, nothing is lost
    43004: Delivery.GIVE_UP,  # not following
    45002: Delivery.GIVE_UP,  # too long
    45009: Delivery.RETRY,  # quota of the day
    45011: Delivery.RETRY,  # quota of the minute
    45015: Delivery.OTHER_CHANNEL,  # the customer-message window is closed
    45047: Delivery.OTHER_CHANNEL,  # too many customer messages without an answer
    48001: Delivery.GIVE_UP,  # no permission for this call
}


def meaning(errcode: int) -> Delivery:
    """Judge a code; an unknown one is tried again, since giving up loses a message."""
    return _MEANING.get(errcode, Delivery.RETRY)
