"""English texts of the yearly reminder and of the page that it links to."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.en.pages.answers import BUSY

WHO: Mapping[str, str] = MappingProxyType(
    {
        "self": "Please do the face check yourself. It takes about two minutes.",
        "agent": "The face check is for the person who receives the pension ({name}). "
        "Please make sure that they are with you. It takes about two minutes.",
    }
)

STANDINGS: Mapping[str, str] = MappingProxyType(
    {
        "not_due": "It is not time yet, but you may do it now.",
        "due_soon": "Please do it before the due date.",
        "overdue": "The due date has passed. Please do it as soon as you can.",
        "suspended": (
            "The due date has passed, and the pension may be on hold. "
            "Once the check has passed, the pension office starts it again."
        ),
        "counter": (
            "The due date has passed, and the pension may be on hold; it is not lost. By the city's rules "
            "it may have to be restarted at a counter: tap the button below, and we look it up first."
        ),
    }
)
"""Sentences by `dialogs.rules.due.Standing`."""

ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "unknown": 'This link was not found. Please go back to WeChat, and reply "Home" to start again.',
        "expired": 'This link has expired. Please go back to WeChat, and reply "Home" to start again.',
        "done": "There is nothing more to do this time. Thank you.",
        "stopped": "These reminders have been stopped. If this year's certification is not done yet, please go "
        'back to WeChat, and reply "Home" to start.',
        "chat": 'Please go back to WeChat, and reply "Home" to go on.',
        "busy": BUSY,
    }
)
"""Sentences by `bot.reminders.links.LinkEnding`."""

PASS_SOURCES: Mapping[str, str] = MappingProxyType(
    {"matched": "data matching", "office": "the pension office"}
)
"""The source of a pass, by `dialogs.rules.pass_notices.PassSource`."""

PASS_YEARS: Mapping[str, str] = MappingProxyType({"this": "this year "})
"""The time in the sentence: used if the pass is of this year."""
