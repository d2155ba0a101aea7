"""Corrects details that were entered: a number, the agent's, those that were read back."""

import re
from datetime import datetime

from dialogs.flow.handlers.details.asked_person import NUMBER_STATES, asked_draft, with_asked_draft
from dialogs.flow.handlers.details.retyped_details import (
    NAMED_STATES,
    find_retyped_name,
    without_mistaken_name,
)
from dialogs.flow.handlers.details.whose_details import asks_writer, not_relatives
from dialogs.flow.handlers.errands import change_manner
from dialogs.flow.handlers.scheme_change import change_scheme
from dialogs.flow.interpret import Command
from dialogs.flow.machine import FLOW, is_in
from dialogs.flow.outcome import Step, aside, ask, with_note
from dialogs.flow.prefill import newer
from dialogs.flow.states.conditions import is_about_writer
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.lexicon.surnames import NAME_TAILS
from dialogs.reading.lexicon.synonyms import (
    CALLED_OR_SHOWN,
    CORRECTED,
    DENIALS,
    NOT_WRITERS,
    NUMBER_AFTER_NAME,
    RELATIVE_CORRECTED,
)
from dialogs.reading.names.finding import FoundName, corrected_name, given_name, own_name
from dialogs.reading.names.shapes import has_family_name, is_everyday_word, is_sentence
from dialogs.reading.patterns import compiled
from dialogs.reading.places import is_doubtful_place
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import acts_for_another
from dialogs.rules.identity import is_same_name, mask_name
from dialogs.session import Draft, Relation, Session, State
from messages.language.keys import Key

_DENIALS, _CORRECTED = re.compile(DENIALS), re.compile(CORRECTED)
_RELATIVE_CORRECTED, _CALLED_OR_SHOWN = compiled(RELATIVE_CORRECTED), re.compile(CALLED_OR_SHOWN)
_NOTHING = re.compile(f"[ ,{NAME_TAILS}]*")
_NUMBER_ALONE = re.compile(f"[ ,{NAME_TAILS}]*+{NUMBER_AFTER_NAME}")
_NOT_WRITERS = re.compile(NOT_WRITERS)
_NO_NAMES = frozenset({"这", "这个", "那", "那个", "名字", "姓名"})


def edit_number(session: Session, _: Reading, now: datetime) -> Step | None:
    """Ask only for the number again if one was entered or is asked for; otherwise correct the details."""
    if session.state is State.AGENT_NUMBER:
        return with_note(ask(session), Key.NUMBER_AGAIN)
    subject = replace(session.errand.subject, number="")
    anew = session.with_errand(replace(session.errand, subject=subject))
    taken = move(anew, Command(Trigger.EDIT_NUMBER), now)
    return with_note(taken, Key.NUMBER_AGAIN) if taken else move(session, Command(Trigger.EDIT), now)


def edit_agent(session: Session, _: Reading, now: datetime) -> Step | None:
    """Correct the details of the agent, if they are self-declared and no check is under way."""
    return move(session, Command(Trigger.EDIT_AGENT), now)


