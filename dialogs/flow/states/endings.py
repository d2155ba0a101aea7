"""States in which an errand ends without a capture, and the side errands."""

from dialogs.flow.states.conditions import has_relatives, may_query_given
from dialogs.flow.states.details import QUERY_OTHER
from dialogs.flow.states.prompts import (
    erasure_prompt,
    for_scheme,
    plain,
    with_name,
    withdrawal_prompt,
    withdrawn_prompt,
)
from dialogs.flow.states.row import Group, Move, StatePrompt, StateRow, in_groups
from dialogs.flow.states.triggers import Trigger
from dialogs.progress import FunnelStep
from dialogs.session import State
from messages.language.keys import Key
from messages.language.labels import Label

S, T, G, L = State, Trigger, Group, Label


def refused(state: State, prompt: StatePrompt, *groups: Group) -> StateRow:
    """Return the row of an answer that only the office can change."""
    return StateRow(
        state,
        prompt,
        (L.HUMAN, L.HOME),
        edit=S.NAME,
        groups=in_groups(*groups),
        moves=(Move(T.BACK, S.READ_BACK),),
        reaches=FunnelStep.IDENTIFIED,
    )


def not_found(
    state: State, prompt: StatePrompt, labels: tuple[str, ...] = (), moves: tuple[Move, ...] = ()
) -> StateRow:
    """Return the row of an answer that other details may change; `labels` and `moves` are added."""
    return StateRow(
        state,
        prompt,
        (L.EDIT, *labels, L.HUMAN, L.HOME),
        edit=S.NAME,
        groups=in_groups(G.READS_BACK),
        moves=(Move(T.ANSWER, S.READ_BACK), *moves, Move(T.BACK, S.READ_BACK)),
        reaches=FunnelStep.IDENTIFIED,
    )


def done(state: State, prompt: StatePrompt) -> StateRow:
    """Return the row of a side errand that is over."""
    return StateRow(state, prompt, (L.HUMAN, L.HOME), groups=in_groups(G.OVER), moves=(Move(T.BACK, S.HOME),))


ENDINGS: tuple[StateRow, ...] = (
    not_found(S.MISMATCH, plain(Key.MISMATCH)),
    refused(S.ABNORMAL, plain(Key.ABNORMAL)),
    refused(S.COUNTER, with_name(Key.COUNTER)),
    refused(S.NO_REFERENCE, with_name(Key.NO_REFERENCE), G.CONFIRMED),
    not_found(S.NO_RECORD, for_scheme(Key.NOT_FOUND), (L.QUERY_OTHER,), QUERY_OTHER),
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
    done(S.REPORTED, with_name(Key.DEATH_REPORTED)),
    done(S.REPORTS_HELD, plain(Key.REPORTS_HELD)),
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
    done(S.WITHDRAWN, withdrawn_prompt),
)
