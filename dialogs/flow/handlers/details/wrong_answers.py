"""Says what is wrong with an answer to a question of the dialog."""

from dialogs.flow.handlers.details.whose_details import not_relatives
from dialogs.flow.handlers.notes import asks_details
from dialogs.flow.machine import is_in
from dialogs.flow.states.conditions import is_own_name_asked
from dialogs.flow.states.row import Group, Question
from dialogs.reading.names.answers import is_address
from dialogs.reading.names.shapes import names_two
from dialogs.reading.places import is_place
from dialogs.reading.reader import Utterance
from dialogs.reading.relations import acts_for_another, is_kin_alone
from dialogs.session import Session
from messages.language.keys import Key


def wrong_answer(session: Session, question: Question, utterance: Utterance) -> Key:
    """Return the sentence for an answer that does not fit; a form of address (妈妈) is not yet a name."""
    said = utterance.plain
    if not is_in(session.state, Group.ASKS_NAME):
        is_doubtful = asks_details(session) and utterance.is_number_doubtful
        return Key.TWO_NUMBERS if is_doubtful else question.wrong
    if is_address(said) or len(said.joined) == 1:
        return Key.NAME_IN_FULL
    if names_two(said.joined):
        return Key.ONE_NAME
    if is_place(said):
        return Key.NAME_IS_PLACE
    is_own, is_kin = is_own_name_asked(session), is_kin_alone(said)
    if is_own and (is_kin or acts_for_another(said)):
        return not_relatives(session, Key.NAME_NOT_RELATIVE)
    return _name_of_kin(session) if is_kin or acts_for_another(said) else question.wrong


def _name_of_kin(session: Session) -> Key:
    return Key.AGENT_NOT_RELATIVE if is_in(session.state, Group.ASKS_AGENT) else Key.NAME_OF_RELATIVE
