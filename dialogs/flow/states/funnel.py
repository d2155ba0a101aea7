"""Which step of the funnel a state of the conversation stands for."""

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.progress import FunnelStep
from dialogs.session import Session, State
from dialogs.values import Purpose

_AGREED = (
    State.GUIDE,
    State.MANNER,
    State.AGENT_NAME,
    State.AGENT_ID_TYPE,
    State.AGENT_NUMBER,
    State.RELATIVE,
    State.NAME,
    State.ID_TYPE,
    State.NUMBER,
)
_IDENTIFIED = (
    State.READ_BACK,
    State.CHECKING,
    State.MISMATCH,
    State.NO_RECORD,
    State.ABNORMAL,
    State.COUNTER,
    State.NO_REFERENCE,
)
_ELIGIBLE = (State.NOTICE, State.RECHECKING, State.CAPTURE)
_STEPS: Mapping[State, FunnelStep] = MappingProxyType(
    {
        **dict.fromkeys(_AGREED, FunnelStep.AGREED),
        **dict.fromkeys(_IDENTIFIED, FunnelStep.IDENTIFIED),
        **dict.fromkeys(_ELIGIBLE, FunnelStep.ELIGIBLE),
    }
)


def step_reached(session: Session, before: State) -> FunnelStep:
    """Return the step that a move from `before` reaches; whoever stays where they were has only written.

    A report of a death asks for a person, too, but leads to no certification.
    """
    if session.state is before or session.errand.purpose is Purpose.REPORT:
        return FunnelStep.GREETED
    return _STEPS.get(session.state, FunnelStep.GREETED)
