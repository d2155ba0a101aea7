"""Answers in the middle of an errand: a slip, a lapse of memory, the wrong scheme, work done or put off."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from dialogs.effects import ReadRecords, Topic
from dialogs.flow.interpret import Command
from dialogs.flow.machine import FLOW, is_in
from dialogs.flow.outcome import Step, aside, ask, preceded
from dialogs.flow.states.conditions import is_agent, is_own_name_asked
from dialogs.flow.states.prompts import is_link_old
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.id_numbers import TELEPHONE
from dialogs.reading.lexicon.choosing import INSTEAD, NOT_INSTEAD
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import names_scheme_alone
from dialogs.rules.identity import mask_name
from dialogs.rules.idle_conversations import KEPT
from dialogs.session import Draft, Prefill, Relation, Session, State
from dialogs.values import IdType, Manner, Purpose, Recognised
from messages.language.keys import Key

_PLACES = 18
"""Places of a resident's number."""
_FEW = 7
"""Digits of something else, up to here: a house, a year, a choice."""
_PART = re.compile("[0-9]{6,}")
"""The region of a number, sent alone: the number comes in several messages."""
_SOME = range(4, 7)
"""Digits that are some of a passport's number, and no choice from a list."""
_SHORT_PASSPORT = range(5, 7)
"""Places that a passport's number may have, and hardly any has."""
_TELEPHONE = re.compile(f"[^0-9]{{0,6}}{TELEPHONE.pattern}")
_INSTEAD, _NOT_INSTEAD = re.compile(INSTEAD), re.compile(NOT_INSTEAD)
_CLAUSES = re.compile("[,，。；;]")
_RUNS = re.compile("[0-9A-Za-z]+")
_NUMBERS = frozenset({State.NUMBER, State.AGENT_NUMBER})


def edit_number(session: Session, _: Reading, now: datetime) -> Step | None:
    """Ask for the number alone again where one was entered or is asked for; elsewhere correct the details."""
    if session.state is State.AGENT_NUMBER:
        return preceded(ask(session), Key.NUMBER_AGAIN)
    subject = replace(session.errand.subject, number="")
    anew = session.with_errand(replace(session.errand, subject=subject))
    taken = move(anew, Command(Trigger.EDIT_NUMBER), now)
    return preceded(taken, Key.NUMBER_AGAIN) if taken else move(session, Command(Trigger.EDIT), now)


def edit_agent(session: Session, _: Reading, now: datetime) -> Step | None:
    """Correct the details of the agent, where they are self-declared and nothing is being checked."""
    return move(session, Command(Trigger.EDIT_AGENT), now)


def where_to_tap(session: Session, _: Reading, __: datetime) -> Step:
    """Say what the blue words are, and ask again."""
    return preceded(ask(session), Key.WHERE_TO_TAP)


