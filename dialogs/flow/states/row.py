"""Defines a row of the dialog's table: everything that belongs to one state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from types import MappingProxyType

from dialogs.flow.states.conditions import Condition
from dialogs.flow.states.questions import TakeAnswer
from dialogs.flow.states.triggers import Trigger
from dialogs.progress import FunnelStep
from dialogs.session import Session, State
from dialogs.values import Purpose
from messages.language.keys import Key
from messages.outbound import Value

StatePrompt = Callable[[Session], tuple[Key, dict[str, Value]]]
"""Gives the message that a state says on arrival: its key and values."""


class Group(StrEnum):
    """Properties that states share; a row names the ones it has."""

    BEFORE_PEOPLE = auto()  # no person has been asked for yet
    AGREED = auto()  # between the agreement and the first question about a person
    RESUMABLE = auto()
    """A half-finished errand continues here; from later states it continues at the read-back.

    The agreement is not among them: nothing is kept about an account that has not agreed.
    """
    ASKS_AGENT = auto()  # asks for a detail of the agent
    ASKS_NAME = auto()
    ASKS_CITY = auto()
    OFFERS_AGENT_EDIT = auto()  # also offers to change a self-declared agent's details
    READS_BACK = auto()  # shows details that a message may correct
    AWAITS_REGISTRY = auto()
    AFTER_CHECK = auto()  # the eligibility check has begun, and no pass is recorded yet
    CONFIRMED = auto()  # the registry knows the person of the errand; only the face check is left
    AWAITS_FACE = auto()
    OVER = auto()  # the errand has ended; leaving keeps nothing of it


@dataclass(frozen=True, slots=True)
class Move:
    """A trigger, where it leads, and when; of several moves of one trigger the first that holds counts."""

    trigger: Trigger
    dest: State
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Parser of an answer; `wrong` is the sentence for one that does not fit."""

    accept: TakeAnswer
    wrong: Key


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state: its prompt, labels, accepted answers, moves and groups.

    `by_purpose` replaces the labels for an errand of that purpose. `edit` is where 修改 asks again; without
    it, 修改 is 上一步. `reaches` is how far a person has come on arrival here.
    """

    state: State
    prompt: StatePrompt
    labels: tuple[str, ...]
    moves: tuple[Move, ...] = ()
    question: Question | None = None
    edit: State | None = None
    groups: frozenset[Group] = frozenset()
    reaches: FunnelStep = FunnelStep.GREETED
    by_purpose: Mapping[Purpose, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def labels_for(self, purpose: Purpose) -> tuple[str, ...]:
        """Return the labels that an errand of this purpose is offered."""
        return self.by_purpose.get(purpose) or self.labels


def in_groups(*groups: Group) -> frozenset[Group]:
    """Return groups as a row takes them."""
    return frozenset(groups)
