"""A line of a file, in the form that every kind of file provides."""

from dataclasses import dataclass, field

from storage.sheets.faults import FaultKind

REPLACEMENT = "\ufffd"
"""Stands for a character that was lost when text was decoded, by this program or by one before it."""


@dataclass(slots=True)
class Line:
    """A line: its number counted from 1, its cells, and the fault that spoils all of it.

    Not frozen: a million are made, and making a frozen one takes three times as long.
    """

    number: int
    cells: list[str] = field(repr=False)
    fault: FaultKind | None = None

    def has_text(self) -> bool:
        """Whether any cell has text; programs also write the cells of a blank row: `,,,`."""
        return bool("".join(self.cells).strip())
