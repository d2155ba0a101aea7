"""What a message tells of people before they are asked for, and what is kept of it."""

from dialogs.reading import Reading
from dialogs.relations import Relation
from dialogs.session import Draft, Early, Session, State

BEFORE = frozenset({State.HOME, State.AGREEMENT, State.GUIDE, State.MANNER})
"""Where nothing has been asked of a person yet."""

_NOBODY = Draft()


def details(reading: Reading) -> Draft:
    """Return the name and the number of a reading; a kind of document without its number is none."""
    is_whole = reading.id_type and reading.number
    return Draft(reading.name or "", *((reading.id_type, reading.number or "") if is_whole else ()))


def waiting(session: Session) -> Early:
    """Return what was told so far and is not used yet; once people are asked for, nothing is."""
    return session.errand.early if session.state in BEFORE else Early()


def with_told(session: Session, reading: Reading) -> Early:
    """Return what is waiting after this message, what it says over what was said before."""
    before, told = waiting(session), details(reading)
    if _is_own(before, reading):
        return Early(newer(told, before.own), before.given)
    return Early(newer(Draft(reading.agent_name or ""), before.own), newer(told, before.given))


def _is_own(before: Early, reading: Reading) -> bool:
    """Whether the details are the writer's: by their words, or as the number to the name that they gave."""
    completes = not reading.name and bool(before.own.name) and not before.own.number
    return reading.introduced or (completes and reading.relation in {None, Relation.SELF})


def newer(now: Draft, before: Draft) -> Draft:
    """Put two messages together: a name may come in one, its number in the next."""
    if now == _NOBODY:
        return before
    number = now if now.number else before
    return Draft(now.name or before.name, number.id_type, number.number)
