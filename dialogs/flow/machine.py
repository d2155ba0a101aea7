"""The machine that reads the dialog's table.

One shared `transitions.Machine`; a small model is made for each step and
forgotten after it, so nothing of a conversation stays behind.
"""

from collections.abc import Callable
from typing import Any

from transitions import EventData, Machine

from dialogs.flow.conditions import Condition
from dialogs.flow.table import EDITED, TABLE, Row, Trigger
from dialogs.session import Session, State


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


_KNOWN = frozenset((row.source, row.trigger) for row in TABLE)
"""Asked first: the machine logs a warning for each trigger that it does not know in a place."""


def next_state(session: Session, trigger: Trigger) -> State | None:
    """Return where the trigger leads from here, or None where it leads nowhere."""
    if (session.state, trigger) not in _KNOWN:
        return None
    model = _Model(session)
    moved = _MACHINE.events[trigger.value].trigger(model)
    return model.state if moved else None


_ANYWHERE = {Trigger.HOME, Trigger.CHOOSE, Trigger.CITY, Trigger.DEATH, Trigger.WITHDRAW}


def mermaid() -> str:
    """Return the table's diagram for `docs/dialog.md`, without the triggers that work anywhere."""
    rows = [row for row in TABLE if row.trigger not in _ANYWHERE and not _is_edit_as_back(row)]
    lines = [f"    {row.source} --> {row.dest} : {row.trigger}{_when(row)}" for row in rows]
    return "\n".join(["stateDiagram-v2", "    [*] --> home", "    home --> agreement : choose", *lines])


def _is_edit_as_back(row: Row) -> bool:
    return row.trigger is Trigger.EDIT and row.source not in EDITED


def _when(row: Row) -> str:
    return f" [{row.when.name}]" if row.when else ""


def document() -> str:
    """Return `docs/dialog.md`; `python -m dialogs.flow.machine > docs/dialog.md` writes it anew."""
    return (
        "# The dialog\n\n"
        "Drawn from the machine by `python -m dialogs.flow.machine`; a test compares the two.\n"
        "From every state `home` (返回首页) leads home, `choose` (a scheme) to the agreement, `city` to the\n"
        "cities, `death` (a death to be reported) to the relative or the name, and `withdraw` (the face\n"
        "consent) to its one question. `edit` (修改) is drawn where something was\n"
        "entered; elsewhere it is `back`.\n\n"
        f"```mermaid\n{mermaid()}\n```\n"
    )


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - printing is what this command is for
