"""Answers a remark at a question (small letters, doubt, anger) with a note, and asks the question again."""

from collections.abc import Callable
from datetime import datetime

from dialogs.flow.machine import FLOW, is_in
from dialogs.flow.outcome import Step, aside, ask, choices, office, prompt, with_note
from dialogs.flow.states.row import Group
from dialogs.immutable_record import replace
from dialogs.reading.places import is_doubtful_place, is_place
from dialogs.reading.reader import Reading, Utterance
from dialogs.session import Session, State
from messages.language.keys import Key
from messages.language.labels import Label

Handler = Callable[[Session, Reading, datetime], Step | None]


def note_handler(key: Key, *labels: Label) -> Handler:
    """Return what answers with a note and asks again, also offering `labels`."""
    return lambda session, _, __: add_note(session, key, *labels)


def add_note(session: Session, key: Key, *labels: Label) -> Step:
    """Put a note before the question of the place; a record that was shown is not read again for it."""
    asking = offering(session, *labels)
    return with_note(Step(asking, (prompt(asking),)), key, {"office": office(session)})


def offering(session: Session, *labels: Label) -> Session:
    """Offer these choices in addition to those that the place has itself."""
    return replace(session, offered=tuple(label for label in labels if label not in choices(session)))


def detail_note_handler(key: Key) -> Handler:
    """Return what answers with a note if a detail of a person is asked for; elsewhere it says nothing."""
    return lambda session, _, __: add_note(session, key) if asks_details(session) else None


def asks_details(session: Session) -> bool:
    """Whether the place asks for a name, a kind of document or a number."""
    return FLOW.question(session.state) is not None and not is_in(session.state, Group.ASKS_CITY)


def answer_unlisted_place(session: Session, utterance: Utterance) -> Step | None:
    """Say at the start that a place which is no city of the list need not be chosen: 我在成都领的."""
    is_said = is_place(utterance.plain) or is_doubtful_place(utterance.plain.joined)
    is_told = is_said and is_in(session.state, Group.BEFORE_PEOPLE)
    return aside(session, Key.UNLISTED_PLACE) if is_told else None


def show_legal_texts(session: Session, _: Reading, __: datetime) -> Step:
    """Show both texts of the agreement, whose own question links them already."""
    return ask(session) if session.state is State.AGREEMENT else add_note(session, Key.LEGAL_TEXTS)


def explain_small_print(session: Session, _: Reading, __: datetime) -> Step:
    """Say how letters are enlarged and who may help; before the camera, that movements can be left out."""
    faces = is_in(session.state, Group.CONFIRMED)
    return add_note(session, Key.SMALL_PRINT, Label.CANNOT if faces else Label.HUMAN)


def give_help(session: Session, _: Reading, __: datetime) -> Step:
    """Encourage and ask again in the middle of an errand; elsewhere say what can be done here."""
    if is_under_way(session):
        return add_note(session, Key.HELP_HERE, Label.HUMAN)
    return aside(session, Key.HELP)


def tell_which(session: Session, _: Reading, __: datetime) -> Step:
    """Say which choice is meant for whom: of the pensions at first, or of the documents."""
    if session.state in {State.ID_TYPE, State.AGENT_ID_TYPE}:
        return aside(session, Key.WRONG_ID_TYPE)
    is_early = is_in(session.state, Group.BEFORE_PEOPLE) and session.state is not State.MANNER
    return aside(session, Key.WHICH_PENSION) if is_early else ask(session)


def is_under_way(session: Session) -> bool:
    """Whether an errand is under way, from the agreement to the result of its face check."""
    is_begun = session.state is State.AGREEMENT or is_in(session.state, Group.RESUMABLE)
    return is_begun or is_in(session.state, Group.AFTER_CHECK)
