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
from storage.messaging.reply_windows import ReplyWindow, WindowKind

TEMPLATES_A_DAY = 100_000

_LIVES: Mapping[WindowKind, timedelta] = MappingProxyType(
    {WindowKind.TEXT: timedelta(hours=48), WindowKind.TAP: timedelta(minutes=1)}
)
_ALLOWS: Mapping[WindowKind, int] = MappingProxyType({WindowKind.TEXT: 5, WindowKind.TAP: 3})
_CLOSED, _EXHAUSTED, _TEMPLATES_OVER = "45015", "45047", "45009"


@dataclass(frozen=True, slots=True)
class ReplyAllowance:
    """Customer messages that a person's words still allow, and until when; None once the time is over."""

    left: int
    until: datetime | None


class Channel(Enum):
    """The channel of a message at present."""

    CUSTOM = "custom"
    TEMPLATE = "template"


_OPENINGS: Mapping[type, WindowKind] = MappingProxyType(
    {
        **dict.fromkeys((Text, Media, Sticker), WindowKind.TEXT),
        **dict.fromkeys((Click, Subscribed, Scanned), WindowKind.TAP),
    }
)


def opening(event: object) -> WindowKind | None:
    """Return the window that an event opens; leaving and reports open none."""
    return _OPENINGS.get(type(event))


def payer(window: ReplyWindow, now: datetime) -> WindowKind | None:
    """Choose the window that pays for a customer message: the one that ends first; None if none can."""
    for which in (WindowKind.TAP, WindowKind.TEXT):
        if _is_open(window, which, now) and _left(window, which):
            return which
    return None


def choose(
    window: ReplyWindow | None, templates_sent: int, now: datetime, *, has_template: bool
) -> Channel | str:
    """Choose the channel, or return the errcode that the platform would answer, which saves the call.

    An account that was not heard from since these counts began is not judged: the platform decides.
    """
    if window is None or payer(window, now):
        return Channel.CUSTOM
    if has_template:
        return template(templates_sent)
    return _EXHAUSTED if any(_is_open(window, which, now) for which in WindowKind) else _CLOSED


def template(templates_sent: int) -> Channel | str:
    """Allow a template message, or return the errcode of an exhausted daily quota."""
    return Channel.TEMPLATE if templates_sent < TEMPLATES_A_DAY else _TEMPLATES_OVER


def reply_allowance(window: ReplyWindow | None, queued: int, now: datetime) -> ReplyAllowance:
    """Return what a clerk may send before the person writes again; `queued` messages are on their way."""
    if window is None or window.text_at is None or not _is_open(window, WindowKind.TEXT, now):
        return ReplyAllowance(0, None)
    left = _ALLOWS[WindowKind.TEXT] - window.text_sent - queued
    return ReplyAllowance(max(left, 0), window.text_at + _LIVES[WindowKind.TEXT])


def _is_open(window: ReplyWindow, which: WindowKind, now: datetime) -> bool:
    at = window.text_at if which is WindowKind.TEXT else window.tap_at
    return at is not None and now - at < _LIVES[which]


def _left(window: ReplyWindow, which: WindowKind) -> bool:
    sent = window.text_sent if which is WindowKind.TEXT else window.tap_sent
    return sent < _ALLOWS[which]
