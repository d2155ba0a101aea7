"""Decides when subscribers are told about a pass made elsewhere, which leaves nothing to do this year."""

from datetime import date, timedelta
from enum import StrEnum

from dialogs.rules.due import NOTICE_DAYS, days_left
from dialogs.values import PassChannel

COVERED_PERIOD = timedelta(days=300)
"""Time for which a pass here, or an earlier notice, covers the period.

A cycle has twelve months. A pass in its last two belongs to the next period: those are the months in which
people are reminded, and in which it helps to know that nothing is to be done.
"""


OFFICE_CHANNELS = frozenset({PassChannel.COUNTER, PassChannel.HOME_VISIT})
"""Channels of a pass that a clerk records."""


class PassSource(StrEnum):
    """The source of a pass: the registry's program by data matching (数据比对), or a clerk of the office."""

    MATCHED = "matched"
    OFFICE = "office"


def is_news(passed_on: date, own: date | None, due_on: date, today: date) -> bool:
    """Whether a pass made elsewhere spares its person this period's face check.

    `own` is the day of their newest pass here, `due_on` when the pass after this one is due. An old pass is
    no news: after it the next certification is due soon, or overdue.
    """
    is_own = own is not None and passed_on - own < COVERED_PERIOD
    return passed_on <= today and not is_own and days_left(due_on, today) > NOTICE_DAYS
