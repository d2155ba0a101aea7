"""Keeps details that a message gives before they are asked for."""

from dialogs.flow.machine import is_in
from dialogs.flow.states.questions import details
from dialogs.flow.states.row import Group
from dialogs.immutable_record import replace
from dialogs.reading.reader import Reading
from dialogs.rules.identity import is_same_name
from dialogs.session import Draft, Prefill, Relation, Session

_NOBODY = Draft()


def waiting_details(session: Session) -> Prefill:
    """Return the details given so far and not used yet; none once people are asked for."""
    return session.errand.early if is_in(session.state, Group.BEFORE_PEOPLE) else Prefill()


def with_details(session: Session, reading: Reading) -> Prefill:
    """Return the details that wait after this message; it replaces what was said before."""
    before, given = waiting_details(session), details(reading)
    if _is_own(before, reading):
        return replace(before, own=newer(given, before.own))
    is_before = is_in(session.state, Group.BEFORE_PEOPLE)
    relation = reading.relation or (before.relation if is_before else session.errand.relation)
    own = newer(Draft(reading.agent_name or ""), before.own)
    given = newer(given, before.given) if _is_same(before, given, relation) else given
    return Prefill(own, given, relation or before.relation)


def _is_same(before: Prefill, draft: Draft, relation: Relation) -> bool:
    """Whether a message is still about the same person; details of another person must not remain."""
    names = draft.name, before.given.name
    is_other_name = all(names) and not is_same_name(*names)
    return relation in {Relation.UNNAMED, before.relation} or (not before.relation and not is_other_name)


def _is_own(before: Prefill, reading: Reading) -> bool:
    """Whether the details are the writer's: by their words, or as the number to the name that they gave."""
    is_named_again = reading.name is None or is_same_name(reading.name, before.own.name)
    names_nobody = reading.relation is None and is_named_again
    completes = names_nobody and bool(before.own.name) and not before.own.number
    return reading.introduced or reading.relation is Relation.SELF or completes


def newer(now: Draft, before: Draft) -> Draft:
    """Combine two messages: a name may come in one, its number in the next."""
    if now == _NOBODY:
        return before
    number = now if now.number else before
    return Draft(now.name or before.name, number.id_type, number.number)
