"""Tappable choices and cities in English, by their names in `messages.language.labels`."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.en.names import ID_TYPES, SCHEMES
from messages.language.labels import Label

_CHOICES: Mapping[str, str] = MappingProxyType(
    {
        Label.AGREE: "Agree and start",
        Label.EDIT_AGENT: "Change my details",
        Label.START: "Start",
        Label.SELF: "For myself",
        Label.AGENT: "For someone else",
        Label.NEXT: "Next",
        Label.CONFIRM: "Ready",
        Label.EDIT: "Change",
        Label.CHECK_AGAIN: "Try again",
        Label.NEW_LINK: "New link",
        Label.HOME: "Home",
        Label.QUERY: "See my record",
        Label.QUERY_OTHER: "See another record",
        Label.SEARCH: "Look up",
        Label.BACK: "Back",
        Label.HELP: "Help",
        Label.HUMAN: "Talk to a person",
        Label.END_TALK: "End the chat",
        Label.UNSUBSCRIBE: "Stop reminders",
        Label.SUBSCRIBE: "Remind me",
        Label.HAND_OVER: "Send to family",
        Label.CONTINUE: "Continue",
        Label.SOMEBODY_ELSE: "Another relative",
        Label.MORE_CITIES: "More cities",
        Label.MORE_RELATIVES: "Next page",
        Label.END_AGENCY: "Remove my helpers",
        Label.REPORT: "Confirm report",
        Label.REPORT_DEATH: "Report a death",
        Label.CANNOT: "I cannot do this",
        Label.WITHDRAW_FACE: "Withdraw face consent",
        Label.CONFIRM_WITHDRAWAL: "Confirm withdrawal",
        Label.ERASE: "Delete my data",
        Label.CONFIRM_ERASURE: "Confirm deletion",
    }
)

_CITIES: Mapping[str, str] = MappingProxyType(
    {
        "广州市": "Guangzhou",
        "韶关市": "Shaoguan",
        "深圳市": "Shenzhen",
        "珠海市": "Zhuhai",
        "汕头市": "Shantou",
        "佛山市": "Foshan",
        "江门市": "Jiangmen",
        "湛江市": "Zhanjiang",
        "茂名市": "Maoming",
        "肇庆市": "Zhaoqing",
        "惠州市": "Huizhou",
        "梅州市": "Meizhou",
        "汕尾市": "Shanwei",
        "河源市": "Heyuan",
        "阳江市": "Yangjiang",
        "清远市": "Qingyuan",
        "东莞市": "Dongguan",
        "中山市": "Zhongshan",
        "潮州市": "Chaozhou",
        "揭阳市": "Jieyang",
        "云浮市": "Yunfu",
    }
)

_DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {label: ID_TYPES[label.name.lower()] for label in Label if label.name.lower() in ID_TYPES}
)
"""Documents of identity, named as in sentences."""

_SCHEMES: Mapping[str, str] = MappingProxyType(
    {Label[code.upper()]: name[0].upper() + name[1:] for code, name in SCHEMES.items()}
)
"""Schemes, named as in sentences."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        **{str(label): english for label, english in _CHOICES.items()},
        **{str(label): english for label, english in (*_DOCUMENTS.items(), *_SCHEMES.items())},
        **_CITIES,
    }
)
"""A reply in English is read back through this table."""
