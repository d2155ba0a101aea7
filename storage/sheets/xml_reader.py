"""Strangers' XML, read piece by piece: what a reader does not keep is not held in memory."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO
from xml.parsers.expat import ParserCreate

Attributes = dict[str, str]
_PIECE = 1 << 14
"""Bytes; the cells of a piece are held at once, and one in Excel's last column may stand for 16,384."""
_LONGEST_TEXT = 1 << 20
"""Characters of one text; Excel's cells hold 32,767."""


class XmlReader:
    """Calls functions where elements begin and end, by their names without a prefix.

    Between `hear` and `ignore` characters are collected in `text`.
    """

    def __init__(
        self, begins: Mapping[str, Callable[[Attributes], None]], ends: Mapping[str, Callable[[], None]]
    ) -> None:
        self.text: list[str] = []
        self._collect = self.text.append
        self._begins, self._ends = dict(begins), dict(ends)
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._root
        self._parser.EndElementHandler = self._end

    def pieces(self, file: IO[bytes]) -> Iterator[None]:
        """Read a file to its end, stopping after each piece and at the end.

        Raises ExpatError or ValueError for bad XML.
        """
        while piece := file.read(_PIECE):
            self._parser.Parse(piece, False)  # noqa: FBT003 - takes no names
            if sum(map(len, self.text)) > _LONGEST_TEXT:
                message = "a text without an end"
                raise ValueError(message)
            yield
        self._parser.Parse(b"", True)  # noqa: FBT003 - as above
        yield

    def read(self, file: IO[bytes]) -> None:
        """Read a file to its end; raises as `pieces` does."""
        for _ in self.pieces(file):
            pass

    def hear(self, _: Attributes) -> None:
        """Collect characters from here on; `begins` may call it."""
        self._parser.CharacterDataHandler = self._collect

    def ignore(self) -> None:
        """Collect no characters from here on; `ends` may call it."""
        self._parser.CharacterDataHandler = None

    def take_text(self) -> str:
        """Return the collected text, and start again."""
        found = "".join(self.text)
        self.text.clear()
        return found

    def _root(self, name: str, attributes: Attributes) -> None:
        """Learn the prefix of all names from the first element."""
        prefix, colon, _ = name.rpartition(":")
        self._begins = {f"{prefix}{colon}{local}": call for local, call in self._begins.items()}
        self._ends = {f"{prefix}{colon}{local}": call for local, call in self._ends.items()}
        self._parser.StartElementHandler = self._begin
        self._begin(name, attributes)

    def _begin(self, name: str, attributes: Attributes) -> None:
        if call := self._begins.get(name):
            call(attributes)

    def _end(self, name: str) -> None:
        if call := self._ends.get(name):
            call()


def _refuse(*_: object) -> None:
    message = "a document type, which could define entities"
    raise ValueError(message)
