"""Parses the bytes of a body into one typed event; a malformed body is no event, never a guess."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.wechat.typed_text import is_placeholder, own_words, recognised_words
from bot.wechat.xml_fields import Malformed, read_lenient_fields
from dialogs.immutable_record import ImmutableRecord
from messages.inbound import (
    AuthorizationEnded,
    Click,
    Event,
    Inbound,
    Media,
    MediaKind,
    Scanned,
    Sticker,
    Subscribed,
    TemplateJobFinished,
    Text,
    Unsubscribed,
    Unsupported,
)
from messages.scenes import QR_PREFIX

_LONGEST_ACCOUNT = 128
_LONGEST_TIME = 20
"""Digits of a CreateTime: seconds, or finer."""


@dataclass(frozen=True, slots=True)
class NoMessage:
    """Well-formed, but no account's message or event: a third-party platform's own notice (`InfoType`)."""


class Delivered(ImmutableRecord, frozen=True):
    """An event, the official account (`ToUserName`) in whose name a reply goes, and its `CreateTime`."""

    inbound: Inbound
    service: str
    created: int


def parse(body: bytes) -> Delivered | NoMessage | Malformed:
    """Read one delivery; the words of a message are kept unchanged, without what they quote."""
    fields = read_lenient_fields(body)
    if isinstance(fields, Malformed):
        return fields
    if not _has_envelope(fields):
        return NoMessage()
    is_event = fields["MsgType"].lower() == "event"
    event = _event(fields) if is_event else _message(fields)
    if isinstance(event, NoMessage):
        return event
    key = _event_key(fields) if is_event else _message_key(fields)
    inbound = Inbound(_account(fields, event), key, event)
    return Delivered(inbound, fields["ToUserName"], int(fields["CreateTime"]))


def _account(fields: Mapping[str, str], event: Event) -> str:
    """Return whose event it is; a change of an authorization comes from the platform and names `OpenID`.

    Source: "授权用户信息变更" of the official-account documentation.
    """
    named = fields.get("OpenID", "") if isinstance(event, AuthorizationEnded) else ""
    return named if 0 < len(named) <= _LONGEST_ACCOUNT else fields["FromUserName"]


def _has_envelope(fields: Mapping[str, str]) -> bool:
    account, created = fields.get("FromUserName", ""), fields.get("CreateTime", "")
    return (
        0 < len(account) <= _LONGEST_ACCOUNT
        and 0 < len(fields.get("ToUserName", "")) <= _LONGEST_ACCOUNT
        and bool(fields.get("MsgType"))
        and created.isascii()
        and created.isdigit()
        and len(created) <= _LONGEST_TIME
    )


def _message_key(fields: Mapping[str, str]) -> str:
    return "|".join((fields["FromUserName"], fields.get("MsgId", ""), fields["CreateTime"]))


def _event_key(fields: Mapping[str, str]) -> str:
    # From one sender in one second, template reports differ only in their message id, ended authorizations in
    # whose and which they were.
    identifying = ("EventKey", "MsgID", "OpenID", "RevokeInfo")
    key = "|".join(fields[name] for name in identifying if fields.get(name))
    return "|".join((fields["FromUserName"], fields["CreateTime"], fields.get("Event", ""), key))


def _message(fields: Mapping[str, str]) -> Event | NoMessage:
    kind = fields["MsgType"].lower()
    if kind != "text" and kind not in _MEDIA:
        return Unsupported(kind[:64])
    if not fields.get("MsgId"):  # without it two messages of one second would look the same
        return NoMessage()
    if kind == "text":
        return _text(fields.get("Content", ""))
    words = recognised_words(fields.get("Recognition", "")) if kind == MediaKind.VOICE else ""
    return Text(words, spoken=True) if words else Media(MediaKind(kind))


def _text(content: str) -> Text | Sticker:
    words = own_words(content)
    return Sticker() if is_placeholder(words) else Text(words)


def _event(fields: Mapping[str, str]) -> Event:
    """Read an event; the platform's own pages spell some names in both cases (`SCAN`, `scan`)."""
    name = fields.get("Event", "")
    read = _EVENTS.get(name.lower())
    return read(fields) if read else Unsupported(f"event {name[:64]}")


def _subscribed(fields: Mapping[str, str]) -> Event:
    key = fields.get("EventKey", "")
    return Subscribed(key.removeprefix(QR_PREFIX) if key.startswith(QR_PREFIX) else "")


_MEDIA = frozenset(MediaKind)

_EVENTS: Mapping[str, Callable[[Mapping[str, str]], Event]] = {
    "click": lambda fields: Click(fields.get("EventKey", "")),
    "subscribe": _subscribed,
    "scan": lambda fields: Scanned(fields.get("EventKey", "").removeprefix(QR_PREFIX)),
    "unsubscribe": lambda _fields: Unsubscribed(),
    "user_authorization_revoke": lambda _fields: AuthorizationEnded(),
    "user_authorization_cancellation": lambda _fields: AuthorizationEnded(),
    "templatesendjobfinish": lambda fields: TemplateJobFinished(
        fields.get("MsgID", ""), fields.get("Status", "")
    ),
}
