"""Handles details given without being asked: kept for later, or put in place of those read back."""

import re
from datetime import datetime

from dialogs.flow.handlers.intents import handle
from dialogs.flow.handlers.on_the_way import wrong_scheme
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside
from dialogs.flow.prefill import newer, with_details
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.intents import Intent
from dialogs.reading.lexicon.synonyms import DENIALS
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import is_kin_alone
from dialogs.rules.places.cities import city_name
from dialogs.session import Errand, Session
from messages.language.keys import Key

_DENIALS = re.compile(DENIALS)


def corrected(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Replace the details that were read back by new ones; ask again if they are only denied."""
    given = details(utterance.reading)
    if not is_in(session.state, Group.READS_BACK):
        return None
    if not (given.name or given.number):
        return _denied(session, utterance, now) if _is_denied(utterance) else None
    subject = newer(given, session.errand.subject)
    anew = session.with_errand(replace(session.errand, subject=subject))
    return move(anew, Command(Trigger.ANSWER), now)


def _is_denied(utterance: Utterance) -> bool:
    return bool(_DENIALS.search(utterance.plain.spaced.strip(" ,")))


def _denied(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Ask for the details again, or change the scheme where it is what was wrong: 不是企业，是农村."""
    if utterance.reading.scheme not in {None, session.errand.scheme}:
        return wrong_scheme(session, utterance.reading, now)
    return move(session, Command(Trigger.EDIT), now)


def volunteered(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Take details, a scheme, a relative or a city from a first message; None where there is none."""
    if not is_in(session.state, Group.BEFORE_PEOPLE):
        return None
    reading = utterance.reading
    errand = replace(session.errand, early=with_details(session, reading))
    kept = replace(session, errand=errand, city=reading.city or session.city)
    if reading.scheme not in {None, session.errand.scheme}:
        return move(kept, Command(Trigger.CHOOSE, Errand(reading.scheme)), now)
    if is_kin_alone(utterance.plain):
        return handle(kept, replace(reading, intent=Intent.CERTIFY), now)
    return _noted(kept, reading)


def _noted(session: Session, reading: Reading) -> Step | None:
    if reading.name or reading.number:
        key = Key.DETAILS_KEPT if is_in(session.state, Group.AGREED) else Key.DETAILS_LATER
        return aside(session, key, {"what": kept_of(details(reading))})
    if reading.city:
        return aside(session, Key.CITY_SET, {"city": city_name(reading.city)})
    return aside(session, Key.PAPERS) if reading.id_type else None
