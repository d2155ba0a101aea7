"""Keeps details, a scheme, a relative or a city that a message gives before they are asked for."""

from datetime import datetime

from dialogs.flow.handlers.intents import handle
from dialogs.flow.interpret import Command
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, ask
from dialogs.flow.prefill import with_details
from dialogs.flow.states.prompts import kept_of
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.flow.states.triggers import Trigger
from dialogs.flow.transitions import move
from dialogs.immutable_record import replace
from dialogs.reading.intents import Intent
from dialogs.reading.reader import Reading, Utterance
from dialogs.reading.relations import acts_for_another, is_kin_alone, is_self_alone, names_scheme_alone
from dialogs.rules.places.cities import city_name
from dialogs.session import Errand, Relation, Session
from messages.language.keys import Key


def take_early_details(session: Session, utterance: Utterance, now: datetime) -> Step | None:
    """Take details, a scheme, a relative or a city from a first message; None if there is none."""
    if not is_in(session.state, Group.BEFORE_PEOPLE):
        return None
    reading = utterance.reading
    errand = replace(session.errand, early=with_details(session, reading))
    kept = replace(session, errand=errand, city=reading.city or session.city)
    if reading.scheme not in {None, session.errand.scheme}:
        return move(kept, Command(Trigger.CHOOSE, Errand(reading.scheme)), now)
    if is_self_alone(utterance.plain):
        return handle(kept, replace(reading, intent=Intent.CERTIFY, relation=Relation.SELF), now)
    if is_kin_alone(utterance.plain) or acts_for_another(utterance.plain):
        of_other = reading.relation if reading.is_of_another else Relation.OTHER
        return handle(kept, replace(reading, intent=Intent.CERTIFY, relation=of_other), now)
    is_repeated = names_scheme_alone(utterance.plain.joined) or utterance.is_number_doubtful
    return _confirm_kept(kept, reading) or (ask(kept) if is_repeated else None)


def _confirm_kept(session: Session, reading: Reading) -> Step | None:
    if reading.name or reading.number:
        key = Key.DETAILS_KEPT if is_in(session.state, Group.AGREED) else Key.DETAILS_LATER
        return aside(session, key, {"what": kept_of(details(reading))})
    if reading.city:
        return aside(session, Key.CITY_SET, {"city": city_name(reading.city)})
    return aside(session, Key.DOCUMENTS_NEEDED) if reading.id_type else None
