"""The texts of a workbook that its cells refer to by number."""

from array import array
from typing import IO

from storage.sheets.xml_reader import Attributes, XmlReader


class SharedTexts:
    """Texts in one buffer: two million take 60 MB, while as many strings take 180.

    Excel writes each different text of a workbook here, so a list of a million people has two million.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        """Add the next text."""
        self._buffer += text.encode()
        self._ends.append(len(self._buffer))

    def at(self, place: int) -> str:
        """Return the text with a number, from 0; raises IndexError."""
        if place < 0:
            raise IndexError(place)
        ends = self._ends
        return self._buffer[ends[place] : ends[place + 1]].decode()


def read_shared_texts(file: IO[bytes]) -> SharedTexts:
    """Read the part `sharedStrings.xml`; raises ExpatError or ValueError for bad XML."""
    texts = SharedTexts()
    _TextReader(texts).read(file)
    return texts


class _TextReader(XmlReader):
    """Joins the runs of each text, without the reading aid (`rPh`) of East Asian ones."""

    def __init__(self, texts: SharedTexts) -> None:
        self._texts = texts
        self._before_aid = 0
        super().__init__(
            {"t": self.hear, "rPh": self._aid_begins},
            {"t": self.ignore, "rPh": self._aid_ends, "si": self._text_ends},
        )

    def _aid_begins(self, _: Attributes) -> None:
        self._before_aid = len(self.text)

    def _aid_ends(self) -> None:
        del self.text[self._before_aid :]

    def _text_ends(self) -> None:
        self._texts.add(self.take_text())
