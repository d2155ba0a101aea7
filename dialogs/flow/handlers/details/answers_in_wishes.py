"""Recognises an answer although its words sound like a wish: 丁来办; 李为民，4401…，我要认证."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from dialogs.flow.handlers.details.asked_person import asked_draft
from dialogs.flow.handlers.details.retyped_details import retypes_detail
from dialogs.flow.handlers.details.whose_details import asks_writer
from dialogs.flow.handlers.notes import asks_details
from dialogs.flow.interpret import Command, IntentMeant, Meaning
from dialogs.flow.machine import is_in
from dialogs.flow.states.conditions import is_report
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.reading.deaths import name_of_dead
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.intents.questions import ASKING_WHETHER, COPIED, OF_DETAILS
from dialogs.reading.names.answers import answered_name
from dialogs.reading.names.latin import is_english_talk
from dialogs.reading.reader import Reading, Utterance
from dialogs.rules.identity import check_name
from dialogs.session import Relation, Session
from dialogs.values import Purpose

_SOUNDING = frozenset({Intent.ENGLISH, Intent.CHINESE, Intent.CERTIFY})
_COPIED = frozenset({Intent.DUE, Intent.NOT_OURS})
"""Intents that words copied from a card resemble: 有效期限, 社保卡."""
_ANYBODY = frozenset({Relation.UNNAMED, Relation.OTHER})
_ASKING, _OF_DETAILS = re.compile(ASKING_WHETHER), re.compile(OF_DETAILS)
_COPIED_WORDS = re.compile(f"(?<![^ ,])(?:{COPIED})(?![^ ,])")
_WISHES: Mapping[Purpose, Intent] = MappingProxyType(
    {Purpose.CERTIFY: Intent.CERTIFY, Purpose.QUERY: Intent.QUERY}
)


def as_answer(session: Session, utterance: Utterance, meant: IntentMeant) -> Meaning:
    """Return an intent, or the answer that its words give to the question of the place."""
    meaning = _as_name(session, utterance, meant) if is_in(session.state, Group.ASKS_NAME) else meant
    is_wish = isinstance(meaning, IntentMeant)
    if is_wish and (retypes_detail(session, utterance) or _gives_detail(session, utterance)):
        return Command(Trigger.ANSWER, utterance=utterance)
    return meaning


def _gives_detail(session: Session, utterance: Utterance) -> bool:
    """Whether a requested detail comes with words that ask for nothing, or for the errand under way."""
    reading = utterance.reading
    is_named = is_in(session.state, Group.ASKS_NAME) and reading.name is not None
    is_asked = asks_details(session) or is_in(session.state, Group.READS_BACK)
    if not is_named and (reading.number is None or not is_asked):
        return False
    if not (_is_of_person(session, reading.relation) and _is_same_person(session, reading)):
        return False
    said = utterance.plain.spaced
    if reading.intent in _COPIED:
        return Utterance(_COPIED_WORDS.sub("", said)).reading.intent is None
    if reading.intent is Intent.COUNTED and _OF_DETAILS.search(said):
        return True
    if is_in(session.state, Group.ASKS_AGENT):
        return False  # the person certified is not the helper
    return _wants_errand(session, reading) or (reading.intent is Intent.COUNTED and not _ASKING.search(said))


def _wants_errand(session: Session, reading: Reading) -> bool:
    """Whether the wish is for the errand under way."""
    errand = session.errand
    return reading.scheme in {None, errand.scheme} and reading.intent is _WISHES.get(errand.purpose)


def _is_of_person(session: Session, relation: Relation | None) -> bool:
    """Whether words about `relation` may be about the person whose details are asked for."""
    if asks_writer(session):
        return relation in {None, Relation.SELF}
    meant = session.errand.relation
    return relation in {None, Relation.OTHER, meant} or (relation is not Relation.SELF and meant in _ANYBODY)


def _is_same_person(session: Session, reading: Reading) -> bool:
    """Whether the details may belong to the known person: the number of 李秀英 is not 陈建国's.

    At the read-back they may replace what was entered; 还有我老伴，4401… begins another errand.
    """
    known = asked_draft(session)
    is_named_so = reading.name in {None, known.name}
    if not is_in(session.state, Group.READS_BACK):
        return is_named_so or not known.name or is_in(session.state, Group.ASKS_NAME)
    meant = session.errand.relation
    is_meant = reading.relation == meant and meant not in _ANYBODY
    return is_meant or not reading.is_of_another or (is_named_so and reading.relation is Relation.OTHER)


def _as_name(session: Session, utterance: Utterance, meant: IntentMeant) -> Meaning:
    """Take an intent as the answer to the question for a name if it contains one.

    A person who is asked for the name of the dead and answers 李秀英，上个月去世了 reports no other death.
    """
    dead = name_of_dead(utterance.plain) if is_report(session) else None
    if dead:
        return Command(
            Trigger.ANSWER, utterance=Utterance(f"{dead} {utterance.reading.number or ''}".strip())
        )
    return Command(Trigger.ANSWER, utterance=utterance) if _is_name(utterance, meant) else meant


def _is_name(utterance: Utterance, meant: IntentMeant) -> bool:
    """Whether an answer to the question for a name only sounds like an intent: John English, 丁来办."""
    words = utterance.typed
    is_latin = words.isascii() and " " in words.strip() and check_name(words) is not None
    if is_latin and is_english_talk(words):
        return False
    sounds = words.istitle() or meant.reading.intent in _SOUNDING
    return answered_name(utterance.plain) is not None or (is_latin and sounds)
