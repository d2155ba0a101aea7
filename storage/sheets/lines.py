"""A line of a file, as every kind of file gives it."""

from dataclasses import dataclass, field

from storage.sheets.faults import FaultKind

REPLACEMENT = "\ufffd"
"""Stands for a character that was lost when text was decoded, by this program or by one before it."""


@dataclass(slots=True)
class Line:
    """A line: its number counted from 1, its cells, and what spoils it whole.

    Not frozen: a million are made, and a frozen one takes three times as long.
    """

    number: int
    cells: list[str] = field(repr=False)
    fault: FaultKind | None = None

    def has_text(self) -> bool:
        """Whether any cell says something; programs also write the cells of a blank row: `,,,`."""
        return bool("".join(self.cells).strip())
