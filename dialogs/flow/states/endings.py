"""States in which an errand ends without a capture, and the side errands."""

from dialogs.flow.states.conditions import has_relatives, may_query_given
from dialogs.flow.states.prompts import (
    erasure_prompt,
    for_scheme,
    plain,
    with_name,
    withdrawal_prompt,
    withdrawn_prompt,
)
from dialogs.flow.states.row import Group, Move, StateRow, in_groups
from dialogs.flow.states.triggers import Trigger
from dialogs.progress import FunnelStep
from dialogs.session import State
from messages.language.keys import Key
from messages.language.labels import Label

S, T, G, L = State, Trigger, Group, Label

ENDINGS: tuple[StateRow, ...] = (
    StateRow(
        S.MISMATCH,
        plain(Key.MISMATCH),
        (L.EDIT, L.HUMAN, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.READS_BACK),
        moves=(Move(T.ANSWER, S.READ_BACK), Move(T.BACK, S.READ_BACK)),
        reaches=FunnelStep.IDENTIFIED,
    ),
    StateRow(
        S.ABNORMAL,
        plain(Key.ABNORMAL),
        (L.HUMAN, L.HOME),
        edit=S.NAME,
        moves=(Move(T.BACK, S.READ_BACK),),
        reaches=FunnelStep.IDENTIFIED,
    ),
    StateRow(
        S.COUNTER,
        with_name(Key.COUNTER),
        (L.HUMAN, L.HOME),
        edit=S.NAME,
        moves=(Move(T.BACK, S.READ_BACK),),
        reaches=FunnelStep.IDENTIFIED,
    ),
    StateRow(
        S.NO_REFERENCE,
        with_name(Key.NO_REFERENCE),
        (L.HUMAN, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.CONFIRMED),
        moves=(Move(T.BACK, S.READ_BACK),),
        reaches=FunnelStep.IDENTIFIED,
    ),
    StateRow(
        S.NO_RECORD,
        for_scheme(Key.NO_RECORD),
        (L.EDIT, L.HUMAN, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.READS_BACK),
        moves=(Move(T.ANSWER, S.READ_BACK), Move(T.BACK, S.READ_BACK)),
        reaches=FunnelStep.IDENTIFIED,
    ),
    StateRow(
        S.RECORD,
        plain(Key.DONE),
        (L.QUERY_OTHER, L.HOME),
        moves=(
            Move(T.QUERY_OTHER, S.READ_BACK, may_query_given),
            Move(T.QUERY_OTHER, S.RELATIVE, has_relatives),
            Move(T.QUERY_OTHER, S.NAME),
            Move(T.BACK, S.GUIDE),
        ),
    ),
    StateRow(
        S.REPORTED,
        with_name(Key.DEATH_REPORTED),
        (L.HUMAN, L.HOME),
        groups=in_groups(G.OVER),
        moves=(Move(T.BACK, S.HOME),),
    ),
    StateRow(
        S.REPORTS_HELD,
        plain(Key.REPORTS_HELD),
        (L.HUMAN, L.HOME),
        groups=in_groups(G.OVER),
        moves=(Move(T.BACK, S.HOME),),
    ),
    StateRow(
        S.WITHDRAWAL,
        withdrawal_prompt,
        (L.CONFIRM_WITHDRAWAL, L.HOME),
        moves=(Move(T.CONFIRM_WITHDRAWAL, S.WITHDRAWN), Move(T.BACK, S.HOME)),
    ),
    StateRow(
        S.ERASURE,
        erasure_prompt,
        (L.CONFIRM_ERASURE, L.CONFIRM_WITHDRAWAL, L.HOME),
        moves=(
            Move(T.CONFIRM_ERASURE, S.HOME),
            Move(T.CONFIRM_WITHDRAWAL, S.WITHDRAWN),
            Move(T.BACK, S.HOME),
        ),
    ),
    StateRow(
        S.WITHDRAWN,
        withdrawn_prompt,
        (L.HUMAN, L.HOME),
        groups=in_groups(G.OVER),
        moves=(Move(T.BACK, S.HOME),),
    ),
)
