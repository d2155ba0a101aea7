"""The machine that reads the dialog's table.

A table has one shared `transitions.Machine`. No session is added to it, since that would give each session a
hundred methods of its own and cost half a millisecond. Sessions query it, and it keeps nothing of a
conversation.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from transitions import EventData, Machine

from dialogs.flow.states.conditions import Condition, is_at, is_document_chosen
from dialogs.flow.states.row import Group, Move, Question, StateRow
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.table import ANYWHERE, ROWS
from dialogs.immutable_record import replace
from dialogs.session import Session, State


class Flow:
    """A table of states in use: answers questions about rows, and follows triggers."""

    def __init__(self, rows: Sequence[StateRow] = ROWS) -> None:
        self._rows: Mapping[State, StateRow] = {row.state: row for row in rows}
        self._members = {
            group: frozenset(s for s, row in self._rows.items() if group in row.groups) for group in Group
        }
        self.moves = tuple((row.state, move) for row in rows for move in self._moves_of(row))
        self._machine = Machine(
            model=None,
            states=list(self._rows),
            initial=rows[0].state,
            transitions=[_transition(source, move) for source, move in self.moves],
            auto_transitions=False,
            send_event=True,
        )
        self._ways = {
            (source, move.trigger): self._machine.get_transitions(move.trigger.value, source)
            for source, move in self.moves
        }

    def row(self, state: State) -> StateRow:
        """Return the row of a state."""
        return self._rows[state]

    def is_in(self, state: State, group: Group) -> bool:
        """Whether a state belongs to a group."""
        return state in self._members[group]

    def is_free(self, state: State) -> bool:
        """Whether no errand is under way in a state: at the start, and after one has ended."""
        return state is State.HOME or self.is_in(state, Group.OVER)

    def question(self, state: State) -> Question | None:
        """Return what a state asks in words, or None."""
        return self._rows[state].question

    def next_state(self, session: Session, trigger: Trigger) -> State | None:
        """Return where the trigger leads from here, or None if it leads nowhere.

        The machine's own transitions and conditions are read. Triggering it would call a dozen functions for
        callbacks that no state has, which costs a fifth of a step's time.
        """
        asked = EventData(None, None, self._machine, session, (), {})
        for way in self._ways.get((session.state, trigger), ()):
            if all(condition.check(asked) for condition in way.conditions):
                return State[way.dest or way.source]
        return None

    def _moves_of(self, row: StateRow) -> Iterator[Move]:
        yield from ANYWHERE
        if row.state is State.HOME:
            yield from self._continuations()
        yield from row.moves
        yield from _edits(row)

    def _continuations(self) -> Iterator[Move]:
        for trigger in (Trigger.CONTINUE, Trigger.CHECK_AGAIN):
            yield from (
                Move(trigger, state, is_at(state))
                for state in self._rows
                if self.is_in(state, Group.RESUMABLE)
            )


def _edits(row: StateRow) -> Iterator[Move]:
    """Yield the moves of 修改: to the first question if something was entered, else as 上一步.

    For a wrong number only the number is asked for.
    """
    if row.edit is not None:
        yield Move(Trigger.EDIT, row.edit)
        if row.edit is State.NAME:
            yield Move(Trigger.EDIT_NUMBER, State.NUMBER, is_document_chosen)
    else:
        yield from (replace(move, trigger=Trigger.EDIT) for move in row.moves if move.trigger is Trigger.BACK)


def _condition(when: Condition) -> Callable[[EventData], bool]:
    def holds(event: EventData) -> bool:
        """Ask the condition about the machine's session."""
        session: Any = event.model
        return when(session)

    return holds


def _transition(source: State, move: Move) -> dict[str, Any]:
    conditions = [_condition(move.when)] if move.when else []
    return {"trigger": move.trigger.value, "source": source, "dest": move.dest, "conditions": conditions}


FLOW = Flow()
"""The service's own table."""


next_state = FLOW.next_state
is_in = FLOW.is_in
is_free = FLOW.is_free
