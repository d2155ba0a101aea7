"""What people, offices and kinds of message are called inside sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.words import Word

RELATION_NAMES: Mapping[str, Word] = MappingProxyType(
    {
        "mother": Word("您母亲", "your mother"),
        "father": Word("您父亲", "your father"),
        "spouse": Word("您爱人", "your spouse"),
        "grandparent": Word("您家老人", "your grandparent"),
        "other": Word("您的家人", "your relative"),
    }
)

DETAIL_NAMES: Mapping[tuple[bool, bool], Word] = MappingProxyType(
    {
        (True, True): Word("姓名和证件号码", "name and ID number"),
        (True, False): Word("姓名", "name"),
        (False, True): Word("证件号码", "ID number"),
    }
)
"""What of a person was told: the name, the number."""

OFFICE_UNKNOWN = "待遇领取地"
AGENCY = Word("{name}社保经办机构", "the pension office of {name}")
OFFICE = Word("{name}（电话 {phone}）", "{name} (phone {phone})")
OFFICE_AT = Word("{name}（{address}，电话 {phone}）", "{name} ({address}, phone {phone})")
"""How an office is named in a sentence."""

_CHANNELS: Mapping[str, Word] = MappingProxyType(
    {
        "face": Word("刷脸", "face check"),
        "video": Word("刷脸录像", "face check by video"),
        "assisted": Word("免动作刷脸", "face check without movements"),
        "rehearsal": Word("演练", "rehearsal"),
        "registry": Word("其他渠道", "another channel"),
    }
)


def channel_name(channel: str) -> Word:
    """Return how a pass came, in words; another program's channel is named by its own code."""
    return _CHANNELS.get(channel, Word(channel, channel))
