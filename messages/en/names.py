"""Names of schemes, documents of identity, relatives, channels and offices within English sentences."""

from collections.abc import Mapping
from types import MappingProxyType

SCHEMES: Mapping[str, str] = MappingProxyType(
    {
        "employee": "employee pension",
        "resident": "resident pension",
    }
)

ID_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "resident_id": "Resident Identity Card",
        "hk_macau_permit": "Mainland Travel Permit (Hong Kong, Macao)",
        "taiwan_permit": "Mainland Travel Permit (Taiwan)",
        "hmt_residence": "Residence Permit (Hong Kong, Macao, Taiwan)",
        "foreigner_permanent_residence": "Foreign Permanent Resident ID Card",
        "passport": "Passport",
    }
)

RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        "mother": "your mother",
        "father": "your father",
        "spouse": "your spouse",
        "grandparent": "your grandparent",
        "other": "your relative",
    }
)

DETAILS: Mapping[str, str] = MappingProxyType(
    {
        "both": "name ({name}) and ID number",
        "name": "name ({name})",
        "number": "ID number",
    }
)
"""The details of a person that a message has given."""


CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "face": "face check",
        "video": "face check by video",
        "assisted": "face check without movements",
        "rehearsal": "rehearsal",
        "wechat": "face check by WeChat",
        "registry": "another channel",
        "counter": "at the counter",
        "home_visit": "home visit",
    }
)

LIMITED: Mapping[str, str] = MappingProxyType(
    {"lookup": "checks of details", "query_other": "queries for others", "link": "face check links"}
)
"""Requests that are limited by the hour."""

OFFICES: Mapping[str, str] = MappingProxyType(
    {
        "agency": "the pension office of {name}",
        "with_phone": "{name} (phone {phone})",
        "with_address": "{name} ({address}, phone {phone})",
        "unknown": "the pension office of your city (call 12333)",
        "unknown_beside_12333": "the pension office of your city",
        "unknown_city": "the place that pays the pension",
    }
)
