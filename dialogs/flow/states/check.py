"""States of an errand under way: read-back, eligibility check, notice, capture and its result."""

from dialogs.flow.states.conditions import (
    is_account_of_another,
    is_agent,
    is_declared_agent,
    is_query_of_known,
    is_read_back_of_known,
    is_read_back_of_relative,
    is_report,
    may_see_record,
)
from dialogs.flow.states.details import QUERY_OTHER
from dialogs.flow.states.prompts import (
    LEAVING_CHOICES,
    capture_prompt,
    failed_prompt,
    notice_prompt,
    plain,
    read_back_prompt,
)
from dialogs.flow.states.row import Group, Move, StateRow, in_groups
from dialogs.flow.states.triggers import Trigger
from dialogs.progress import FunnelStep
from dialogs.session import State
from dialogs.values import Purpose
from messages.language.keys import Key
from messages.language.labels import Label

S, T, G, L = State, Trigger, Group, Label

REFUSED = (
    Move(T.MISMATCHED, S.MISMATCH),
    Move(T.TERMINATED, S.ABNORMAL),
    Move(T.COUNTER, S.COUNTER, may_see_record),
    Move(T.COUNTER, S.ABNORMAL),
)
"""Refusals of the registry, which come while a check or a capture is under way."""

UNKNOWN = (Move(T.UNENROLLED, S.NO_REFERENCE), Move(T.UNRECORDED, S.NO_RECORD))
"""Answers of a registry that lacks what is asked for, a face or a record."""

RESULTS = (
    Move(T.PASSED, S.PASSED),
    Move(T.FAILED, S.FAILED),
    Move(T.FAILED_TOO_OFTEN, S.FAILED_TOO_OFTEN),
)
"""Results of a capture."""

AGAIN = (Move(T.CHECK_AGAIN, S.RECHECKING), Move(T.CONTINUE, S.RECHECKING), Move(T.BACK, S.NOTICE))
"""Ways to another capture."""

CHECK: tuple[StateRow, ...] = (
    StateRow(
        S.READ_BACK,
        read_back_prompt,
        (L.NEXT, L.EDIT),
        by_purpose={
            Purpose.QUERY: (L.SEARCH, L.EDIT, L.QUERY_OTHER),
            Purpose.REPORT: (L.REPORT, L.EDIT, L.HOME),
        },
        edit=S.NAME,
        groups=in_groups(G.RESUMABLE, G.READS_BACK),
        moves=(
            Move(T.EDIT_AGENT, S.AGENT_NAME, is_declared_agent),
            Move(T.ANSWER, S.READ_BACK),
            Move(T.REPORT, S.REPORTED, is_report),
            Move(T.NEXT, S.READ_BACK, is_report),
            Move(T.NEXT, S.CHECKING),
            Move(T.AGENT, S.READ_BACK, is_account_of_another),
            *QUERY_OTHER,
            Move(T.BACK, S.GUIDE, is_query_of_known),
            Move(T.BACK, S.MANNER, is_read_back_of_known),
            Move(T.BACK, S.RELATIVE, is_read_back_of_relative),
            Move(T.BACK, S.NUMBER),
        ),
        reaches=FunnelStep.IDENTIFIED,
    ),
    StateRow(
        S.CHECKING,
        plain(Key.CHECKING),
        LEAVING_CHOICES,
        edit=S.NAME,
        groups=in_groups(G.AWAITS_REGISTRY, G.AFTER_CHECK),
        moves=(
            Move(T.BACK, S.READ_BACK),
            *REFUSED,
            *UNKNOWN,
            Move(T.ELIGIBLE, S.NOTICE),
            Move(T.UNAVAILABLE, S.READ_BACK),
        ),
        reaches=FunnelStep.IDENTIFIED,
    ),
    StateRow(
        S.RECHECKING,
        plain(Key.CHECKING),
        LEAVING_CHOICES,
        edit=S.NAME,
        groups=in_groups(G.AWAITS_REGISTRY, G.AFTER_CHECK, G.CONFIRMED),
        moves=(
            Move(T.BACK, S.READ_BACK),
            *REFUSED,
            *UNKNOWN,
            Move(T.ELIGIBLE, S.CAPTURE),
            Move(T.UNAVAILABLE, S.CAPTURE),
            Move(T.PASSED, S.PASSED),
            Move(T.FAILED_TOO_OFTEN, S.FAILED_TOO_OFTEN),
        ),
        reaches=FunnelStep.ELIGIBLE,
    ),
    StateRow(
        S.NOTICE,
        notice_prompt,
        (L.CONFIRM, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.AFTER_CHECK, G.CONFIRMED),
        moves=(
            Move(T.CONFIRM, S.CAPTURE),
            Move(T.HAND_OVER, S.CAPTURE, is_agent),
            Move(T.RECHECK, S.RECHECKING),
            Move(T.BACK, S.READ_BACK),
            *RESULTS,
        ),
        reaches=FunnelStep.ELIGIBLE,
    ),
    StateRow(
        S.CAPTURE,
        capture_prompt,
        (L.NEW_LINK, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.AFTER_CHECK, G.CONFIRMED, G.AWAITS_FACE),
        moves=(
            *REFUSED,
            Move(T.RECHECK, S.RECHECKING),
            *AGAIN,
            *RESULTS,
            Move(T.UNFINISHED, S.CAPTURE),
        ),
        reaches=FunnelStep.ELIGIBLE,
    ),
    StateRow(
        S.PASSED,
        plain(Key.DONE),
        (L.SUBSCRIBE, L.HOME),
        by_purpose={Purpose.QUERY: (L.QUERY_OTHER, L.HOME)},
        groups=in_groups(G.OVER),
        moves=(*QUERY_OTHER, Move(T.BACK, S.HOME)),
    ),
    StateRow(
        S.FAILED,
        failed_prompt,
        (L.CHECK_AGAIN, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.AFTER_CHECK, G.CONFIRMED, G.AWAITS_FACE),
        moves=(
            *REFUSED,
            Move(T.PASSED, S.PASSED),
            Move(T.FAILED_TOO_OFTEN, S.FAILED_TOO_OFTEN),
            *AGAIN,
        ),
    ),
    StateRow(
        S.FAILED_TOO_OFTEN,
        plain(Key.FAILED_TOO_OFTEN),
        (L.HUMAN, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.AFTER_CHECK, G.CONFIRMED, G.AWAITS_FACE),
        moves=(
            *REFUSED,
            Move(T.PASSED, S.PASSED),
            Move(T.CHECK_AGAIN, S.RECHECKING),
            Move(T.BACK, S.NOTICE),
        ),
    ),
)
