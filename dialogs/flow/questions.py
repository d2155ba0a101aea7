"""Typed answers: which question they answer, and what a good one changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dialogs.flow.prefill import details
from dialogs.flow.prompts import ID_TYPE_LABELS, person_label
from dialogs.reading.cities import find_cities
from dialogs.reading.names import answered_name, is_sentence, latin_name
from dialogs.reading.normalize import plain
from dialogs.reading.reader import read
from dialogs.rules.identity import check_name, check_number
from dialogs.session import Draft, Session, State
from dialogs.values import IdType
from messages.keys import Key

_ID_TYPES = {label.value: kind for kind, label in ID_TYPE_LABELS.items()}


def _name(draft: Draft, words: str) -> Draft | None:
    """Take a name, with its number where both came at once, or where the number was told before it."""
    told = details(read(words))
    if told.name:
        return told
    name = answered_name(plain(words)) or check_name(latin_name(words))
    if name is None or is_sentence(name):
        return None
    return Draft(name) if draft.name else replace(draft, name=name)


def _id_type(draft: Draft, words: str) -> Draft | None:
    kind = _ID_TYPES.get(words.strip())
    if kind:
        return Draft(draft.name, kind)
    told = read(words)
    return Draft(draft.name, told.id_type, told.number or "") if told.id_type else None


def _number(draft: Draft, words: str) -> Draft | None:
    kind = draft.id_type or IdType.RESIDENT_ID
    number = check_number(kind, words) or check_number(kind, read(words).number or "")
    return replace(draft, number=number) if number else None


Answer = Callable[[Session, str], Session | None]


@dataclass(frozen=True, slots=True)
class Question:
    """How an answer is read; `wrong` is the kind sentence for one that does not fit."""

    accept: Answer
    wrong: Key


def _of_subject(read_answer: Callable[[Draft, str], Draft | None]) -> Answer:
    def accept(session: Session, words: str) -> Session | None:
        draft = read_answer(session.errand.subject, words)
        return session.told(replace(session.errand, subject=draft)) if draft else None

    return accept


def _of_agent(read_answer: Callable[[Draft, str], Draft | None]) -> Answer:
    def accept(session: Session, words: str) -> Session | None:
        draft = read_answer(session.agent, words)
        return replace(session, agent=draft) if draft else None

    return accept


def _relative(session: Session, words: str) -> Session | None:
    """Take a relative from the list, or the name of somebody who is not on it."""
    chosen = [known for known in session.relatives() if words.strip() == person_label(known)]
    if not chosen:
        return _of_subject(_name)(session, words)
    return session.told(replace(session.errand, subject=Draft.of(chosen[0].subject.identity)))


def _city(session: Session, words: str) -> Session | None:
    cities = find_cities(words)
    return replace(session, city=cities[0]) if len(cities) == 1 else None


QUESTIONS: Mapping[State, Question] = MappingProxyType(
    {
        State.CITY: Question(_city, Key.WRONG_CITY),
        State.MORE_CITIES: Question(_city, Key.WRONG_CITY),
        State.AGENT_NAME: Question(_of_agent(_name), Key.WRONG_NAME),
        State.AGENT_ID_TYPE: Question(_of_agent(_id_type), Key.WRONG_ID_TYPE),
        State.AGENT_NUMBER: Question(_of_agent(_number), Key.WRONG_NUMBER),
        State.RELATIVE: Question(_relative, Key.WRONG_RELATIVE),
        State.NAME: Question(_of_subject(_name), Key.WRONG_NAME),
        State.ID_TYPE: Question(_of_subject(_id_type), Key.WRONG_ID_TYPE),
        State.NUMBER: Question(_of_subject(_number), Key.WRONG_NUMBER),
    }
)
