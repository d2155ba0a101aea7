"""Answers the complaint that somebody else was certified in a person's name."""

from datetime import datetime

from dialogs.flow.handlers.notes import offering
from dialogs.flow.outcome import Step, aside, office, with_note
from dialogs.reading.reader import Reading
from dialogs.session import Session
from messages.language.keys import Key
from messages.language.labels import Label


def answer_misuse(session: Session, reading: Reading, _: datetime) -> Step:
    """Say who looks into it, and take nothing; a known person may also end what others see of them."""
    if session.person is None or reading.is_of_another:
        return aside(offering(session, Label.HUMAN), Key.MISUSED)
    how_to_end = aside(offering(session, Label.HUMAN, Label.END_AGENCY), Key.HOW_TO_END_AGENCY)
    return with_note(how_to_end, Key.MISUSED, {"office": office(session)})
