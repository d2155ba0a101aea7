"""Finds the people that words are about: reads their records, or asks the office to help one of them."""

from collections.abc import Iterable
from datetime import datetime

from dialogs.effects import AskForHelp, ReadRecords, Topic
from dialogs.flow.handlers.check_result import tell_not_yet
from dialogs.flow.handlers.notes import Handler
from dialogs.flow.machine import is_in
from dialogs.flow.outcome import Step, aside, say
from dialogs.flow.states.conditions import is_for_another_relative
from dialogs.flow.states.row import Group
from dialogs.immutable_record import replace
from dialogs.reading.reader import Reading
from dialogs.rules.identity import mask_name
from dialogs.session import CertifiedPerson, Relation, Session
from dialogs.values import Identity, Manner
from messages.language.keys import Key


def recall(topic: Topic) -> Handler:
    """Return what answers a question from the records of the people it is about."""

    def answer(session: Session, reading: Reading, _: datetime) -> Step:
        """Read the records of the people whom the sentence is about, or say that nobody is known yet."""
        is_of_check = is_in(session.state, Group.AFTER_CHECK) and _is_of_its_person(session, reading)
        if topic is Topic.COUNTED and is_of_check:
            return tell_not_yet(session)
        subjects = tuple(known.subject for known in _asked_about(session, reading.relation))
        if subjects:
            return Step(session, (ReadRecords(topic, subjects),))
        if not reading.is_of_another:
            return aside(session, Key.NOBODY_YET)
        return aside(_remembering(session, reading), Key.RELATIVE_NOT_YET)

    return answer


def _remembering(session: Session, reading: Reading) -> Session:
    """Return the session that knows whom a query would be about, unless an errand has its person.

    Details that come later may be the writer's own.
    """
    if not is_in(session.state, Group.BEFORE_PEOPLE):
        return session
    relation = reading.relation or session.errand.relation
    return session.with_errand(replace(session.errand, relation=relation))


def _is_of_its_person(session: Session, reading: Reading) -> bool:
    is_own = session.errand.manner is Manner.SELF
    return reading.relation is None or (reading.relation is Relation.SELF) == is_own


def _asked_about(session: Session, relation: Relation | None) -> tuple[CertifiedPerson, ...]:
    """Return the people that a question is about: all relatives, since kinship is not recorded."""
    if relation is None:
        return session.people
    others = session.others()
    return tuple(k for k in session.people if (k not in others) == (relation is Relation.SELF))


def ask_for_help(session: Session, reading: Reading, _: datetime) -> Step:
    """Name the office of the person meant; if they are unknown, say what can be done."""
    person = _meant(session, reading.relation)
    if person is None:
        return aside(session, Key.CANNOT)
    message = say(session, Key.HELP_ASKED, {"name": mask_name(person.name)})
    return Step(session, (AskForHelp(person), message))


def _meant(session: Session, relation: Relation | None) -> Identity | None:
    """Return whom the words are about: first the person of the errand, else the matching known one.

    On a parent's phone a child writes "我妈转不了头" under 本人办理: the errand outweighs the word for kin.
    Only where it is for another relative, 我爸走不动 in my mother's, does the word count.
    """
    if is_in(session.state, Group.CONFIRMED) and not is_for_another_relative(session, relation):
        return session.errand.subject.identity()
    if relation is None:
        return session.person or _only(session.people)
    if relation is Relation.SELF:
        return session.person
    return _only(session.others())


def _only(people: Iterable[CertifiedPerson]) -> Identity | None:
    found = {known.subject.identity.document: known.subject.identity for known in people}
    return next(iter(found.values())) if len(found) == 1 else None
