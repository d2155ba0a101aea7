"""The funnel steps that a person reaches on a day."""

from datetime import date

import pytest

from dialogs.flow.funnel import step_reached
from dialogs.progress import DayProgress, FunnelStep
from dialogs.session import Errand, Session, State
from dialogs.values import Purpose

TODAY = date(2026, 11, 29)
GREETED, AGREED, IDENTIFIED, ELIGIBLE = list(FunnelStep)[:4]


@pytest.mark.parametrize(
    ("state", "purpose", "expected"),
    [
        (State.HOME, Purpose.CERTIFY, GREETED),
        (State.AGREEMENT, Purpose.CERTIFY, GREETED),
        (State.GUIDE, Purpose.CERTIFY, AGREED),
        (State.NUMBER, Purpose.QUERY, AGREED),
        (State.NUMBER, Purpose.REPORT, GREETED),
        (State.READ_BACK, Purpose.CERTIFY, IDENTIFIED),
        (State.MISMATCH, Purpose.CERTIFY, IDENTIFIED),
        (State.NO_REFERENCE, Purpose.CERTIFY, IDENTIFIED),
        (State.NOTICE, Purpose.CERTIFY, ELIGIBLE),
        (State.CAPTURE, Purpose.CERTIFY, ELIGIBLE),
        (State.PASSED, Purpose.CERTIFY, GREETED),
    ],
)
def test_move_reaches_a_funnel_step_and_a_death_report_none(state, purpose, expected):
    session = Session(state=state, errand=Errand(purpose=purpose))
    assert step_reached(session, State.RECORD) is expected
    assert step_reached(session, state) is GREETED


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (None, (GREETED, AGREED, IDENTIFIED)),
        (DayProgress(date(2026, 11, 28), ELIGIBLE), (GREETED, AGREED, IDENTIFIED)),
        (DayProgress(TODAY, GREETED), (AGREED, IDENTIFIED)),
        (DayProgress(TODAY, IDENTIFIED), ()),
        (DayProgress(TODAY, ELIGIBLE), ()),
    ],
    ids=["first word ever", "came yesterday", "greeted today", "again", "was further today"],
)
def test_funnel_step_counts_once_a_day_and_implies_earlier_ones(before, expected):
    assert DayProgress(TODAY, IDENTIFIED).steps_after(before) == expected
