"""Judges the platform's error codes: whether and how often to try a message again, what to tell the operator.

Sources: "全局返回码说明" and "发送模板消息" of the official-account documentation; for 43101 of template
messages, the developers' forum alone.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Delivery(Enum):
    """Classes of an answer to a message."""

    SENT = "sent"
    RETRY = "retry"
    """The platform is unreachable, busy, or over a quota: a later attempt may succeed."""
    LOCKED_OUT = "locked_out"
    """Our secret, token or address is not accepted: nothing is lost while the operator fixes it."""
    MISCONFIGURED = "misconfigured"
    """The template, its fields or a permission is wrong for every message of its kind; unknown codes too."""
    REFUSED = "refused"
    """This person receives no such message: switched off or blocked, or the account is frozen."""
    OTHER_CHANNEL = "other_channel"
    """The customer-message window is closed; a template message, or the person's next words, may help."""
    GIVE_UP = "give_up"
    """This message can reach nobody."""


class Policy(NamedTuple):
    """`most_attempts` bounds how often a message is sent; `alarm_after` of them alarm the operator."""

    most_attempts: int
    alarm_after: int | None = None


POLICIES: Mapping[Delivery, Policy] = MappingProxyType(
    {
        Delivery.SENT: Policy(1),
        Delivery.RETRY: Policy(350),  # a week, at half an hour apart
        Delivery.LOCKED_OUT: Policy(350, alarm_after=1),
        Delivery.MISCONFIGURED: Policy(6, alarm_after=1),
        Delivery.REFUSED: Policy(1, alarm_after=20),
        Delivery.OTHER_CHANNEL: Policy(50),
        Delivery.GIVE_UP: Policy(1),
    }
)

NO_ANSWER = -1000
"""Ours, not the platform's: no answer, a late one, garbage, or an HTTP error."""

NOT_ASKED = -1001
"""Ours: the platform was not asked, since our database or another process did not give the access token."""

TOKEN_CODES = frozenset({40001, 40014, 42001})
"""The access token is wrong or expired: a fresh one may help, once."""

_CLASSES: Mapping[Delivery, tuple[int, ...]] = MappingProxyType(
    {
        Delivery.SENT: (0,),
        Delivery.RETRY: (
            NO_ANSWER,
            NOT_ASKED,
            -1,  # system busy
            45009,  # quota of the day
            45011,  # quota of the minute
            45066,  # the same client_msg_id again too soon
        ),
        Delivery.LOCKED_OUT: (
            *TOKEN_CODES,  # after a fresh token failed too
            40002,  # grant_type
            40013,  # app id
            40125,  # secret
            40164,  # our address is not on the list
            41001,  # no token
            41002,  # no app id
            41004,  # no secret
            45035,  # our address is not registered
            48004,  # the account's interface is banned
            50004,  # the account may use no token
            89501,  # our address waits for the administrator's confirmation; so do the next three
            89503,
            89506,
            89507,
        ),
        Delivery.MISCONFIGURED: (
            40008,  # type of message
            40036,  # length of the template id
            40037,  # no such template
            41030,  # page of a mini program
            43104,  # the account has no template messages
            45012,  # template too large
            45064,  # a menu with a mini program that is not linked
            47001,  # malformed JSON
            47003,  # a value that the template does not take
            48001,  # no permission for this call
            48008,  # no permission for this type of message
            48009,  # a call that no longer exists
            48011,  # template switched off
        ),
        Delivery.REFUSED: (
            43019,  # on the account's own blacklist
            43101,  # refuses the message
            48002,  # switched 接收消息 off
            50002,  # frozen or deleted
        ),
        Delivery.OTHER_CHANNEL: (
            45015,  # window closed
            45047,  # too many without an answer
        ),
        Delivery.GIVE_UP: (
            40003,  # no such openid
            43004,  # not following
            44004,  # no words
            45002,  # too long
            46004,  # no such person
            49003,  # an openid of another account
            50005,  # not following
        ),
    }
)
_CLASS_OF = {code: outcome for outcome, codes in _CLASSES.items() for code in codes}


def meaning(errcode: int) -> Delivery:
    """Judge a code; an unknown one is tried a few times and reported to the operator."""
    return _CLASS_OF.get(errcode, Delivery.MISCONFIGURED)
