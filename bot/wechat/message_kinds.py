"""Kinds of a delivery, as they are counted."""

from enum import StrEnum

from bot.wechat.parsing import Delivered
from messages import inbound


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


_KINDS: dict[type[inbound.Event], MessageKind] = {
    inbound.Text: MessageKind.TEXT,
    inbound.Sticker: MessageKind.STICKER,
    inbound.Click: MessageKind.CLICK,
    inbound.Subscribed: MessageKind.SUBSCRIBED,
    inbound.Scanned: MessageKind.SCANNED,
    inbound.Unsubscribed: MessageKind.UNSUBSCRIBED,
    inbound.AuthorizationEnded: MessageKind.AUTHORIZATION_ENDED,
    inbound.Media: MessageKind.MEDIA,
    inbound.TemplateJobFinished: MessageKind.TEMPLATE_REPORT,
    inbound.Unsupported: MessageKind.UNSUPPORTED,
}


def kind_of(delivered: object) -> MessageKind:
    """Return the kind of what was accepted; anything else is no message."""
    return _KINDS[type(delivered.inbound.event)] if isinstance(delivered, Delivered) else MessageKind.NONE
