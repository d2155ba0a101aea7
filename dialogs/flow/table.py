"""The dialog's states and transitions, as data: read it top to bottom, it is the whole conversation."""

from dataclasses import dataclass, replace
from enum import StrEnum, auto

from dialogs.flow.conditions import (
    Condition,
    has_agent,
    has_known_relatives,
    has_others,
    has_relatives,
    has_reported_enough,
    is_agent,
    is_agent_known,
    is_agent_named,
    is_at,
    is_complete,
    is_declared_agent,
    is_known,
    is_named,
    is_query,
    is_query_of_known,
    is_read_back_of_known,
    is_read_back_of_relative,
    is_ready_for_paper,
    is_ready_for_read_back,
    is_relative_named,
    is_relative_told,
    is_report,
    is_told,
    may_be_told,
    may_query_other,
    may_query_relative,
    may_query_told,
    may_see_own_record,
)
from dialogs.session import State


class Trigger(StrEnum):
    """What can move a conversation: a person's choice, or the service's answer."""

    CHOOSE = auto()
    AGREE = auto()
    START = auto()
    QUERY = auto()
    QUERY_OTHER = auto()
    SELF = auto()
    AGENT = auto()
    ANSWER = auto()
    SOMEBODY_ELSE = auto()
    NEXT = auto()
    EDIT = auto()
    EDIT_AGENT = auto()
    CONFIRM = auto()
    HAND_OVER = auto()
    RECHECK = auto()
    RETRY = auto()
    HOME = auto()
    BACK = auto()
    CONTINUE = auto()
    CITY = auto()
    MORE_CITIES = auto()
    DEATH = auto()
    REPORT = auto()
    WITHDRAW = auto()
    CONFIRM_WITHDRAWAL = auto()
    ELIGIBLE = auto()
    MISMATCHED = auto()
    TERMINATED = auto()
    COUNTER = auto()
    UNENROLLED = auto()
    UNRECORDED = auto()
    UNAVAILABLE = auto()
    PASSED = auto()
    FAILED = auto()
    UNFINISHED = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `when` must hold, the first line that fits wins."""

    source: State
    trigger: Trigger
    dest: State
    when: Condition | None = None


S, T = State, Trigger
RESUMABLE = (
    S.GUIDE,
    S.MANNER,
    S.AGENT_NAME,
    S.AGENT_ID_TYPE,
    S.AGENT_NUMBER,
    S.RELATIVE,
    S.NAME,
    S.ID_TYPE,
    S.NUMBER,
    S.READ_BACK,
)
"""Where a half-finished errand can be taken up; from later places one comes back to the read-back.

