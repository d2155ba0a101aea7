"""What one row of a table of phrases is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: an intent by its name, the pattern that shows it, and the pattern that rules it out."""

    wish: str
    says: str
    unless: str = ""
