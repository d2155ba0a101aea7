"""When a conversation counts as idle, and what is forgotten of it then."""

from datetime import datetime, timedelta

from dialogs.immutable_record import replace
from dialogs.session import NO_ERRAND, Session, State

KEPT_FOR = timedelta(days=7)
"""Time for which a half-finished conversation is kept."""


def is_idle(session: Session, now: datetime) -> bool:
    """Whether the person has said nothing for as long as a half-finished errand is kept."""
    return session.touched_at is None or now - session.touched_at > KEPT_FOR


def forgotten(session: Session) -> Session:
    """Keep the person, their relatives, language, city and reminders; drop the errand.

    The next message would find all of that out of date anyway: details waiting for the agreement, what was
    entered after it, and what the registry said about the person at hand.
    """
    kept = session.with_new_errand(NO_ERRAND)
    return replace(kept, state=State.HOME, paused=None, reports=(), failures=0, misses=0)
