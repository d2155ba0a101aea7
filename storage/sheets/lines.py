"""A line of a file, as every kind of file gives it."""

from dataclasses import dataclass, field

from storage.sheets.faults import FaultKind


@dataclass(slots=True)
class Line:
    """A line that is not blank: its number counted from 1, its cells, and what spoils it whole.

    Not frozen: a million are made, and a frozen one takes three times as long.
    """

    number: int
    cells: list[str] = field(repr=False)
    fault: FaultKind | None = None
