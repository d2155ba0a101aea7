"""The dialog's states and transitions, as data.

One shared `transitions.Machine` reads the table; a small model is added for
each step and removed after it, so nothing of a conversation stays behind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Any

from transitions import EventData, Machine

from dialogs.session import Session, State
from dialogs.values import Purpose, Scheme


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
    NEXT = auto()
    EDIT = auto()
    CONFIRM = auto()
    RETRY = auto()
    HOME = auto()
    BACK = auto()
    ELIGIBLE = auto()
    MISMATCHED = auto()
    TERMINATED = auto()
    UNENROLLED = auto()
    UNRECORDED = auto()
    UNAVAILABLE = auto()
    PASSED = auto()
    FAILED = auto()
    UNFINISHED = auto()


def _is_known(session: Session) -> bool:
    return session.person is not None


def _is_agent_known(session: Session) -> bool:
    return session.agent_identity() is not None


def _is_query(session: Session) -> bool:
    return session.purpose is Purpose.QUERY


def _may_query_other(session: Session) -> bool:
    """Asking for another (为他人查询) exists for 企业职工 alone, as in the guide."""
    return _is_query(session) and session.scheme is Scheme.EMPLOYEE


def _is_query_of_known(session: Session) -> bool:
    return _is_query(session) and _is_read_back_of_known(session)


def _is_read_back_of_known(session: Session) -> bool:
    return session.person is not None and session.subject.identity() == session.person


Condition = Callable[[Session], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `when` must hold, the first line that fits wins."""

    source: State
    trigger: Trigger
    dest: State
    when: Condition | None = None


S, T = State, Trigger
TABLE: tuple[Row, ...] = (
    *(Row(state, T.HOME, S.HOME) for state in S),
    *(Row(state, T.CHOOSE, S.AGREEMENT) for state in S),
    Row(S.HOME, T.BACK, S.HOME),
    Row(S.AGREEMENT, T.AGREE, S.GUIDE),
    Row(S.AGREEMENT, T.BACK, S.HOME),
    Row(S.GUIDE, T.START, S.MANNER),
    Row(S.GUIDE, T.QUERY, S.READ_BACK, _is_known),
    Row(S.GUIDE, T.QUERY, S.NAME),
    Row(S.GUIDE, T.BACK, S.AGREEMENT),
    Row(S.MANNER, T.SELF, S.READ_BACK, _is_known),
    Row(S.MANNER, T.SELF, S.NAME),
    Row(S.MANNER, T.AGENT, S.NAME, _is_agent_known),
    Row(S.MANNER, T.AGENT, S.AGENT_NAME),
    Row(S.MANNER, T.BACK, S.GUIDE),
    Row(S.AGENT_NAME, T.ANSWER, S.AGENT_ID_TYPE),
    Row(S.AGENT_NAME, T.BACK, S.MANNER),
    Row(S.AGENT_ID_TYPE, T.ANSWER, S.AGENT_NUMBER),
    Row(S.AGENT_ID_TYPE, T.BACK, S.AGENT_NAME),
    Row(S.AGENT_NUMBER, T.ANSWER, S.NAME),
    Row(S.AGENT_NUMBER, T.BACK, S.AGENT_ID_TYPE),
    Row(S.NAME, T.ANSWER, S.ID_TYPE),
    Row(S.NAME, T.QUERY_OTHER, S.NAME, _may_query_other),
    Row(S.NAME, T.BACK, S.GUIDE, _is_query),
    Row(S.NAME, T.BACK, S.MANNER),
    Row(S.ID_TYPE, T.ANSWER, S.NUMBER),
    Row(S.ID_TYPE, T.BACK, S.NAME),
    Row(S.NUMBER, T.ANSWER, S.READ_BACK),
    Row(S.NUMBER, T.BACK, S.ID_TYPE),
    Row(S.READ_BACK, T.NEXT, S.CHECKING),
    Row(S.READ_BACK, T.EDIT, S.NAME),
    Row(S.READ_BACK, T.QUERY_OTHER, S.NAME, _may_query_other),
    Row(S.READ_BACK, T.BACK, S.GUIDE, _is_query_of_known),
    Row(S.READ_BACK, T.BACK, S.MANNER, _is_read_back_of_known),
    Row(S.READ_BACK, T.BACK, S.NUMBER),
    Row(S.CHECKING, T.BACK, S.READ_BACK),
    Row(S.CHECKING, T.ELIGIBLE, S.NOTICE),
    Row(S.CHECKING, T.MISMATCHED, S.MISMATCH),
    Row(S.CHECKING, T.TERMINATED, S.ABNORMAL),
    Row(S.CHECKING, T.UNENROLLED, S.NO_REFERENCE),
    Row(S.CHECKING, T.UNRECORDED, S.NO_RECORD),
    Row(S.CHECKING, T.UNAVAILABLE, S.READ_BACK),
    Row(S.NOTICE, T.CONFIRM, S.CAPTURE),
    Row(S.NOTICE, T.BACK, S.READ_BACK),
    Row(S.CAPTURE, T.RETRY, S.CAPTURE),
    Row(S.CAPTURE, T.BACK, S.NOTICE),
    Row(S.CAPTURE, T.PASSED, S.PASSED),
    Row(S.CAPTURE, T.FAILED, S.FAILED),
    Row(S.CAPTURE, T.UNFINISHED, S.CAPTURE),
    Row(S.FAILED, T.RETRY, S.CAPTURE),
    Row(S.FAILED, T.PASSED, S.PASSED),
    Row(S.FAILED, T.BACK, S.NOTICE),
    Row(S.MISMATCH, T.EDIT, S.NAME),
    Row(S.MISMATCH, T.BACK, S.READ_BACK),
    Row(S.ABNORMAL, T.BACK, S.READ_BACK),
    Row(S.NO_REFERENCE, T.BACK, S.READ_BACK),
    Row(S.NO_RECORD, T.EDIT, S.NAME),
    Row(S.NO_RECORD, T.BACK, S.READ_BACK),
    Row(S.PASSED, T.BACK, S.HOME),
)


