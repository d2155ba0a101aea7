"""What people tell before anybody asked: kept for later, and nothing done with it before the agreement."""

import re
from dataclasses import replace
from datetime import datetime

from dialogs.flow.intent_handlers import grant
from dialogs.flow.interpret import Command
from dialogs.flow.outcome import Step, aside
from dialogs.flow.prefill import BEFORE, details, newer, with_told
from dialogs.flow.prompts import kept_of
from dialogs.flow.table import Trigger
from dialogs.flow.transitions import move
from dialogs.reading.cities import city_name
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.synonyms import DENIALS
from dialogs.reading.normalize import plain
from dialogs.reading.reader import Reading, read
from dialogs.reading.relations import is_kin_alone
from dialogs.session import Errand, Session, State
from messages.keys import Key

_READ_BACK = frozenset({State.READ_BACK, State.MISMATCH, State.NO_RECORD})
_DENIALS = re.compile(DENIALS)
_AGREED = frozenset({State.GUIDE, State.MANNER})


def corrected(session: Session, words: str, now: datetime) -> Step | None:
    """Put details told anew in the place of those read back; ask anew where these are only denied."""
    told = details(read(words))
    if session.state not in _READ_BACK:
        return None
    if not (told.name or told.number):
        denied = _DENIALS.search(plain(words).spaced.strip(" ,"))
        return move(session, Command(Trigger.EDIT), now) if denied else None
    subject = newer(told, session.errand.subject)
    anew = session.told(replace(session.errand, subject=subject))
    return move(anew, Command(Trigger.ANSWER), now)


def volunteered(session: Session, words: str, now: datetime) -> Step | None:
    """Take what somebody begins with, details, a scheme, a relative or a city; None where there is none."""
    if session.state not in BEFORE:
        return None
    told = read(words)
    errand = replace(session.errand, early=with_told(session, told))
    kept = replace(session, errand=errand, city=told.city or session.city, misses=0)
    if told.scheme not in {None, session.errand.scheme}:
        return move(kept, Command(Trigger.CHOOSE, Errand(told.scheme)), now)
    if is_kin_alone(plain(words)):
        return grant(kept, replace(told, wish=Intent.CERTIFY), now)
    return _noted(kept, told)


def _noted(session: Session, told: Reading) -> Step | None:
    if told.name or told.number:
        key = Key.DETAILS_KEPT if session.state in _AGREED else Key.DETAILS_LATER
        return aside(session, key, {"what": kept_of(details(told))})
    if told.city:
        return aside(session, Key.CITY_SET, {"city": city_name(told.city)})
    return aside(session, Key.PAPERS) if told.id_type else None