def correct_slip(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Ask for the number again if the slip is reported at its question; else ask for all details again."""
    if session.state in NUMBER_STATES:
        return edit_number(session, reading, now)
    return move(session, Command(Trigger.EDIT), now)


def correct_read_back(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Replace the details that were read back; ask again if they are only denied, or if two people's came."""
    if not is_in(session.state, Group.READS_BACK):
        return None
    if (meant := without_mistaken_name(session, utterance)) is not utterance:
        return _name_anew(session, meant, now)
    given = _without_place(details(utterance.reading), utterance)
    if retyped := find_retyped_name(session, utterance):
        return _read_back(session, replace(given, name=retyped.name), now)
    if refused := _refuse_replacing(session, utterance, given):
        return refused
    if given.name or given.number:
        return _read_back(session, given, now)
    return _answer_denial(session, utterance, now)


def _without_place(given: Draft, utterance: Utterance) -> Draft:
    """Leave out what beside a number only sounds like a name (4401…，黄山; 许多 4401…), but not 姓名黄山."""
    is_place = is_doubtful_place(given.name) or is_everyday_word(given.name)
    is_named = given_name(utterance.plain) or own_name(utterance.plain)
    return replace(given, name="") if given.number and is_place and not is_named else given


def _refuse_replacing(session: Session, utterance: Utterance, given: Draft) -> Step | None:
    """Say why nothing of what was read back is replaced; None if there is no reason."""
    reading, is_given = utterance.reading, bool(given.name or given.number)
    if utterance.is_number_doubtful:
        return ask(session)
    if utterance.has_two_numbers and reading.agent_name:
        return aside(session, Key.TWO_NUMBERS)
    if utterance.gives_old_number and not given.name:
        return aside(session, Key.OLD_NUMBER_NOT_TAKEN)
    if is_given and reading.is_of_another and _asks_unknown_writer(session):
        return aside(session, not_relatives(session, Key.DETAILS_NOT_RELATIVE))
    if is_given and reading.introduced and _is_about_another(session, given.name):
        name = mask_name(session.errand.subject.name)
        return with_note(ask(session), Key.DETAILS_NOT_OWN, {"name": name})
    return None


def _name_anew(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Take the name of somebody whose number is not known yet."""
    asked, question = move(session, Command(Trigger.EDIT), now), FLOW.question(State.NAME)
    named = question.accept(asked.session, utterance) if asked and question else None
    return move(named, Command(Trigger.ANSWER, utterance=utterance), now) if named else asked


def _read_back(session: Session, given: Draft, now: datetime) -> Step | None:
    subject = newer(given, session.errand.subject)
    anew = session.with_errand(replace(session.errand, subject=subject))
    return move(anew, Command(Trigger.ANSWER), now)


def _answer_denial(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Edit denied details, begin for a relative (不是我本人办), or ask again (办的人不是我)."""
    if is_about_writer(session) and _NOT_WRITERS.fullmatch(utterance.plain.joined):
        return change_manner(session, Trigger.AGENT, now)
    if _DENIALS.search(utterance.plain.spaced.strip(" ,")):
        return _edit_denied(session, utterance, now)
    return ask(session) if acts_for_another(utterance.plain) else None


def _edit_denied(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Ask for the details again, or change the scheme if that was what was wrong: 不是企业，是农村."""
    if utterance.reading.scheme not in {None, session.errand.scheme}:
        return change_scheme(session, utterance.reading, now)
    return move(session, Command(Trigger.EDIT), now)


def rename(session: Session, utterance: Utterance) -> Session:
    """Return the session with the corrected name of the person asked about: 陈大文不是我，我叫陈建国.

    我叫 names the writer, never a person whom they help. If nothing is corrected, the session stays as it is.
    """
    found = _corrected_name(session, utterance)
    if found is None:
        return session
    return with_asked_draft(session, replace(asked_draft(session), name=found.name))


def correct_name(session: Session, utterance: Utterance) -> Step | None:
    """Take a corrected name that comes alone, and ask again; None if there is none, or if more is said."""
    found = _corrected_name(session, utterance)
    if found is None or not _NOTHING.fullmatch(utterance.plain.spaced, found.end):
        return None
    return with_note(ask(rename(session, utterance)), Key.ALSO_KEPT, {"what": kept_of(Draft(found.name))})


def _corrected_name(session: Session, utterance: Utterance) -> FoundName | None:
    if session.state not in NAMED_STATES:
        return None
    if retyped := find_retyped_name(session, utterance):
        return retyped
    if not asks_writer(session) and (relatives := _relatives_name(session, utterance)):
        return relatives
    if utterance.reading.is_of_another:
        return None
    said = utterance.plain
    found = given_name(said) or own_name(said)
    if found is None or is_sentence(found.name) or not _is_correction(said.spaced[: found.start]):
        return None
    is_writers = utterance.reading.introduced or utterance.reading.relation is Relation.SELF
    return None if is_writers and not asks_writer(session) else found


def _relatives_name(session: Session, utterance: Utterance) -> FoundName | None:
    """Return the name in a message that does nothing but correct the relative's: 她叫…, 不是陈大文，是….

    Its number may follow. None if it names a relative other than the errand's, or 别人, or denies a name that
    was not entered.
    """
    said, errand = utterance.plain.spaced, session.errand
    found = corrected_name(utterance.plain)
    lead = _RELATIVE_CORRECTED.fullmatch(said[: found.start]) if found else None
    if found is None or lead is None or not _NUMBER_ALONE.fullmatch(said, found.end):
        return None
    relative, denied = lead.groups()
    named = utterance.reading.relation
    is_meant = named is not Relation.OTHER and errand.relation in {Relation.UNNAMED, Relation.OTHER, named}
    is_entered = not denied or is_same_name(denied, errand.subject.name)
    is_name = not (is_sentence(found.name) or _CALLED_OR_SHOWN.search(said[found.start : found.end]))
    return found if is_name and is_entered and (is_meant or not relative) else None


def _is_correction(before: str) -> bool:
    """Whether only an introduction, and the denial of another name, stand before a name."""
    lead = _CORRECTED.fullmatch(before)
    if lead is None:
        return False
    denied = [name for name in (lead["denied"], lead["other"]) if name and name not in _NO_NAMES]
    return all(map(has_family_name, denied))


def _asks_unknown_writer(session: Session) -> bool:
    """Whether it is about a writer not yet known by a face: a relative's details would become theirs."""
    return is_about_writer(session) and session.person is None


def _is_about_another(session: Session, writer: str) -> bool:
    """Whether it is about somebody other than the writer of this name: 我叫 would rename a relative."""
    return not is_about_writer(session) and not is_same_name(writer, session.errand.subject.name)
