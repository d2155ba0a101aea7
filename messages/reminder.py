"""What the yearly reminder says: the template's fields, and the sentences of the page behind its link.

The platform refuses a `thing` of more than 20 characters (FACTS of template
messages: "thing.DATA 20个以内字符"), so every field is kept inside it.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from messages.catalogue import SCHEME_NAMES
from messages.formats import day

THING = 20
"""Most characters of a template's `thing`."""

FIELDS = ("thing1", "thing2", "time3", "thing4")
"""The template to apply for (标题 养老待遇资格认证提醒): 姓名, 项目, 截止日期, 备注, in this order."""

_END = "退订回复退订提醒"


def reminder_fields(name: str, scheme: str, due_on: date, left: int) -> dict[str, str]:
    """Return the fields for a masked name; `left` days remain, negative once it is overdue."""
    values = (name, SCHEME_NAMES[scheme].chinese, day(due_on), f"{_urgency(left)}{_END}")
    return {
        key: value if key == "time3" else _thing(value) for key, value in zip(FIELDS, values, strict=True)
    }


def _urgency(left: int) -> str:
    if left < 0:
        return "已过期，请点此刷脸。"
    return "今天到期。点此刷脸，" if left == 0 else f"还有{left}天。点此刷脸，"


def _thing(text: str) -> str:
    return text if len(text) <= THING else text[: THING - 1] + "…"


WHO_SELF = "请您本人刷脸，约两分钟。"
WHO_AGENT = "需要待遇领取人（{name}）本人刷脸，请确认人就在您身边。约两分钟。"

STANDING_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "not_due": "还没有到办理时间，现在办理也可以。",
        "due_soon": "请在截止日期前完成。",
        "overdue": "已经过了截止日期，请尽快完成。",
        "suspended": "已经过了截止日期，待遇可能已暂停发放。认证通过后，社保经办机构会恢复发放。",
    }
)
"""By `dialogs.due.Standing`; a counter case has no button and is among the endings."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "unknown": "没有找到这个链接。请返回微信，点“养老认证”重新开始。",
        "expired": "这个链接已经过期。请返回微信，点“养老认证”重新开始。",
        "done": "这一次已经不用再办理了，谢谢您。",
        "counter": "待遇暂停已超过一年，请带身份证件到社保经办机构柜台办理，可拨 12333。",
        "chat": "请返回微信，点“养老认证”继续。",
        "busy": "系统繁忙，请稍后再试。",
    }
)
"""Why the link leads to no capture, or where to go on."""
