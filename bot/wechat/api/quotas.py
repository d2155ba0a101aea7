"""The platform's quotas, checked by counts before the call.

Source: "客服消息" (five messages in the 48 hours after a person's words, three
in the minute after a tap, a follow or a scan) and "模板消息" (100 000 a day).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType

from messages.inbound import Click, Media, Scanned, Sticker, Subscribed, Text
from storage.messaging.reply_windows import Opening, ReplyWindow

TEMPLATES_A_DAY = 100_000

_LIVES: Mapping[Opening, timedelta] = MappingProxyType(
    {Opening.TEXT: timedelta(hours=48), Opening.TAP: timedelta(minutes=1)}
)
_ALLOWS: Mapping[Opening, int] = MappingProxyType({Opening.TEXT: 5, Opening.TAP: 3})
_CLOSED, _EXHAUSTED, _TEMPLATES_OVER = "45015", "45047", "45009"


@dataclass(frozen=True, slots=True)
class ReplyRoom:
    """Customer messages that a person's words still allow, and until when; None where the time is over."""

    left: int
    until: datetime | None


class Channel(Enum):
    """Channel of a message now."""

    CUSTOM = "custom"
    TEMPLATE = "template"


_OPENINGS: Mapping[type, Opening] = MappingProxyType(
    {
        **dict.fromkeys((Text, Media, Sticker), Opening.TEXT),
        **dict.fromkeys((Click, Subscribed, Scanned), Opening.TAP),
    }
)


def opening(event: object) -> Opening | None:
    """Tell which window an event opens; leaving and reports open none."""
    return _OPENINGS.get(type(event))


def payer(window: ReplyWindow, now: datetime) -> Opening | None:
    """Choose the window that pays for a customer message: the one that ends first; None if none can."""
    for which in (Opening.TAP, Opening.TEXT):
        if _is_open(window, which, now) and _left(window, which):
            return which
    return None


def choose(
    window: ReplyWindow | None, templates_sent: int, now: datetime, *, has_template: bool
) -> Channel | str:
    """Choose the channel, or return the errcode that the platform would answer, so that the call is spared.

    An account that was never heard here (it was before these counts began) is not judged: the platform will.
    """
    if window is None or payer(window, now):
        return Channel.CUSTOM
    if has_template:
        return template(templates_sent)
    return _EXHAUSTED if any(_is_open(window, which, now) for which in Opening) else _CLOSED


def template(templates_sent: int) -> Channel | str:
    """Allow a template message, or return the errcode of a day that is full."""
    return Channel.TEMPLATE if templates_sent < TEMPLATES_A_DAY else _TEMPLATES_OVER


def reply_room(window: ReplyWindow | None, queued: int, now: datetime) -> ReplyRoom:
    """Return what a clerk may say before the person writes again; `queued` messages are on their way."""
    if window is None or window.text_at is None or not _is_open(window, Opening.TEXT, now):
        return ReplyRoom(0, None)
    left = _ALLOWS[Opening.TEXT] - window.text_sent - queued
    return ReplyRoom(max(left, 0), window.text_at + _LIVES[Opening.TEXT])


def _is_open(window: ReplyWindow, which: Opening, now: datetime) -> bool:
    at = window.text_at if which is Opening.TEXT else window.tap_at
    return at is not None and now - at < _LIVES[which]


def _left(window: ReplyWindow, which: Opening) -> bool:
    sent = window.text_sent if which is Opening.TEXT else window.tap_sent
    return sent < _ALLOWS[which]
