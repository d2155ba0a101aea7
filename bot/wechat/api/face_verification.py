"""WeChat's face verification (微信人脸核身) of the official account, by its two calls.

`getuseridkey` takes a name and an ID number and gives a key; the page hands the key to WeChat, which verifies
the face against an authority's data and gives the page a `verify_result`; `getinfo` tells what that stands
for. Names and codes follow "微信人脸核身接口能力" and answers in the platform's developer forum.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from hashlib import md5
from types import MappingProxyType

from bot.wechat.api.client import WeChatClient
from bot.wechat.api.errcodes import Delivery, meaning
from bot.wechat.api.transport import ApiResponse
from dialogs.values import Identity


class FaceFinding(Enum):
    """What WeChat found."""

    MATCHED = auto()
    OTHER_FACE = auto()  # the face, or the number, is not the one that the authority has
    UNFINISHED = auto()  # cancelled, no camera, no network, a bad picture, or a code that we do not know


class FaceFault(Enum):
    """Why WeChat says nothing about a result."""

    NO_ANSWER = auto()
    UNKNOWN = auto()  # it knows no such result, or no longer


_FINDINGS: Mapping[str, FaceFinding] = MappingProxyType(
    {
        "0": FaceFinding.MATCHED,
        "10003": FaceFinding.OTHER_FACE,  # 身份证号不匹配
        "10004": FaceFinding.OTHER_FACE,  # 比对人脸信息不匹配
    }
)
"""By `identify_ret`; `errcode` 0 says only that the call succeeded."""

_AWAY = frozenset({Delivery.RETRY, Delivery.LOCKED_OUT})


@dataclass(frozen=True, slots=True)
class FaceResult:
    """One finished verification: whose key it used, who held the phone, and digests of name and number."""

    finding: FaceFinding
    key: str = field(repr=False)
    account: str = field(repr=False)
    name_digest: str = field(repr=False)
    number_digest: str = field(repr=False)
    finished_at: datetime

    def is_of(self, person: Identity) -> bool:
        """Whether name and number are this person's."""
        return (self.name_digest, self.number_digest) == (digest(person.name), digest(person.number))


@dataclass(frozen=True, slots=True)
class WeChatFace:
    """Starts verifications and reads their results; every expected failure is a value."""

    client: WeChatClient

    async def new_key(self, person: Identity) -> str | None:
        """Give name and number to WeChat; None if it gives no key."""
        answer = await self.client.face_key(person.name, person.number)
        return None if answer.errcode else answer.text("user_id_key") or None

    async def result(self, verify_result: str) -> FaceResult | FaceFault:
        """Ask what a page's `verify_result` stands for: the page itself may say anything."""
        answer = await self.client.face_result(verify_result)
        if answer.errcode:
            return FaceFault.NO_ANSWER if meaning(answer.errcode) in _AWAY else FaceFault.UNKNOWN
        return _result(answer)


def digest(text: str) -> str:
    """Return WeChat's digest of a name, or of a number whose last place may be a capital X."""
    return md5(text.encode()).hexdigest()  # noqa: S324 - the platform's own rule


def _result(answer: ApiResponse) -> FaceResult | FaceFault:
    finished = answer.body.get("finish_time")
    if type(finished) is not int or not 0 <= finished < 1 << 33:
        return FaceFault.UNKNOWN
    return FaceResult(
        _FINDINGS.get(answer.text("identify_ret"), FaceFinding.UNFINISHED),
        answer.text("user_id_key"),
        answer.text("openid"),
        answer.text("name_utf8_md5").lower(),
        answer.text("id_card_number_md5").lower(),
        datetime.fromtimestamp(finished, UTC),
    )
