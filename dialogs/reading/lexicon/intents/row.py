"""The type of a row in a table of phrases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: an intent by its name, the pattern that shows it, and the pattern that rules it out."""

    intent: str
    says: str
    unless: str = ""
