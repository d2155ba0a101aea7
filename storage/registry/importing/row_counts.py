"""Counts of a file's rows, by their result."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Result of a file's rows, or of the rows read so far."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: "RowCounts") -> "RowCounts":
        """Add another part of the file."""
        return RowCounts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )

    def __str__(self) -> str:
        """Format the counts as a command prints them."""
        return f"new {self.new}, changed {self.changed}, unchanged {self.unchanged}, refused {self.refused}"

    @property
    def rows(self) -> int:
        """Return how many rows these are."""
        return self.new + self.changed + self.unchanged + self.refused
