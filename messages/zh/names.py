"""Names of schemes, documents of identity, relatives, channels and offices within Chinese sentences."""

from collections.abc import Mapping
from types import MappingProxyType

SCHEMES: Mapping[str, str] = MappingProxyType(
    {
        "employee": "企业职工养老保险",
        "resident": "城乡居民养老保险",
    }
)

ID_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "resident_id": "居民身份证",
        "hk_macau_permit": "港澳居民来往内地通行证",
        "taiwan_permit": "台湾居民来往大陆通行证",
        "hmt_residence": "港澳台居民居住证",
        "foreigner_permanent_residence": "外国人永久居留身份证",
        "passport": "护照",
    }
)

RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        "mother": "您母亲",
        "father": "您父亲",
        "spouse": "您爱人",
        "grandparent": "您家老人",
        "other": "您的家人",
    }
)

DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "both": "姓名（{name}）和证件号码",
        "name": "姓名（{name}）",
        "number": "证件号码",
    }
)
"""The details of a person that a message has given."""


LIMITED: Mapping[str, str] = MappingProxyType(
    {"lookup": "核对信息", "query_other": "查询别人的结果", "link": "打开刷脸链接"}
)
"""Requests that are limited by the hour."""

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "face": "刷脸",
        "video": "刷脸录像",
        "assisted": "免动作刷脸",
        "rehearsal": "演练",
        "wechat": "微信刷脸核验",
        "registry": "其他渠道",
        "counter": "柜台办理",
        "home_visit": "上门认证",
    }
)


OFFICES: Mapping[str, str] = MappingProxyType(
    {
        "agency": "{name}社保经办机构",
        "with_phone": "{name}（电话 {phone}）",
        "with_address": "{name}（{address}，电话 {phone}）",
        "unknown": "待遇领取地社保经办机构（可拨 12333）",
        "unknown_beside_12333": "待遇领取地社保经办机构",
        "unknown_city": "待遇领取地",
    }
)
