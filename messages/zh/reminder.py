"""Chinese texts of the yearly reminder and of the page that it links to."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.zh.pages.answers import BUSY

WHO: Mapping[str, str] = MappingProxyType(
    {
        "self": "请您本人刷脸，约两分钟。",
        "agent": "需要待遇领取人（{name}）本人刷脸，请确认人就在您身边。约两分钟。",
    }
)

STANDINGS: Mapping[str, str] = MappingProxyType(
    {
        "not_due": "还没有到办理时间，现在办理也可以。",
        "due_soon": "请在截止日期前完成。",
        "overdue": "已经过了截止日期，请尽快完成。",
        "suspended": "已经过了截止日期，待遇可能已暂停发放。认证通过后，社保经办机构会恢复发放。",
        "counter": "已经过了截止日期，待遇可能已暂停发放，但没有取消。按当地规定，暂停后可能要到柜台恢复：点下面的按钮，先帮您查一查。",
    }
)
"""Sentences by `dialogs.rules.due.Standing`."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "unknown": "没有找到这个链接。请返回微信，点“养老认证”重新开始。",
        "expired": "这个链接已经过期。请返回微信，点“养老认证”重新开始。",
        "done": "这一次已经不用再办理了，谢谢您。",
        "stopped": "到期提醒已经停了。这一年还没有认证的话，请返回微信，点“养老认证”办理。",
        "chat": "请返回微信，点“养老认证”继续。",
        "busy": BUSY,
    }
)
"""Sentences by `bot.reminders.links.LinkEnding`."""

REMINDER: Mapping[str, str] = MappingProxyType(
    {
        "overdue": "已过期，请点此刷脸。",
        "today": "今天到期。点此刷脸，",
        "left": "还有{days}天。点此刷脸，",
        "end": "退订回复退订提醒",
    }
)
"""Remark of the template message: one of three beginnings and the end, at most 20 characters together."""

PASS_SOURCES: Mapping[str, str] = MappingProxyType({"matched": "数据比对", "office": "社保经办机构"})
"""Who certified, by `dialogs.rules.pass_notices.PassSource`."""

PASS_YEARS: Mapping[str, str] = MappingProxyType({"this": "今年"})
"""The time in the sentence: used if the pass is of this year."""