class _Model:
    """What `transitions` moves: a state, beside the session that conditions ask.

    It is never added to the machine: that would give each one a hundred
    methods of its own, for half a millisecond.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.state = session.state


def _condition(when: Condition) -> Callable[[EventData], bool]:
    def holds(event: EventData) -> bool:
        model: Any = event.model
        return when(model.session)

    return holds


def _transition(row: Row) -> dict[str, Any]:
    conditions = [_condition(row.when)] if row.when else []
    return {
        "trigger": row.trigger.value,
        "source": row.source,
        "dest": row.dest,
        "conditions": conditions,
    }


_MACHINE = Machine(
    model=None,
    states=State,
    initial=State.HOME,
    transitions=[_transition(row) for row in TABLE],
    auto_transitions=False,
    send_event=True,
    ignore_invalid_triggers=True,
)


def next_state(session: Session, trigger: Trigger) -> State | None:
    """Return where the trigger leads from here, or None where it leads nowhere."""
    model = _Model(session)
    moved = _MACHINE.events[trigger.value].trigger(model)
    return model.state if moved else None


_CONDITION_NAMES: Mapping[Condition, str] = MappingProxyType(
    {
        _is_known: "person known",
        _is_agent_known: "agent known",
        _is_query: "query",
        _may_query_other: "query, employee",
        _is_query_of_known: "query, own details",
        _is_read_back_of_known: "own details",
    }
)


def mermaid() -> str:
    """Return the table's diagram for `docs/dialog.md`, without the two triggers that work anywhere."""
    rows = [row for row in TABLE if row.trigger not in {Trigger.HOME, Trigger.CHOOSE}]
    lines = [f"    {row.source} --> {row.dest} : {row.trigger}{_when(row)}" for row in rows]
    return "\n".join(["stateDiagram-v2", "    [*] --> home", "    home --> agreement : choose", *lines])


def _when(row: Row) -> str:
    return f" [{_CONDITION_NAMES[row.when]}]" if row.when else ""


def document() -> str:
    """Return `docs/dialog.md`; `python -m dialogs.machine > docs/dialog.md` writes it anew."""
    return (
        "# The dialog\n\n"
        "Drawn from the machine by `python -m dialogs.machine`; a test compares the two.\n"
        "From every state `home` (返回首页) leads home and `choose` (a scheme) to the agreement.\n\n"
        f"```mermaid\n{mermaid()}\n```\n"
    )


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - printing is what this command is for
