"""What people, offices and kinds of message are called inside sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.words import Word

SCHEME_NAMES: Mapping[str, Word] = MappingProxyType(
    {
        "employee": Word("企业职工养老保险", "employee pension"),
        "resident": Word("城乡居民养老保险", "resident pension"),
    }
)

ID_TYPE_NAMES: Mapping[str, Word] = MappingProxyType(
    {
        "resident_id": Word("居民身份证", "Resident Identity Card"),
        "hk_macau_permit": Word("港澳居民来往内地通行证", "Mainland Travel Permit (Hong Kong, Macao)"),
        "taiwan_permit": Word("台湾居民来往大陆通行证", "Mainland Travel Permit (Taiwan)"),
        "hmt_residence": Word("港澳台居民居住证", "Residence Permit (Hong Kong, Macao, Taiwan)"),
        "foreigner_permanent_residence": Word("外国人永久居留身份证", "Foreign Permanent Resident ID Card"),
        "passport": Word("护照", "Passport"),
    }
)

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
