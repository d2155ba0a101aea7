"""Messages about the results of captures and about records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.effects import Topic
from dialogs.events import CaptureFinished, HeldRead, RecordsRead
from dialogs.flow.outcome import Step, aside, choices, office, prompt, say
from dialogs.flow.states.prompts import Values
from dialogs.immutable_record import replace
from dialogs.local_time import SHANGHAI
from dialogs.rules.due import days_left
from dialogs.rules.identity import mask_name
from dialogs.rules.masks import NAMES, distinct_masks
from dialogs.rules.pass_notices import PassSource
from dialogs.session import CertifiedPerson, Session, State
from dialogs.values import (
    CaptureOutcome,
    Certification,
    Cycle,
    Identity,
    Manner,
    PassChannel,
    Purpose,
    Subject,
)
from messages.catalogue.formats import day, minute
from messages.catalogue.phrases import (
    PASS_SOURCES,
    SCHEME_NAMES,
    THIS_YEAR,
    OfficeIn,
    channel_name,
)
from messages.language.keys import Key
from messages.language.labels import Label
from messages.outbound import Say, Value
from messages.template_messages.result import FAILED, NO_RECORD, NOTHING_TO_DO, PASSED, RECORD, ResultFacts

_MOST_LINES = 8
"""People of one message; the others are counted."""


def result(session: Session, event: CaptureFinished, today: date) -> Say:
    """Return the result's message; its choices are those of the place where the person is now.

    A result may arrive while the person is in another state: it is sent anyway, and the numbers under it mean
    what they mean in that state.
    """
    if event.outcome is CaptureOutcome.PASSED:
        return _passed(session, event, today)
    if event.outcome is CaptureOutcome.FAILED:
        return say(session, Key.FAILED_LAST) if event.failed_too_often else _failed(session)
    return prompt(session)


def _passed(session: Session, event: CaptureFinished, today: date) -> Say:
    certification, request = event.certification, event.request
    if certification is None:
        return say(session, Key.NO_RECORD, {"scheme": SCHEME_NAMES[request.scheme]})
    if request.purpose is Purpose.QUERY:
        subject = Subject(request.scheme, request.subject, certification.city)
        due_on = None if event.is_over else certification.due_on
        return _record(session, Cycle(subject, certification, due_on, event.is_over), today)
    if certification.channel == PassChannel.REHEARSAL:
        return say(session, Key.PASSED_IN_REHEARSAL, _facts(certification))
    if event.suspended:
        return say(session, Key.PASSED_SUSPENDED, _facts(certification))
    if request.manner is Manner.AGENT:
        return say(session, Key.PASSED_FOR_OTHER, {**_facts(certification), "family": _family(session)})
    return say(session, Key.PASSED, _facts(certification))


def _facts(certification: Certification) -> Values:
    return {
        "name": mask_name(certification.identity.name),
        "scheme": SCHEME_NAMES[certification.scheme],
        "time": certification.certified_at.astimezone(SHANGHAI),
        "day": certification.passed_on,
        "receipt": certification.receipt,
        "due": certification.due_on,
        "channel": channel_name(certification.channel),
    }


def _family(session: Session) -> Value:
    """Return when each relative of an agent is due; empty for a single one: the message already says it."""
    others = session.others()
    names = distinct_masks((known.subject.identity for known in others), NAMES)
    listed = sorted(others, key=lambda known: known.due_on)[:_MOST_LINES] if _is_long(others) else others
    lines = tuple(Say(Key.FAMILY_LINE, _known(known, names)) for known in listed)
    more = _more(len(others) - len(listed))
    return (Say(Key.FAMILY, {"lines": (*lines, *more)}),) if len(lines) > 1 else ""


def _is_long(people: Sequence[object]) -> bool:
    return len(people) > _MOST_LINES


def _more(count: int) -> tuple[Say, ...]:
    return (Say(Key.MORE_PEOPLE, {"count": str(count)}),) if count else ()


def _known(known: CertifiedPerson, names: Mapping[Identity, str]) -> Values:
    subject = known.subject
    return {
        "name": names[subject.identity],
        "scheme": SCHEME_NAMES[subject.scheme],
        "due": known.due_on,
    }


def _failed(session: Session) -> Say:
    if session.state is State.FAILED:
        return prompt(session)
    return say(session, Key.FAILED_MISMATCH)


def facts(event: CaptureFinished, now: datetime) -> ResultFacts:
    """Return the result in short, for a channel without sentences; `now` dates a result without a record."""
    made, name = event.certification, mask_name(event.request.subject.name)
    if event.outcome is not CaptureOutcome.PASSED:
        return ResultFacts(name, FAILED, minute(now.astimezone(SHANGHAI)))
    if made is None:
        return ResultFacts(name, NO_RECORD, minute(now.astimezone(SHANGHAI)))
    outcome = PASSED if event.request.purpose is Purpose.CERTIFY else RECORD
    return ResultFacts(
        name, outcome, minute(made.certified_at.astimezone(SHANGHAI)), made.receipt, day(made.due_on)
    )


# ---- records that were asked for


def answer_from_records(session: Session, event: RecordsRead, today: date) -> Say:
    """Answer with the records: the newest pass, when the next is due, whether the last one counts."""
    if event.topic is Topic.RECORD:
        return _record(session, event.cycles[0], today)
    if event.topic is Topic.COUNTED:
        return _counted(session, event.cycles)
    names = distinct_masks((cycle.subject.identity for cycle in event.cycles), NAMES)
    listed = sorted(event.cycles, key=_due)[:_MOST_LINES] if _is_long(event.cycles) else event.cycles
    lines = tuple(_due_line(session, cycle, today, names) for cycle in listed)
    return say(session, Key.DUES, {"lines": (*lines, *_more(len(event.cycles) - len(listed)))})


def with_over(session: Session, key: Key | None, over: Sequence[Subject]) -> Say:
    """Return a sentence, and for each of these benefits, which are over, a line that says whom to ask."""
    if key and not over:
        return say(session, key)
    lines = tuple(map(_over_line, over[:_MOST_LINES]))
    first = (Say(key, {}),) if key else ()
    return say(session, Key.LINES, {"lines": (*first, *lines, *_more(len(over) - len(lines)))})


def _over_line(subject: Subject) -> Say:
    """Return what an account that a face has tied to a person is told about a benefit that has ended."""
    name, scheme = mask_name(subject.identity.name), SCHEME_NAMES[subject.scheme]
    return Say(Key.BENEFIT_OVER, {"name": name, "scheme": scheme, "office": OfficeIn(subject.city)})


def _due(cycle: Cycle) -> date:
    return cycle.due_on or date.max


def _record(session: Session, cycle: Cycle, today: date) -> Say:
    """Return the newest pass and when the next is due; a pass made elsewhere has no receipt here."""
    if cycle.newest is None:
        return say(session, Key.NO_RECORD, {"scheme": SCHEME_NAMES[cycle.subject.scheme]})
    values: Values = {**_facts(cycle.newest), "next": (_due_line(session, cycle, today, {}),)}
    return say(session, Key.OWN_RECORD if cycle.newest.receipt else Key.RECORD_ELSEWHERE, values)


def _counted(session: Session, cycles: tuple[Cycle, ...]) -> Say:
    over = tuple(cycle.subject for cycle in cycles if cycle.is_over)
    passes = [cycle.newest for cycle in cycles if cycle.newest and not cycle.is_over]
    if not passes:
        return with_over(session, None, over) if over else say(session, Key.NOBODY_YET)
    newest = sorted(passes, key=lambda certification: certification.certified_at, reverse=True)
    names = distinct_masks((one.identity for one in newest), NAMES)
    lines = tuple(_counted_line(one, names) for one in newest[:_MOST_LINES])
    more = _more(len(newest) - len(lines))
    return say(session, Key.DUES, {"lines": (*lines, *more, *map(_over_line, over))})


def _counted_line(certification: Certification, names: Mapping[Identity, str]) -> Say:
    key = Key.COUNTED if certification.receipt else Key.COUNTED_ELSEWHERE
    return Say(key, {**_facts(certification), "name": names[certification.identity]})


def _due_line(session: Session, cycle: Cycle, today: date, names: Mapping[Identity, str]) -> Say:
    """Return when one benefit is due; `names` are the masks of a list of people."""
    subject, due = cycle.subject, cycle.due_on
    name = names.get(subject.identity) or mask_name(subject.identity.name)
    values: Values = {"name": name, "scheme": SCHEME_NAMES[subject.scheme]}
    if cycle.is_over:
        return _over_line(subject)
    if due is None:
        return Say(Key.DUE_UNKNOWN, values)
    own, left = session.is_own(subject.identity), days_left(due, today)
    keys = (Key.DUE_OWN, Key.DUE_OTHER) if left >= 0 else (Key.OVERDUE_OWN, Key.OVERDUE_OTHER)
    return Say(keys[0] if own else keys[1], {**values, "due": due, "days": str(abs(left))})


# ---- what is held


def on_held_read(session: Session, event: HeldRead) -> Step:
    """Answer with the kinds of data and how long each is kept, and offer to delete what may be deleted."""
    days = {
        Key.HELD_FACE: 0,
        Key.HELD_PASSES: 0,
        Key.HELD_REMINDERS: event.ended_days,
        Key.HELD_BINDING: 0,
        Key.HELD_TIES: event.ties_days,
        Key.HELD_TALK: event.messages_days,
        Key.HELD_CLERK_CHATS: event.talks_days,
        Key.HELD_LINKS: event.links_days,
        Key.HELD_CONSENTS: 0,
    }
    absent = {
        Key.HELD_FACE: not event.has_face,
        Key.HELD_PASSES: not event.has_passes,
        Key.HELD_REMINDERS: not event.was_subscribed,
        Key.HELD_BINDING: not event.is_bound,
        Key.HELD_CLERK_CHATS: not event.has_talks,
    }
    lines = tuple(Say(key, {"days": str(of)}) for key, of in days.items() if not absent.get(key))
    offered = () if Label.ERASE in choices(session) else (Label.ERASE,)
    key = Key.HELD if session.person else Key.HELD_UNKNOWN
    return aside(replace(session, offered=offered), key, {"lines": lines, "office": office(session)})


# ---- passes that somebody else has made


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
