"""Numbers of a file that a spreadsheet has rounded: it keeps 15 digits, and writes zeros for the other three.

The check character refuses ten in eleven of them. The eleventh is somebody else's number, or nobody's.
"""

import re
from dataclasses import dataclass

from dialogs.rules.identity import check_number
from dialogs.values import IdType
from storage.sheets.cells import clean

_ENDING = "000"
_ROUNDED = re.compile(f"[0-9]{{15}}{_ENDING}")


def seems_rounded(number: str) -> bool:
    """Whether a cell's number ends as rounded ones do; of true numbers one in about a thousand does."""
    return _ENDING in number and _ROUNDED.fullmatch(clean(number)) is not None


@dataclass(slots=True)
class RoundedNumbers:
    """Counts a file's numbers that end in three zeros, by whether they are valid."""

    valid: int = 0
    invalid: int = 0

    def see(self, number: str) -> None:
        """Count a line's number, of whatever document: the line may name the wrong one."""
        if not seems_rounded(number):
            return
        if any(check_number(kind, clean(number)) for kind in IdType):
            self.valid += 1
        else:
            self.invalid += 1

    def are_found(self) -> bool:
        """Whether numbers were rounded; true ones that end in zeros are valid, save for a typing error."""
        return self.invalid > 0 and self.invalid >= self.valid
