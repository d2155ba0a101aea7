"""Takes the words that answer a question of the dialog, and says of those that do not fit what is amiss."""

from datetime import datetime

from dialogs.flow.handlers.at_the_question import not_relative
from dialogs.flow.handlers.early_number import early_number
from dialogs.flow.handlers.on_the_way import other_scheme, refused_number
from dialogs.flow.handlers.other_steps import other_document
from dialogs.flow.handlers.volunteered import corrected, next_relative, volunteered
from dialogs.flow.interpret import Command
from dialogs.flow.machine import FLOW, is_in
from dialogs.flow.outcome import Step, aside, ask, preceded
from dialogs.flow.states.conditions import is_own_name_asked
from dialogs.flow.states.row import Group, Question
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.names import is_address
from dialogs.reading.normalize import plain
from dialogs.reading.places import is_place
from dialogs.reading.reader import Utterance
from dialogs.reading.relations import acts_for_another, is_kin_alone, is_phone_of_kin
from dialogs.session import Draft, Relation, Session, State
from messages.language.keys import Key
from messages.language.labels import Label


def answer_taken(session: Session, answer: Command, now: datetime) -> Step | None:
    """Take an answer to the question of the state, or details that nothing asked for."""
    question = FLOW.question(session.state)
    if question is None:
        taken = (
            corrected(session, answer.utterance, now)
            or volunteered(session, answer.utterance, now)
            or other_scheme(session, answer.utterance, now)
            or other_document(session, answer.utterance)
            or next_relative(session, answer.utterance, now)
        )
        return taken and _with_note(taken, answer.utterance)
    if _names_relative(session, answer.utterance):
        return not_relative(session)
    accepted = question.accept(session, answer.utterance)
    if accepted is None:
        return _refused(session, question, answer.utterance, now)
    taken = move(accepted, answer, now)
    return taken and _with_note(taken, answer.utterance)


def _names_relative(session: Session, utterance: Utterance) -> bool:
    """Whether the writer's own name is asked for and a relative's given: 我妈叫李秀英; 李秀英，我妈."""
    is_others = utterance.reading.relation not in {None, Relation.SELF}
    parts = utterance.plain.joined.split(",")
    is_remark = len(parts) > 1 and any(is_kin_alone(plain(part)) for part in parts)
    is_told = utterance.reading.name is not None or is_remark
    return is_own_name_asked(session) and is_others and is_told


def _refused(session: Session, question: Question, utterance: Utterance, now: datetime) -> Step:
    """Take an answer that does not fit for another scheme, or say what is amiss with it."""
    return (
        other_scheme(session, utterance, now)
        or refused_number(session, utterance)
        or early_number(session, utterance)
        or _renamed(session, utterance)
        or (other_document(session, utterance) if is_in(session.state, Group.ASKS_NAME) else None)
        or _amiss(session, question, utterance)
    )


def _renamed(session: Session, utterance: Utterance) -> Step | None:
    """Take a name at the question for the document in place of the one that it shows: 好的，上个月."""
    name = utterance.reading.name or utterance.answered_name
    if name is None:
        return None
    if session.state is State.AGENT_ID_TYPE:
        return ask(replace(session, agent=Draft(name)))
    if session.state is not State.ID_TYPE:
        return None
    return ask(session.with_errand(replace(session.errand, subject=Draft(name))))


def _with_note(taken: Step, utterance: Utterance) -> Step:
    """Say beside the answer that an old number of 15 places was raised to 18."""
    return preceded(taken, Key.NUMBER_RAISED) if utterance.reading.is_raised else taken


def _amiss(session: Session, question: Question, utterance: Utterance) -> Step:
    """Say what is amiss with an answer that does not fit; a form of address (妈妈) is not yet a name."""
    said = utterance.plain
    if not is_in(session.state, Group.ASKS_NAME):
        return aside(session, question.wrong)
    if is_address(said) or len(said.joined) == 1:
        return aside(session, Key.NAME_IN_FULL)
    if is_place(said):
        return aside(session, Key.NAME_IS_PLACE)
    if is_own_name_asked(session) and is_phone_of_kin(said):
        return aside(replace(session, offered=(Label.AGENT,)), Key.PHONE_OF_RELATIVE)
    if is_own_name_asked(session) and (acts_for_another(said) or is_kin_alone(said)):
        return not_relative(session)
    return aside(session, Key.NAME_OF_RELATIVE if is_kin_alone(said) else question.wrong)
