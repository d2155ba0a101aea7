"""What one row of a table of phrases is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a wish by its name in `dialogs.reading.intents`, what says it, what shows that it is not meant."""

    wish: str
    says: str
    unless: str = ""
