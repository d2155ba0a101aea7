"""Messages and events from an account, after decryption and strict parsing."""

from dataclasses import dataclass, field
from enum import StrEnum


class MediaKind(StrEnum):
    """Message types that we receive kindly but cannot read."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    SHORT_VIDEO = "shortvideo"
    LOCATION = "location"
    LINK = "link"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words, or a tapped choice: WeChat sends both alike.

    `spoken`: the platform recognised them in a voice message (`Recognition`), so they may be misheard.
    """

    content: str = field(repr=False)
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Sticker:
    """A message that the platform passes on only as placeholder text: somebody is there, but said nothing."""


@dataclass(frozen=True, slots=True)
class Click:
    """A tap on the account's menu; `key` is one of the menu keys or an unknown one."""

    key: str


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A new follower; `scene` is the QR code's (without `qrscene_`) or empty."""

    scene: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A follower scanned one of our QR codes."""

    scene: str


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """The account stopped following; no reply reaches it."""


@dataclass(frozen=True, slots=True)
class AuthorizationEnded:
    """The person revoked the account's permissions at the platform, or deleted their WeChat account."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a voice message and the like."""

    kind: MediaKind


@dataclass(frozen=True, slots=True)
class TemplateJobFinished:
    """TEMPLATESENDJOBFINISH: the outcome of one template message."""

    message_id: str
    status: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A type or event that we do not know: answered with `success`, never an error."""

    kind: str


Event = (
    Text
    | Sticker
    | Click
    | Subscribed
    | Scanned
    | Unsubscribed
    | AuthorizationEnded
    | Media
    | TemplateJobFinished
    | Unsupported
)


@dataclass(frozen=True, slots=True)
class Inbound:
    """One delivery of one event.

    `key` names it for duplicate detection (sender + MsgId + CreateTime, or
    sender + CreateTime + event + key for events: the platform's own rule).
    """

    account: str = field(repr=False)
    key: str = field(repr=False)
    event: Event
