"""Reads typed answers into a session: names, ID types, numbers, relatives, cities."""

from collections.abc import Callable

from dialogs.flow.states.prompts import ID_TYPE_LABELS
from dialogs.flow.states.relatives import chosen_relative, finds_relatives, searched_words
from dialogs.immutable_record import replace
from dialogs.reading.cities import find_cities
from dialogs.reading.id_numbers import typed_number
from dialogs.reading.names.answers import answered_name, is_address, taken_name
from dialogs.reading.names.latin import latin_name
from dialogs.reading.names.shapes import is_sentence
from dialogs.reading.names.spelled import spelled_name
from dialogs.reading.numerals import digits
from dialogs.reading.places import is_place
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import names_scheme_alone
from dialogs.session import Draft, Session
from dialogs.values import IdType

TakeAnswer = Callable[[Session, Utterance], Session | None]
"""Reads an answer into the session; None if it does not fit."""

_ID_TYPES = {label.value: kind for kind, label in ID_TYPE_LABELS.items()}


def details(reading: Reading) -> Draft:
    """Return the name and the number of a reading; a kind of document without its number is not a detail."""
    name = reading.name or ""
    return Draft(name, reading.id_type, reading.number) if reading.id_type and reading.number else Draft(name)


def name_answer(draft: Draft, utterance: Utterance) -> Draft | None:
    """Take a name, with its number if both came at once or the number came before."""
    found = details(utterance.reading)
    if found.name and spelled_name(utterance.plain) is None:
        return found
    name = answered_name(utterance.plain) or taken_name(latin_name(utterance.typed))
    said = utterance.plain
    if (
        name is None
        or is_sentence(name)
        or is_address(said)
        or is_place(said)
        or names_scheme_alone(said.joined)
    ):
        return None
    return Draft(name) if draft.name else replace(draft, name=name)


def agent_name_answer(draft: Draft, utterance: Utterance) -> Draft | None:
    """Take the helper's own name, even if a relative is also named: 我叫陈建国，我妈叫李秀英."""
    own = utterance.reading.agent_name
    if own is None:
        return name_answer(draft, utterance)
    return Draft(own) if draft.name else replace(draft, name=own)


def id_type_answer(draft: Draft, utterance: Utterance) -> Draft | None:
    """Take a document type by its label, or by a number or name in the person's own words."""
    kind = _ID_TYPES.get(utterance.typed.strip())
    if kind:
        return Draft(draft.name, kind)
    kind = utterance.id_type
    return Draft(draft.name, kind, utterance.reading.number or "") if kind else None


def number_answer(draft: Draft, utterance: Utterance) -> Draft | None:
    """Take a number that fits the chosen type, also in words; of two different ones it takes neither."""
    if utterance.has_two_numbers:
        return None
    kind = draft.id_type or IdType.RESIDENT_ID
    typed = (utterance.typed, utterance.reading.number or "", digits(utterance.typed))
    number = next(filter(None, (typed_number(kind, text) for text in typed)), None)
    return replace(draft, number=number) if number else None


def of_subject(read_answer: Callable[[Draft, Utterance], Draft | None]) -> TakeAnswer:
    """Return a parser whose answer fills in the person of the errand."""

    def accept(session: Session, utterance: Utterance) -> Session | None:
        """Return the session with the answer in it; None for what is no answer."""
        draft = read_answer(session.errand.subject, utterance)
        return session.with_errand(replace(session.errand, subject=draft)) if draft else None

    return accept


def of_agent(read_answer: Callable[[Draft, Utterance], Draft | None]) -> TakeAnswer:
    """Return a parser whose answer fills in the agent."""

    def accept(session: Session, utterance: Utterance) -> Session | None:
        """Return the session with the answer in it; None for what is no answer."""
        draft = read_answer(session.agent, utterance)
        return replace(session, agent=draft) if draft else None

    return accept


def relative_answer(session: Session, utterance: Utterance) -> Session | None:
    """Take a relative of the list, narrow the list by a part of a name, or take a name that is not on it."""
    afresh = session.with_errand(replace(session.errand, search="", page=0))
    if person := chosen_relative(session, utterance):
        return afresh.with_errand(replace(afresh.errand, subject=Draft.of(person)))
    if not utterance.reading.number and finds_relatives(session, utterance):
        return afresh.with_errand(replace(afresh.errand, search=searched_words(utterance)))
    return of_subject(name_answer)(afresh, utterance)


def city_answer(session: Session, utterance: Utterance) -> Session | None:
    """Take the one city that an answer names."""
    cities = find_cities(utterance.typed)
    return replace(session, city=cities[0]) if len(cities) == 1 else None
