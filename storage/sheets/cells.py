"""Removes what spreadsheets add to a cell's text, and makes written cells harmless."""

import re
import unicodedata

LOST_DIGITS = "#digits-lost"
"""Stands for a number of more than 15 digits: Excel keeps no more, so the cell should have been text."""

SERIALS = range(10_000, 100_000)
"""Serial numbers that are read as days (`storage.registry.dates`): 1927 to 2173."""
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+|[0-9]{15}000", re.IGNORECASE)
"""How Excel saves such a number in a delimited file: 4.40103E+17, 440103195001011000."""
_TEXT_MARKS = "'`＇｀"
"""Mark a cell as text; Excel writes the first, payment exports the second."""
_TEXT_FORMULA = re.compile('[=＝]\\s*"(.*)"', re.DOTALL)
"""A formula that gives a text: ="440103…"."""
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t")
_TAKEN_FOR_NUMBER = re.compile(r"[0-9]{12,}|0[0-9]+|[0-9]+[Ee][0-9]+")
"""Text that Excel would turn into a number, and write back differently."""


def clean(cell: str) -> str:
    """Return a cell's text without outer spaces, invisible characters and the marks that make it text."""
    if cell.isprintable() and not cell.startswith(("'", "`", "=", "＇", "｀", "＝")):
        return cell.strip()
    visible = "".join(c for c in cell if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"})
    text = " ".join(visible.split()).lstrip(_TEXT_MARKS).strip()
    formula = _TEXT_FORMULA.fullmatch(text)
    return formula[1].replace('""', '"').strip() if formula else text


def has_lost_digits(cell: str) -> bool:
    """Whether a number that is not valid was truncated to what a spreadsheet's number cell keeps."""
    return cell == LOST_DIGITS or _ROUNDED.fullmatch(cell) is not None


def of_1904(number: float) -> float | str:
    """Return a plain number from a workbook that counts its days from 1904.

    A number that may be a day is marked, so that nobody reads it as other workbooks do, four years too early.
    """
    return f"#1904:{number:.10g}" if SERIALS.start <= number < SERIALS.stop else number


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `clean` reads it as the same text."""
    line = " ".join(cell.splitlines())
    is_formula = line.startswith(_FORMULA_STARTS) or line.lstrip().startswith(_FORMULA_STARTS)
    return f"'{line}" if is_formula else line


def inert_in_csv(cell: str) -> str:
    """Return an inert cell that Excel does not turn into a number either when it opens a CSV."""
    text = inert(cell)
    return f"'{text}" if _TAKEN_FOR_NUMBER.fullmatch(text) else text
