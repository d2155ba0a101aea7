"""English texts about records: past checks of a person and a family, and when the next ones are due."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.language.keys import Key

TEXTS: Mapping[Key, str] = MappingProxyType(
    {
        Key.FAMILY: "\nYour family:\n{lines}",
        Key.FAMILY_LINE: "{name}, {scheme}: by {due}",
        Key.RECORD_ELSEWHERE: "Record: {name}, {scheme}\nLast check: {day} ({channel})\n{next}",
        Key.COUNTED_ELSEWHERE: "Yes, it counts. {name}, {scheme}: check passed on {day} by {channel}. "
        "Next time, please do it by {due}.",
        Key.OWN_RECORD: "Record: {name}, {scheme}\nLast check: {time} ({channel}), receipt {receipt}\n{next}",
        Key.DUES: "{lines}",
        Key.MORE_PEOPLE: "Not listed here: {count} more.",
        Key.DUE_OWN: "Your {scheme}: please do the next check by {due}. Days left: {days}.",
        Key.DUE_OTHER: "{name}, {scheme}: please do the next check by {due}. Days left: {days}.",
        Key.OVERDUE_OWN: "Your {scheme}: the check was due by {due}. Days since then: {days}. "
        "Please do it as soon as you can.",
        Key.OVERDUE_OTHER: "{name}, {scheme}: the check was due by {due}. Days since then: {days}. "
        "Please do it as soon as you can.",
        Key.DUE_UNKNOWN: "{name}, {scheme}: I found no due date. You can call 12333 to ask.",
        Key.COUNTED: "Yes, it counts. {name}, {scheme}, on record since {time}, receipt {receipt}. "
        "Next time, please do it by {due}.",
        Key.NOBODY_YET: "There is no passed check from you here yet, so I cannot tell you dates or results. "
        "The check is usually due once in twelve months. "
        'To see a record now, choose the pension and tap "See my record"; the beneficiary shows their face. '
        "After a passed check here, you can ask me at any time.",
        Key.QUERY_OWN_ONLY: "Only the person themself can see the record of this pension. Please let your relative "
        "ask from their own WeChat, or call 12333. To see your own, just go on here.",
        Key.QUERY_OF_RELATIVE: "This is about the record of your relative. "
        "To see your own, reply: check the record for myself.",
        Key.QUERY_NOT_RELATIVE: "This is about your own record, and only your own details are taken. "
        'For somebody in your family, reply "See another record".',
        Key.RELATIVE_NOT_YET: "There is nothing that I can tell you about this relative now: they must "
        "have passed from this WeChat, and must not have removed their helpers. The check is usually due "
        "once in twelve months; until then, please call 12333.",
    }
)
