"""From a body's bytes to one typed event; anything odd is `Malformed`, never a guess.

The size is already bounded. No DTD, no entities, no repeated field: wechatpy
turns a second `<FromUserName>` into a list, and we would answer the wrong account.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from messages.inbound import (
    Click,
    Event,
    Inbound,
    Media,
    MediaKind,
    Scanned,
    Subscribed,
    TemplateJobFinished,
    Text,
    Unsubscribed,
    Unsupported,
)

MAX_DEPTH = 5
"""The root and four levels: `pic_sysphoto` events reach xml/SendPicsInfo/PicList/item/PicMd5Sum."""

_LONGEST_ACCOUNT = 128
_QR_PREFIX = "qrscene_"


@dataclass(frozen=True, slots=True)
class Malformed:
    """Not a message of the platform; carries nothing of it, so that nothing can be logged."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An event, and the official account (`ToUserName`) in whose name a reply goes."""

    inbound: Inbound
    service: str


class _Collector:
    """Gathers the root's fields; a field with children of its own counts as empty."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._depth = 0
        self._nested = False
        self._text: list[str] = []

    def start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth == 2:
            self._open_field(name)
        elif self._depth > 2:
            self._nested = True
        if self._depth > MAX_DEPTH or (self._depth == 1 and name != "xml"):
            raise ExpatError

    def _open_field(self, name: str) -> None:
        if name in self.fields:
            raise ExpatError
        self._nested = False
        self._text = []

    def end(self, name: str) -> None:
        if self._depth == 2:
            self.fields[name] = "" if self._nested else "".join(self._text)
        self._depth -= 1

    def text(self, data: str) -> None:
        if self._depth == 2:
            self._text.append(data)


def _refuse(*_declaration: object) -> None:
    raise ExpatError


def read_fields(body: bytes) -> Mapping[str, str] | Malformed:
    """Read the fields under `<xml>`, in UTF-8, each at most once."""
    collector = _Collector()
    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes no keywords
    except ExpatError:
        return Malformed()
    return collector.fields


def parse(body: bytes) -> Delivered | Malformed:
    """Read one delivery; the text of a message comes through untouched."""
    fields = read_fields(body)
    if isinstance(fields, Malformed) or not _has_envelope(fields):
        return Malformed()
    is_event = fields["MsgType"] == "event"
    event = _event(fields) if is_event else _message(fields)
    if isinstance(event, Malformed):
        return event
    key = _event_key(fields) if is_event else _message_key(fields)
    return Delivered(Inbound(fields["FromUserName"], key, event), fields["ToUserName"])


def _has_envelope(fields: Mapping[str, str]) -> bool:
    account, created = fields.get("FromUserName", ""), fields.get("CreateTime", "")
    return (
        0 < len(account) <= _LONGEST_ACCOUNT
        and 0 < len(fields.get("ToUserName", "")) <= _LONGEST_ACCOUNT
        and bool(fields.get("MsgType"))
        and created.isascii()
        and created.isdigit()
        and len(created) <= 12
    )


def _message_key(fields: Mapping[str, str]) -> str:
    return "|".join((fields["FromUserName"], fields.get("MsgId", ""), fields["CreateTime"]))


def _event_key(fields: Mapping[str, str]) -> str:
    # Two template reports of one second differ in nothing but their message id.
    key = fields.get("EventKey") or fields.get("MsgID", "")
    return "|".join((fields["FromUserName"], fields["CreateTime"], fields.get("Event", ""), key))


def _message(fields: Mapping[str, str]) -> Event | Malformed:
    kind = fields["MsgType"]
    if kind != "text" and kind not in _MEDIA:
        return Unsupported(kind[:64])
    if not fields.get("MsgId"):  # without it two messages of one second would look the same
        return Malformed()
    return Text(fields.get("Content", "")) if kind == "text" else Media(MediaKind(kind))


def _event(fields: Mapping[str, str]) -> Event:
    name = fields.get("Event", "")
    read = _EVENTS.get(name)
    return read(fields) if read else Unsupported(f"event {name[:64]}")


def _subscribed(fields: Mapping[str, str]) -> Event:
    key = fields.get("EventKey", "")
    return Subscribed(key.removeprefix(_QR_PREFIX) if key.startswith(_QR_PREFIX) else "")


_MEDIA = frozenset(MediaKind)

_EVENTS: Mapping[str, Callable[[Mapping[str, str]], Event]] = {
    "CLICK": lambda fields: Click(fields.get("EventKey", "")),
    "subscribe": _subscribed,
    "SCAN": lambda fields: Scanned(fields.get("EventKey", "")),
    "unsubscribe": lambda _fields: Unsubscribed(),
    "TEMPLATESENDJOBFINISH": lambda fields: TemplateJobFinished(
        fields.get("MsgID", ""), fields.get("Status", "")
    ),
}
