"""The dialog's table: the rows of all states, and the moves that work from every state."""

from dialogs.flow.states.check import CHECK
from dialogs.flow.states.conditions import has_others, has_reported_enough
from dialogs.flow.states.details import DETAILS
from dialogs.flow.states.endings import ENDINGS
from dialogs.flow.states.row import Move, StateRow
from dialogs.flow.states.triggers import Trigger
from dialogs.session import State

S, T = State, Trigger

ROWS: tuple[StateRow, ...] = (*DETAILS, *CHECK, *ENDINGS)

ANYWHERE: tuple[Move, ...] = (
    Move(T.HOME, S.HOME),
    Move(T.CHOOSE, S.AGREEMENT),
    Move(T.CITY, S.CITY),
    Move(T.DEATH, S.REPORTS_HELD, has_reported_enough),
    Move(T.DEATH, S.RELATIVE, has_others),
    Move(T.DEATH, S.NAME),
    Move(T.WITHDRAW, S.WITHDRAWAL),
    Move(T.ERASE, S.ERASURE),
)
