"""Typed answers: which question they answer, and what a good one changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dialogs.identity import check_name, check_number
from dialogs.prompts import ID_TYPE_LABELS
from dialogs.session import Draft, Session, State
from dialogs.values import IdType
from messages.catalogue import Key

_ID_TYPES = {label.value: kind for kind, label in ID_TYPE_LABELS.items()}


def _with_name(draft: Draft, words: str) -> Draft | None:
    name = check_name(words)
    return replace(draft, name=name) if name else None


def _with_id_type(draft: Draft, words: str) -> Draft | None:
    kind = _ID_TYPES.get(words.strip())
    return replace(draft, id_type=kind) if kind else None


def _with_number(draft: Draft, words: str) -> Draft | None:
    number = check_number(draft.id_type or IdType.RESIDENT_ID, words)
    return replace(draft, number=number) if number else None


@dataclass(frozen=True, slots=True)
class Question:
    """How an answer is read; `wrong` is the kind sentence for one that does not fit."""

    read: Callable[[Draft, str], Draft | None]
    wrong: Key
    of_agent: bool = False


QUESTIONS: Mapping[State, Question] = MappingProxyType(
    {
        State.AGENT_NAME: Question(_with_name, Key.WRONG_NAME, of_agent=True),
        State.AGENT_ID_TYPE: Question(_with_id_type, Key.WRONG_ID_TYPE, of_agent=True),
        State.AGENT_NUMBER: Question(_with_number, Key.WRONG_NUMBER, of_agent=True),
        State.NAME: Question(_with_name, Key.WRONG_NAME),
        State.ID_TYPE: Question(_with_id_type, Key.WRONG_ID_TYPE),
        State.NUMBER: Question(_with_number, Key.WRONG_NUMBER),
    }
)


def accept(session: Session, question: Question, words: str) -> Session | None:
    """Return the session with the answer in it, or None where the answer does not fit."""
    draft = question.read(session.agent if question.of_agent else session.subject, words)
    if draft is None:
        return None
    return replace(session, agent=draft) if question.of_agent else replace(session, subject=draft)