def slip(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Take a slip that names nothing for one in the number where that is asked."""
    if session.state in _NUMBERS:
        return edit_number(session, reading, now)
    return move(session, Command(Trigger.EDIT), now)


def forgotten(session: Session, _: Reading, __: datetime) -> Step:
    """Say where what is asked for can be read, and ask again."""
    asked = ask(session)
    return asked if FLOW.question(session.state) is None else preceded(asked, _where_to_read(session))


def refused_number(session: Session, utterance: Utterance) -> Step | None:
    """Say what a refused answer to the question for a number is: words, or too few or too many places."""
    if session.state not in _NUMBERS:
        return None
    said, named = utterance.plain, _meant_instead(utterance)
    if named not in {None, _draft(session).id_type}:
        return _other_paper(session, named)
    digits = sum(character.isdecimal() for character in said.joined)
    if not digits:
        is_sentence = not said.joined.isascii() or " " in said.spaced.strip()
        return aside(session, _where_to_read(session)) if is_sentence else None
    if _TELEPHONE.fullmatch(said.joined):
        return aside(session, Key.NUMBER_IS_TELEPHONE)
    places = max(map(len, _RUNS.findall(said.joined)))
    is_few = digits <= _FEW and not _PART.fullmatch(said.joined)
    key = _length_key(_draft(session).id_type or IdType.RESIDENT_ID, places, digits, is_few=is_few)
    return aside(session, key, {"count": str(places)}) if key else None


def _length_key(kind: IdType, places: int, digits: int, *, is_few: bool) -> Key | None:
    """Return the sentence on a number of another length than its document's; None where it is no number."""
    if kind.recognised is Recognised.AS_WORD:
        if digits not in _SOME:
            return None
        return Key.NUMBER_SHORT_OF_PASSPORT if places in _SHORT_PASSPORT else Key.NUMBER_SHORT
    is_other = is_few or places == _PLACES or places > 2 * _PLACES
    return Key.NUMBER_LENGTH if kind.names_18_places and not is_other else None


def _meant_instead(utterance: Utterance) -> IdType | None:
    """Return the document that is to be used; 没带护照，用身份证 means the one of the clause without 没."""
    clauses = (Utterance(clause) for clause in _CLAUSES.split(utterance.typed))
    meant = (
        one.reading.id_type
        for one in clauses
        if _INSTEAD.search(one.plain.spaced) and not _NOT_INSTEAD.search(one.plain.spaced)
    )
    return next(filter(None, meant), None)


def _other_paper(session: Session, kind: IdType | None) -> Step:
    """Ask for the number of another document, which was named in place of a number."""
    draft = Draft(_draft(session).name, kind)
    if session.state is State.AGENT_NUMBER:
        return ask(replace(session, agent=draft))
    return ask(session.with_errand(replace(session.errand, subject=draft)))


def _draft(session: Session) -> Draft:
    return session.agent if session.state is State.AGENT_NUMBER else session.errand.subject


def _where_to_read(session: Session) -> Key:
    if is_in(session.state, Group.ASKS_NAME):
        return Key.FORGOT_NAME
    if session.state not in _NUMBERS:
        return Key.FORGOT
    is_card = _draft(session).id_type in {None, IdType.RESIDENT_ID}
    return Key.FORGOT_NUMBER_OF_ID if is_card else Key.FORGOT_NUMBER


def wrong_scheme(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Change the scheme and keep what was entered; ask which, where only the one chosen was denied.

    The other scheme is not assumed: a person who is no employee may be a teacher, who is not certified here.
    """
    errand = session.errand
    if errand.purpose is not Purpose.CERTIFY or errand.scheme is None:
        return None
    if reading.scheme is errand.scheme or reading.denied_scheme not in {None, errand.scheme}:
        return ask(session)
    anew = replace(errand, scheme=reading.scheme, early=_entered(session))
    trigger = Trigger.CHOOSE if reading.scheme else Trigger.HOME
    taken = move(session, Command(trigger, replace(anew, told=_is_manner_given(session))), now)
    if taken is None:
        return None
    kept = replace(taken.session, paused=session.paused)  # nobody continues with the scheme that was wrong
    return ask(kept) if reading.scheme else aside(kept, Key.CHOOSE_SCHEME_AGAIN)


def other_scheme(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Change the scheme of an errand under way, where a message names another and says nothing else."""
    named = utterance.reading.scheme
    is_other = session.errand.scheme is not None and named not in {None, session.errand.scheme}
    is_meant = is_other and names_scheme_alone(utterance.plain.joined)
    return wrong_scheme(session, utterance.reading, now) if is_meant else None


def _is_manner_given(session: Session) -> bool:
    return session.errand.told or not is_in(session.state, Group.BEFORE_PEOPLE)


def _entered(session: Session) -> Prefill:
    """Return what was entered about the person, to be used again under another scheme."""
    errand = session.errand
    if is_in(session.state, Group.BEFORE_PEOPLE) or errand.subject == Draft():
        return errand.early
    if errand.manner is Manner.SELF:
        return replace(errand.early, own=errand.subject)
    return replace(errand.early, given=errand.subject)


def finished(session: Session, _: Reading, __: datetime) -> Step:
    """Say whether the result of the face check is there, and what to do until it is."""
    if is_in(session.state, Group.AFTER_CHECK):
        return not_yet(session)
    subjects = tuple(known.subject for known in session.people)
    if is_in(session.state, Group.OVER) and subjects:
        return Step(session, (ReadRecords(Topic.COUNTED, subjects),))
    return ask(session)


def not_yet(session: Session) -> Step:
    """Say that this check has no result so far, and what leads to one from here."""
    if session.state is State.TRIES_USED_UP:
        return ask(session)
    return aside(session, _not_yet(session), {"name": mask_name(session.errand.subject.name)})


def _not_yet(session: Session) -> Key:
    if session.state is State.CAPTURE and is_link_old(session):
        return Key.NOT_YET_LINK_OLD
    is_family = session.state is State.CAPTURE and session.handing_over
    return Key.NOT_YET_FROM_FAMILY if is_family else _NOT_YET.get(session.state, Key.NOT_YET)


_NOT_YET: Mapping[State, Key] = MappingProxyType(
    {State.CAPTURE: Key.NOT_YET_AT_LINK, State.FAILED: Key.NOT_YET_AFTER_FAILURE}
)


def is_of_errand(session: Session, reading: Reading) -> bool:
    """Whether a wish to certify (我要认证) means the errand under way, and nobody and nothing else."""
    errand = session.errand
    is_under_way = is_in(session.state, Group.RESUMABLE) or is_in(session.state, Group.AFTER_CHECK)
    is_same = reading.scheme in {None, errand.scheme} and not (reading.name or reading.number)
    is_own = errand.manner is Manner.SELF and session.state is not State.MANNER
    is_person = reading.relation is None or (is_own and reading.relation is Relation.SELF)
    return is_under_way and is_same and is_person and errand.purpose is Purpose.CERTIFY


def gone_on(session: Session, now: datetime) -> Step:
    """Take the step that is next without a further word, where there is one; else ask again."""
    trigger = _ONWARD.get(session.state)
    return (move(session, Command(trigger), now) if trigger else None) or ask(session)


_ONWARD: Mapping[State, Trigger] = MappingProxyType(
    {
        State.GUIDE: Trigger.START,
        State.NOTICE: Trigger.CONFIRM,
        State.CAPTURE: Trigger.CONTINUE,
        State.FAILED: Trigger.CONTINUE,
    }
)


def of_relative(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Take details that were entered under 本人办理 as a relative's; who helps anyway confirms them by it."""
    if is_own_name_asked(session):
        return aside(session, Key.NAME_NOT_RELATIVE)
    errand = session.errand
    if session.state is not State.READ_BACK or errand.purpose is not Purpose.CERTIFY:
        return None
    if errand.manner is Manner.AGENT:
        return move(session, Command(Trigger.NEXT), now)
    early = Prefill(given=errand.subject, relation=reading.relation or Relation.OTHER)
    anew = replace(errand, manner=Manner.AGENT, relation=early.relation, told=True, early=early)
    return move(session, Command(Trigger.CHOOSE, anew), now)


def may_forward(session: Session) -> bool:
    """Whether there is a link, or the next step makes one, that a relative may open elsewhere."""
    return session.state in {State.NOTICE, State.CAPTURE} and is_agent(session)


def forwarded(session: Session, _: Reading, now: datetime) -> Step | None:
    """Answer with how to forward the link to a relative, or make the link that can be forwarded."""
    if session.state is State.CAPTURE and session.handing_over:
        return aside(session, Key.HOW_TO_FORWARD)
    return move(session, Command(Trigger.HAND_OVER), now)


def put_off(session: Session, _: Reading, __: datetime) -> Step:
    """Let the person go on another day: say what is kept, and for how long."""
    is_kept = is_in(session.state, Group.RESUMABLE) or is_in(session.state, Group.AFTER_CHECK)
    return aside(session, Key.LATER_KEPT if is_kept else Key.LATER, {"days": str(KEPT.days)})
