"""Finds the name of a person whose death a message reports."""

from dialogs.reading.lexicon.intents.death import NAMED_DEATHS
from dialogs.reading.names.answers import taken_name
from dialogs.reading.names.shapes import is_likely
from dialogs.reading.normalize import Plain
from dialogs.reading.patterns import compiled

_NAMED_DEATHS = tuple(map(compiled, NAMED_DEATHS))
_ASKED = frozenset("?？")


def name_of_dead(message: Plain) -> str | None:
    """Return the name in a message that names somebody and reports their death, and nothing else; or None.

    A question mark leaves open whether anybody died.
    """
    if not _ASKED.isdisjoint(message.typed):
        return None
    found = next(filter(None, (told.fullmatch(message.spaced) for told in _NAMED_DEATHS)), None)
    return taken_name(message.as_typed(*found.span(1))) if found and is_likely(found[1]) else None
