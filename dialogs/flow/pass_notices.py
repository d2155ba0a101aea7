"""Tells an account of a pass that somebody else has made for its person."""

from dataclasses import dataclass
from datetime import date

from dialogs.rules.identity import mask_name
from dialogs.rules.pass_notices import PassSource
from dialogs.session import Session
from dialogs.values import Subject
from messages.formats import day
from messages.keys import Key
from messages.outbound import Say
from messages.phrases import PASS_SOURCES, SCHEME_NAMES, THIS_YEAR
from messages.template_messages.result import NOTHING_TO_DO, ResultFacts


@dataclass(frozen=True, slots=True)
class ForeignPass:
    """A pass of a benefit that was not made by a face here: its day, its source and the next due date."""

    subject: Subject
    passed_on: date
    source: PassSource
    due_on: date


def pass_notice(session: Session, made: ForeignPass, today: date) -> Say | None:
    """Return what the account is told; None for one that may not act for the person (any more)."""
    person = made.subject.identity
    if not session.has_certified(person):
        return None
    key = Key.NOTHING_TO_DO if session.is_own(person) else Key.NOTHING_TO_DO_OF_OTHER
    return Say(
        key,
        {
            "name": mask_name(person.name),
            "year": THIS_YEAR if made.passed_on.year == today.year else "",
            "source": PASS_SOURCES[made.source],
            "scheme": SCHEME_NAMES[made.subject.scheme],
            "day": made.passed_on,
            "due": made.due_on,
        },
    )


def pass_facts(made: ForeignPass) -> ResultFacts:
    """Return the same in short, for a template message."""
    name = mask_name(made.subject.identity.name)
    return ResultFacts(name, NOTHING_TO_DO, day(made.passed_on), due=day(made.due_on))
