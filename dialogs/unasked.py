"""What people tell before anybody asked: kept for later, and nothing done with it before the agreement."""

from dataclasses import replace
from datetime import datetime

from dialogs.arrival import Step, aside
from dialogs.early import BEFORE, details, with_told
from dialogs.moves import move
from dialogs.reading import Reading
from dialogs.session import Draft, Errand, Session, State
from dialogs.table import Trigger
from dialogs.understanding import Intent
from messages.catalogue import DETAIL_NAMES, Key
from messages.words import Word


def volunteered(session: Session, reading: Reading, now: datetime) -> Step | None:
    """Take details, or the scheme, that somebody begins with; None where the words hold neither."""
    if session.state not in BEFORE:
        return None
    errand = replace(session.errand, early=with_told(session, reading))
    kept = replace(session, errand=errand, misses=0)
    if reading.scheme not in {None, session.errand.scheme}:
        return move(kept, Intent(Trigger.CHOOSE, Errand(reading.scheme)), now)
    if not (reading.name or reading.number):
        return None
    key = Key.DETAILS_KEPT if session.state in _AGREED else Key.DETAILS_LATER
    return aside(kept, key, {"what": _what(details(reading))})


_AGREED = frozenset({State.GUIDE, State.MANNER})


def _what(told: Draft) -> Word:
    """Name what was understood, so that a number that was not is missed at once."""
    return DETAIL_NAMES[bool(told.name), bool(told.number)]
