"""Kinds of a delivery, as they are counted."""

from enum import StrEnum

from bot.wechat.parsing import Delivered
from messages.inbound import (
    AuthorizationEnded,
    Click,
    Event,
    Media,
    Scanned,
    Sticker,
    Subscribed,
    TemplateJobFinished,
    Text,
    Unsubscribed,
    Unsupported,
)


class MessageKind(StrEnum):
    """What came; `NONE` for a request that is no message: forged, stale, malformed."""

    TEXT = "text"
    STICKER = "sticker"
    CLICK = "click"
    SUBSCRIBED = "subscribed"
    SCANNED = "scanned"
    UNSUBSCRIBED = "unsubscribed"
    AUTHORIZATION_ENDED = "authorization_ended"
    MEDIA = "media"
    TEMPLATE_REPORT = "template_report"
    UNSUPPORTED = "unsupported"
    NONE = "none"


_KINDS: dict[type[Event], MessageKind] = {
    Text: MessageKind.TEXT,
    Sticker: MessageKind.STICKER,
    Click: MessageKind.CLICK,
    Subscribed: MessageKind.SUBSCRIBED,
    Scanned: MessageKind.SCANNED,
    Unsubscribed: MessageKind.UNSUBSCRIBED,
    AuthorizationEnded: MessageKind.AUTHORIZATION_ENDED,
    Media: MessageKind.MEDIA,
    TemplateJobFinished: MessageKind.TEMPLATE_REPORT,
    Unsupported: MessageKind.UNSUPPORTED,
}


def kind_of(delivered: object) -> MessageKind:
    """Name the kind of what was accepted; anything else is no message."""
    return _KINDS[type(delivered.inbound.event)] if isinstance(delivered, Delivered) else MessageKind.NONE
