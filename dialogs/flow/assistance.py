"""Who cannot turn or hold still (做不了动作): told of other ways, and made known to the office.

The office is told only of somebody whose details the registry has confirmed
in this talk, or whom a face pass has tied to this account: both come after
the agreement, so nothing is kept of people who agreed to nothing.
"""

from datetime import datetime

from dialogs.effects import AskForHelp
from dialogs.flow.outcome import Step, aside
from dialogs.flow.prompts import say
from dialogs.reading.reader import Reading
from dialogs.reading.relations import Relation
from dialogs.rules.identity import mask_name
from dialogs.session import Session, State
from dialogs.values import Identity
from messages.keys import Key

_CHECKED = frozenset({State.NOTICE, State.RECHECKING, State.CAPTURE, State.FAILED, State.NO_REFERENCE})
"""Where the registry knows the person of the errand, and the face is what is left."""


def cannot(session: Session, reading: Reading, _: datetime) -> Step:
    """Tell the office of whoever is meant; where that is not known, say what can be done."""
    person = _meant(session, reading.relation)
    if person is None:
        return aside(session, Key.CANNOT)
    told = say(session, Key.HELP_ASKED, {"name": mask_name(person.name)})
    return Step(session, (AskForHelp(person), told))


def _meant(session: Session, relation: Relation | None) -> Identity | None:
    """Return whom the words are about: the person of the errand first, else the one who fits among the known.

    On a parent's phone a child writes "我妈转不了头" under 本人办理: the errand outweighs the word for kin.
    """
    if session.state in _CHECKED:
        return session.errand.subject.identity()
    if relation is None:
        return session.person or _only({known.subject.identity for known in session.people})
    if relation is Relation.SELF:
        return session.person
    return _only({known.subject.identity for known in session.others()})


def _only(people: set[Identity]) -> Identity | None:
    return next(iter(people)) if len(people) == 1 else None
