"""What the yearly reminder says: the template's fields, and the sentences of the page behind its link.

The platform refuses a `thing` of more than 20 characters (FACTS of template
messages: "thing.DATA 20个以内字符"), so every field is kept inside it.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from messages.formats import day
from messages.names import SCHEME_NAMES
from messages.page_texts import BUSY
from messages.words import Word

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


WHO_SELF = Word("请您本人刷脸，约两分钟。", "Please do the face check yourself. It takes about two minutes.")
WHO_AGENT = Word(
    "需要待遇领取人（{name}）本人刷脸，请确认人就在您身边。约两分钟。",
    "The face check is for the person who receives the pension ({name}). "
    "Please make sure that they are with you. It takes about two minutes.",
)

STANDINGS: Mapping[str, Word] = MappingProxyType(
    {
        "not_due": Word("还没有到办理时间，现在办理也可以。", "It is not time yet, but you may do it now."),
        "due_soon": Word("请在截止日期前完成。", "Please do it before the due date."),
        "overdue": Word(
            "已经过了截止日期，请尽快完成。", "The due date is over. Please do it as soon as you can."
        ),
        "suspended": Word(
            "已经过了截止日期，待遇可能已暂停发放。认证通过后，社保经办机构会恢复发放。",
            "The due date is over, and the pension may be on hold. "
            "Once the check has passed, the pension office starts it again.",
        ),
        "counter": Word(
            "已经过了截止日期，待遇可能已暂停发放，但没有取消。按当地规定，暂停后可能要到柜台恢复：点下面的按钮，先帮您查一查。",
            "The due date is over, and the pension may be on hold; it is not lost. By the rule of the city "
            "a counter may have to start it again: tap the button below, and we look it up first.",
        ),
    }
)
"""By `dialogs.rules.due.Standing`. Only the registry, asked at the button, knows of suspensions."""

ENDINGS: Mapping[str, Word] = MappingProxyType(
    {
        "unknown": Word(
            "没有找到这个链接。请返回微信，点“养老认证”重新开始。",
            'This link was not found. Please go back to WeChat, and reply "Home" to start again.',
        ),
        "expired": Word(
            "这个链接已经过期。请返回微信，点“养老认证”重新开始。",
            'This link has expired. Please go back to WeChat, and reply "Home" to start again.',
        ),
        "done": Word("这一次已经不用再办理了，谢谢您。", "There is nothing more to do this time. Thank you."),
        "chat": Word(
            "请返回微信，点“养老认证”继续。", 'Please go back to WeChat, and reply "Home" to go on.'
        ),
        "busy": BUSY,
    }
)
"""Why the link leads to no capture, or where to go on."""