Not the agreement: who leaves there has agreed to nothing, and nothing of it is kept.
"""
ASKED_OF_AGENT = (S.AGENT_NAME, S.AGENT_ID_TYPE, S.AGENT_NUMBER)
EDITED = {
    **dict.fromkeys(ASKED_OF_AGENT, S.AGENT_NAME),
    **dict.fromkeys((S.NAME, S.ID_TYPE, S.NUMBER, S.READ_BACK, S.CHECKING, S.RECHECKING), S.NAME),
    **dict.fromkeys((S.NOTICE, S.CAPTURE, S.FAILED, S.MISMATCH), S.NAME),
    **dict.fromkeys((S.ABNORMAL, S.COUNTER, S.NO_REFERENCE, S.NO_RECORD), S.NAME),
}
"""Where 修改 has something to change, and where it is asked for anew; elsewhere 修改 is 上一步."""
CONTINUED = {state: is_at(state) for state in RESUMABLE}

_ROWS: tuple[Row, ...] = (
    *(Row(state, T.HOME, S.HOME) for state in S),
    *(Row(state, T.CHOOSE, S.AGREEMENT) for state in S),
    *(Row(state, T.CITY, S.CITY) for state in S),
    *(Row(state, T.DEATH, S.REPORTS_HELD, has_reported_enough) for state in S),
    *(Row(state, T.DEATH, S.RELATIVE, has_others) for state in S),
    *(Row(state, T.DEATH, S.NAME) for state in S),
    *(Row(state, T.WITHDRAW, S.WITHDRAWAL) for state in S),
    *(Row(S.HOME, T.CONTINUE, state, there) for state, there in CONTINUED.items()),
    *(Row(S.HOME, T.RETRY, state, there) for state, there in CONTINUED.items()),
    Row(S.HOME, T.BACK, S.HOME),
    Row(S.CITY, T.ANSWER, S.HOME),
    Row(S.CITY, T.MORE_CITIES, S.MORE_CITIES),
    Row(S.CITY, T.BACK, S.HOME),
    Row(S.MORE_CITIES, T.ANSWER, S.HOME),
    Row(S.MORE_CITIES, T.BACK, S.CITY),
    Row(S.AGREEMENT, T.AGREE, S.GUIDE),
    Row(S.AGREEMENT, T.BACK, S.HOME),
    Row(S.GUIDE, T.START, S.MANNER),
    Row(S.GUIDE, T.QUERY, S.RECORD, may_see_own_record),
    Row(S.GUIDE, T.QUERY, S.READ_BACK, is_told),
    Row(S.GUIDE, T.QUERY, S.READ_BACK, is_known),
    Row(S.GUIDE, T.QUERY, S.ID_TYPE, is_named),
    Row(S.GUIDE, T.QUERY, S.NAME),
    Row(S.GUIDE, T.BACK, S.AGREEMENT),
    Row(S.MANNER, T.SELF, S.READ_BACK, is_told),
    Row(S.MANNER, T.SELF, S.READ_BACK, is_known),
    Row(S.MANNER, T.SELF, S.ID_TYPE, is_named),
    Row(S.MANNER, T.SELF, S.NAME),
    Row(S.MANNER, T.AGENT, S.READ_BACK, is_relative_told),
    Row(S.MANNER, T.AGENT, S.ID_TYPE, is_relative_named),
    Row(S.MANNER, T.AGENT, S.RELATIVE, has_known_relatives),
    Row(S.MANNER, T.AGENT, S.NAME, has_agent),
    Row(S.MANNER, T.AGENT, S.AGENT_ID_TYPE, is_agent_named),
    Row(S.MANNER, T.AGENT, S.AGENT_NAME),
    Row(S.MANNER, T.BACK, S.GUIDE),
    *(Row(state, T.ANSWER, S.READ_BACK, is_ready_for_read_back) for state in ASKED_OF_AGENT),
    *(Row(state, T.ANSWER, S.ID_TYPE, is_ready_for_paper) for state in ASKED_OF_AGENT),
    Row(S.AGENT_NAME, T.ANSWER, S.NAME, is_agent_known),
    Row(S.AGENT_NAME, T.ANSWER, S.AGENT_ID_TYPE),
    Row(S.AGENT_NAME, T.BACK, S.MANNER),
    Row(S.AGENT_ID_TYPE, T.ANSWER, S.NAME, is_agent_known),
    Row(S.AGENT_ID_TYPE, T.ANSWER, S.AGENT_NUMBER),
    Row(S.AGENT_ID_TYPE, T.BACK, S.AGENT_NAME),
    Row(S.AGENT_NUMBER, T.ANSWER, S.NAME),
    Row(S.AGENT_NUMBER, T.BACK, S.AGENT_ID_TYPE),
    Row(S.RELATIVE, T.ANSWER, S.READ_BACK, is_complete),
    Row(S.RELATIVE, T.ANSWER, S.ID_TYPE),
    Row(S.RELATIVE, T.SOMEBODY_ELSE, S.NAME),
    Row(S.RELATIVE, T.BACK, S.HOME, is_report),
    Row(S.RELATIVE, T.BACK, S.GUIDE, is_query),
    Row(S.RELATIVE, T.BACK, S.MANNER),
    *(
        Row(state, T.EDIT_AGENT, S.AGENT_NAME, is_declared_agent)
        for state in (S.RELATIVE, S.NAME, S.READ_BACK)
    ),
    Row(S.NAME, T.ANSWER, S.READ_BACK, is_complete),
    Row(S.NAME, T.ANSWER, S.ID_TYPE),
    Row(S.NAME, T.QUERY_OTHER, S.READ_BACK, may_query_told),
    Row(S.NAME, T.QUERY_OTHER, S.RELATIVE, may_query_relative),
    Row(S.NAME, T.QUERY_OTHER, S.NAME, may_query_other),
    Row(S.NAME, T.BACK, S.HOME, is_report),
    Row(S.NAME, T.BACK, S.GUIDE, is_query),
    Row(S.NAME, T.BACK, S.MANNER),
    Row(S.ID_TYPE, T.ANSWER, S.READ_BACK, is_complete),
    Row(S.ID_TYPE, T.ANSWER, S.NUMBER),
    Row(S.ID_TYPE, T.BACK, S.NAME),
    Row(S.NUMBER, T.ANSWER, S.READ_BACK),
    Row(S.NUMBER, T.BACK, S.ID_TYPE),
    *(Row(state, T.ANSWER, S.READ_BACK) for state in (S.READ_BACK, S.MISMATCH, S.NO_RECORD)),
    Row(S.READ_BACK, T.REPORT, S.REPORTED, is_report),
    Row(S.READ_BACK, T.NEXT, S.READ_BACK, is_report),
    Row(S.READ_BACK, T.NEXT, S.CHECKING),
    Row(S.READ_BACK, T.QUERY_OTHER, S.READ_BACK, may_query_told),
    Row(S.READ_BACK, T.QUERY_OTHER, S.RELATIVE, may_query_relative),
    Row(S.READ_BACK, T.QUERY_OTHER, S.NAME, may_query_other),
    Row(S.READ_BACK, T.BACK, S.GUIDE, is_query_of_known),
    Row(S.READ_BACK, T.BACK, S.MANNER, is_read_back_of_known),
    Row(S.READ_BACK, T.BACK, S.RELATIVE, is_read_back_of_relative),
    Row(S.READ_BACK, T.BACK, S.NUMBER),
    *(Row(state, T.BACK, S.READ_BACK) for state in (S.CHECKING, S.RECHECKING)),
    *(Row(state, T.MISMATCHED, S.MISMATCH) for state in (S.CHECKING, S.RECHECKING, S.CAPTURE, S.FAILED)),
    *(Row(state, T.TERMINATED, S.ABNORMAL) for state in (S.CHECKING, S.RECHECKING, S.CAPTURE, S.FAILED)),
    *(
        Row(state, T.COUNTER, S.COUNTER, may_be_told)
        for state in (S.CHECKING, S.RECHECKING, S.CAPTURE, S.FAILED)
    ),
    *(Row(state, T.COUNTER, S.ABNORMAL) for state in (S.CHECKING, S.RECHECKING, S.CAPTURE, S.FAILED)),
    *(Row(state, T.UNENROLLED, S.NO_REFERENCE) for state in (S.CHECKING, S.RECHECKING)),
    *(Row(state, T.UNRECORDED, S.NO_RECORD) for state in (S.CHECKING, S.RECHECKING)),
    Row(S.CHECKING, T.ELIGIBLE, S.NOTICE),
    Row(S.CHECKING, T.UNAVAILABLE, S.READ_BACK),
    Row(S.RECHECKING, T.ELIGIBLE, S.CAPTURE),
    Row(S.RECHECKING, T.UNAVAILABLE, S.CAPTURE),
    Row(S.NOTICE, T.CONFIRM, S.CAPTURE),
    Row(S.NOTICE, T.HAND_OVER, S.CAPTURE, is_agent),
    Row(S.NOTICE, T.RECHECK, S.RECHECKING),
    Row(S.NOTICE, T.BACK, S.READ_BACK),
    Row(S.CAPTURE, T.RETRY, S.RECHECKING),
    Row(S.CAPTURE, T.BACK, S.NOTICE),
    *(Row(state, T.PASSED, S.PASSED) for state in (S.NOTICE, S.RECHECKING, S.CAPTURE, S.FAILED)),
    *(Row(state, T.FAILED, S.FAILED) for state in (S.NOTICE, S.CAPTURE)),
    Row(S.CAPTURE, T.UNFINISHED, S.CAPTURE),
    Row(S.FAILED, T.RETRY, S.RECHECKING),
    Row(S.FAILED, T.BACK, S.NOTICE),
    Row(S.MISMATCH, T.BACK, S.READ_BACK),
    Row(S.ABNORMAL, T.BACK, S.READ_BACK),
    Row(S.COUNTER, T.BACK, S.READ_BACK),
    Row(S.NO_REFERENCE, T.BACK, S.READ_BACK),
    Row(S.NO_RECORD, T.BACK, S.READ_BACK),
    Row(S.RECORD, T.QUERY_OTHER, S.READ_BACK, may_query_told),
    Row(S.RECORD, T.QUERY_OTHER, S.RELATIVE, has_relatives),
    Row(S.RECORD, T.QUERY_OTHER, S.NAME),
    Row(S.RECORD, T.BACK, S.GUIDE),
    Row(S.PASSED, T.BACK, S.HOME),
    Row(S.REPORTED, T.BACK, S.HOME),
    Row(S.REPORTS_HELD, T.BACK, S.HOME),
    Row(S.WITHDRAWAL, T.CONFIRM_WITHDRAWAL, S.WITHDRAWN),
    Row(S.WITHDRAWAL, T.BACK, S.HOME),
    Row(S.WITHDRAWN, T.BACK, S.HOME),
)

TABLE = (
    *_ROWS,
    *(Row(state, T.EDIT, dest) for state, dest in EDITED.items()),
    *(replace(row, trigger=T.EDIT) for row in _ROWS if row.trigger is T.BACK and row.source not in EDITED),
)
