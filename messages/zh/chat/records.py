"""Chinese texts about records: past checks of a person and a family, and when the next ones are due."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.FAMILY: "\n您的家人：\n{lines}",
        Key.FAMILY_LINE: "{name}，{scheme}：{due} 前",
        Key.RECORD_ELSEWHERE: "查询结果：{name}，{scheme}\n最近一次认证：{day}（{channel}）\n{next}",
        Key.COUNTED_ELSEWHERE: "算数。{name}，{scheme}，{day} 已通过{channel}认证。下次请在 {due} 前认证。",
        Key.OWN_RECORD: "查询结果：{name}，{scheme}\n最近一次认证：{time}（{channel}），回执号 {receipt}\n{next}",
        Key.DUES: "{lines}",
        Key.MORE_PEOPLE: "还有 {count} 位，这里没有列出。",
        Key.DUE_OWN: "您的{scheme}认证，下次请在 {due} 前完成，还有 {days} 天。",
        Key.DUE_OTHER: "{name}，{scheme}：下次请在 {due} 前完成，还有 {days} 天。",
        Key.OVERDUE_OWN: "您的{scheme}认证应在 {due} 前完成，已经过了 {days} 天，请尽快办理。",
        Key.OVERDUE_OTHER: "{name}，{scheme}：应在 {due} 前完成，已经过了 {days} 天，请尽快办理。",
        Key.DUE_UNKNOWN: "{name}，{scheme}：没有查到截止日期，可拨 12333 问一问。",
        Key.COUNTED: "算数。{name}，{scheme}，{time} 已记录，回执号 {receipt}。下次请在 {due} 前认证。",
        Key.NOBODY_YET: "您在这里还没有认证成功的记录，日期和结果我还不知道。一般每十二个月认证一次。"
        "想现在就查，选择待遇后点“认证信息查询”，由待遇领取人刷脸；认证成功一次以后，随时都可以问我。",
        Key.QUERY_OWN_ONLY: "这种待遇的认证结果，只能本人来查。请家人用自己的微信来查，或拨 12333 问一问。"
        "查您自己的，请接着往下办。",
        Key.QUERY_OF_RELATIVE: "现在查的是家人的认证结果。要查您自己的，请回复“查我自己的”。",
        Key.QUERY_NOT_RELATIVE: "这里查的是您自己的认证结果，只填您自己的信息。"
        "要查家人的，请回复“为他人查询”。",
        Key.RELATIVE_NOT_YET: "这位家人的认证情况，我现在没有可以告诉您的：要从这个微信认证成功过，而且本人没有解除代办，我才能说。"
        "一般每十二个月认证一次；想先问清楚，可拨 12333。",
    }
)
