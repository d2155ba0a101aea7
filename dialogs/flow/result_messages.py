"""Messages about the results of captures and about records."""

from datetime import date, datetime

from dialogs.effects import Topic
from dialogs.events import CaptureFinished, RecordsRead
from dialogs.flow.outcome import prompt, say
from dialogs.flow.prompts import Values
from dialogs.rules.due import days_left
from dialogs.rules.identity import mask_name
from dialogs.session import Known, Session, State
from dialogs.values import (
    SHANGHAI,
    CaptureOutcome,
    Certification,
    Cycle,
    Manner,
    PassChannel,
    Purpose,
    Scheme,
    Subject,
)
from messages.formats import day, minute
from messages.keys import Key
from messages.outbound import Say, Value
from messages.phrases import SCHEME_NAMES, Localized, channel_name
from messages.template_messages.result import FAILED, NO_RECORD, PASSED, RECORD, ResultFacts


def result(session: Session, event: CaptureFinished, today: date) -> Say:
    """Return the result's message; its choices are those of the place where the person is now.

    A result may arrive while the person is in another state: it is sent all the same,
    and the numbers under it mean what they mean there.
    """
    if event.outcome is CaptureOutcome.PASSED:
        return _passed(session, event, today)
    if event.outcome is CaptureOutcome.FAILED:
        return _failed(session)
    return prompt(session)


def _passed(session: Session, event: CaptureFinished, today: date) -> Say:
    proof, request = event.certification, event.request
    if proof is None:
        return say(session, Key.NO_RECORD, {"scheme": SCHEME_NAMES[request.scheme]})
    if request.purpose is Purpose.QUERY:
        subject = Subject(request.scheme, request.subject, proof.city)
        return _record(session, Cycle(subject, proof, proof.due_on), today)
    if proof.channel == PassChannel.REHEARSAL:
        return say(session, Key.PASSED_IN_REHEARSAL, _facts(proof))
    if event.suspended:
        return say(session, Key.PASSED_SUSPENDED, _facts(proof))
    if request.manner is Manner.AGENT:
        return say(session, Key.PASSED_FOR_OTHER, {**_facts(proof), "family": _family(session)})
    return say(session, Key.PASSED, _facts(proof))


def _facts(proof: Certification) -> Values:
    return {
        "name": mask_name(proof.identity.name),
        "scheme": SCHEME_NAMES[proof.scheme],
        "time": proof.certified_at.astimezone(SHANGHAI),
        "day": proof.certified_at.astimezone(SHANGHAI).date(),
        "receipt": proof.receipt,
        "due": proof.due_on,
        "channel": channel_name(proof.channel),
    }


def _family(session: Session) -> Value:
    """Tell an agent of several relatives when each is due; for one, the message already says it."""
    others = session.others()
    lines = tuple(Say(Key.FAMILY_LINE, _known(known)) for known in others)
    return (Say(Key.FAMILY, {"lines": lines}),) if len(lines) > 1 else ""


def _known(known: Known) -> Values:
    subject = known.subject
    name, scheme = mask_name(subject.identity.name), SCHEME_NAMES[subject.scheme]
    return {"name": name, "scheme": scheme, "due": known.due_on}


def _failed(session: Session) -> Say:
    if session.state is State.FAILED:
        return prompt(session)
    return say(session, Key.FAILED_MISMATCH)


def facts(event: CaptureFinished, now: datetime) -> ResultFacts:
    """Return the result in short, for a channel without sentences; `now` dates what has no record."""
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


def recalled(session: Session, event: RecordsRead, today: date) -> Say:
    """Answer with the records: the newest pass, when the next is due, whether the last one counts."""
    if event.topic is Topic.RECORD:
        return _record(session, event.cycles[0], today)
    if event.topic is Topic.COUNTED:
        return _counted(session, event.cycles)
    lines = tuple(_due_line(session, cycle, today) for cycle in event.cycles)
    return say(session, Key.DUES, {"lines": lines})


def _record(session: Session, cycle: Cycle, today: date) -> Say:
    """Tell the newest pass and when the next is due; a pass made elsewhere has no receipt here."""
    if cycle.newest is None:
        return say(session, Key.NO_RECORD, {"scheme": SCHEME_NAMES[cycle.subject.scheme]})
    values: Values = {**_facts(cycle.newest), "next": (_due_line(session, cycle, today),)}
    return say(session, Key.OWN_RECORD if cycle.newest.receipt else Key.RECORD_ELSEWHERE, values)


def _counted(session: Session, cycles: tuple[Cycle, ...]) -> Say:
    passes = [cycle.newest for cycle in cycles if cycle.newest]
    if not passes:
        return say(session, Key.NOBODY_YET)
    newest = sorted(passes, key=lambda proof: proof.certified_at, reverse=True)
    lines = tuple(Say(Key.COUNTED if one.receipt else Key.COUNTED_ELSEWHERE, _facts(one)) for one in newest)
    return say(session, Key.DUES, {"lines": lines})


def _due_line(session: Session, cycle: Cycle, today: date) -> Say:
    subject, due = cycle.subject, cycle.due_on
    values: Values = {"name": mask_name(subject.identity.name), "scheme": _scheme(subject.scheme)}
    if due is None:
        return Say(Key.DUE_UNKNOWN, values)
    own, left = session.is_own(subject.identity), days_left(due, today)
    keys = (Key.DUE_OWN, Key.DUE_OTHER) if left >= 0 else (Key.OVERDUE_OWN, Key.OVERDUE_OTHER)
    return Say(keys[0] if own else keys[1], {**values, "due": due, "days": str(abs(left))})


def _scheme(scheme: Scheme) -> Localized:
    return SCHEME_NAMES[scheme]
