"""Delimited text (CSV, TSV) as rows of cells, whatever program saved it.

A record is one line. A stray quotation mark therefore spoils only its own line, while CSV's quoted line
breaks would let it swallow its neighbours.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from storage.sheets.faults import FaultKind
from storage.sheets.lines import REPLACEMENT, Line

DELIMITERS = (",", "\t", ";")
_SAMPLE_BYTES = 1 << 20
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF_8 = frozenset({"utf-8", "utf-8-sig"})
_HAN = re.compile("[\u4e00-\u9fff]")
_LINE_END = re.compile(rb"[\r\n]+")
_COMMON_BIG5 = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xc6][\x40-\x7e\xa1-\xfe])+")
"""Big5's everyday characters and punctuation; the rarer half comes after them."""


@dataclass(frozen=True, slots=True)
class DelimitedText:
    """A file's text; `encoding` is chosen for the entire file, undecodable bytes spoil their line."""

    path: Path
    encoding: str
    is_big5: bool = False
    """Whether most of its lines are in Big5, which would be misread as other characters of GB18030."""

    def head(self, count: int, delimiter: str) -> list[tuple[int, list[str]]]:
        """Return the first lines' cells, to find the header among them."""
        return [(line.number, line.cells) for line in islice(self.lines(delimiter), count)]

    def lines(self, delimiter: str) -> Iterator[Line]:
        """Return the lines that are not blank, whatever ends them: LF, CR LF or CR."""
        return filter(Line.has_text, self._lines(delimiter))

    def _lines(self, delimiter: str) -> Iterator[Line]:
        errors = "surrogateescape" if self.encoding in _UTF_8 else "replace"
        with self.path.open(encoding=self.encoding, errors=errors, newline=None) as file:
            for number, text in enumerate(file, start=1):
                yield self._line(number, text.rstrip("\n"), delimiter)

    def _line(self, number: int, text: str, delimiter: str) -> Line:
        meant = None if text.isascii() else self._of_another_encoding(text)
        if meant is None:
            return _line(number, text, delimiter)
        return Line(number, meant.split(delimiter), FaultKind.UNREADABLE)

    def _of_another_encoding(self, text: str) -> str | None:
        """Return a line that the file's encoding does not fit, in readable form; None if the encoding fits.

        It is refused all the same, since it would be a guess; but the person who corrects the list can read
        it. Two Han characters in UTF-8 are three others in GB18030, which would be imported as somebody's
        name. Nearly always one of the three is rare; if all are common (濮洪福), the file's own encoding is
        right.
        """
        if self.encoding in _UTF_8:
            raw = text.encode("utf-8", "surrogateescape")
            if _is_utf_8(raw):
                return None
            meant = raw.decode("gb18030", "replace")
            return meant if _is_common(meant) else raw.decode("utf-8", "replace")
        if self.encoding != "gb18030" or REPLACEMENT in text or _is_common(text):
            return None
        raw = text.encode("gb18030")
        meant = raw.decode("utf-8") if _is_utf_8(raw) else ""
        return meant if _HAN.search(meant) else None


def open_text(path: Path) -> DelimitedText:
    """Detect a file's encoding by its first bytes: UTF-8, UTF-16 or GB18030."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
    encoding = _encoding(sample)
    return DelimitedText(path, encoding, encoding == "gb18030" and _is_big5(sample))


def read_text(path: Path) -> str:
    """Return a complete file's text without a byte order mark, in the encoding that `open_text` finds.

    Raises OSError, and UnicodeError if a byte cannot be decoded.
    """
    return path.read_text(encoding=open_text(path).encoding)


def _line(number: int, text: str, delimiter: str) -> Line:
    if REPLACEMENT in text:
        return Line(number, text.split(delimiter), FaultKind.UNREADABLE)
    if '"' not in text:
        return Line(number, text.split(delimiter))
    try:
        return Line(number, next(csv.reader([text], strict=True, delimiter=delimiter)))
    except csv.Error:
        return Line(number, [text], FaultKind.QUOTATION)


def _encoding(sample: bytes) -> str:
    """Choose by mark, by the zeros of UTF-16, or by the majority of lines, despite a broken line."""
    if marked := next((name for mark, name in _BOMS if sample.startswith(mark)), None):
        return marked
    if 4 * sample.count(0) > len(sample):
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    lines = _telling_lines(sample)
    good = sum(_is_utf_8(line) for line in lines)
    return "utf-8" if 2 * good >= len(lines) else "gb18030"


def _is_big5(sample: bytes) -> bool:
    """Whether most lines are common characters of Big5 and, in GB18030, rare ones."""
    lines = _telling_lines(sample)
    found = sum(
        _COMMON_BIG5.fullmatch(line) is not None and not _is_common(line.decode("gb18030", "replace"))
        for line in lines
    )
    return 2 * found > len(lines)


def _telling_lines(sample: bytes) -> list[bytes]:
    """Return the lines that are whole and not ASCII, which show the encoding."""
    lines = _LINE_END.split(sample)
    whole = lines[:-1] if len(sample) == _SAMPLE_BYTES and len(lines) > 1 else lines
    return [line for line in whole if not line.isascii()]


def _is_common(text: str) -> bool:
    """Whether all characters are in GB 2312, the 6763 Han characters of daily use and some marks."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
