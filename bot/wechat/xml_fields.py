"""Reads the fields of a body, strictly first; a second reading drops what XML 1.0 does not allow.

The size is already bounded. No DTD, no entities, no repeated field: wechatpy
turns a second `<FromUserName>` into a list, and we would answer the wrong account.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from storage.sheets.xml_characters import FORBIDDEN

MAX_DEPTH = 5
"""The root and four levels: `pic_sysphoto` events reach xml/SendPicsInfo/PicList/item/PicMd5Sum."""

_WORDS = "Content"
"""The one field that is a person's own text: its outer white space is kept."""

_BEFORE = b"\xef\xbb\xbf \t\r\n"
"""A byte order mark and white space, which expat does not accept before `<?xml`."""

_REFERENCE = re.compile(r"<!\[CDATA\[.*?\]\]>|&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));", re.DOTALL)
"""A character reference; a CDATA section is matched to be left as it is."""


_FIELD = re.compile(r"<([A-Za-z]\w*)>(?:<!\[CDATA\[([^\]]*)\]\]>|([^<&\]]*))</\1>[ \t\n]*", re.ASCII)
"""A field without children, references and attributes."""

_CONTROLS = bytes({*range(32)} - set(b"\t\n"))
_NONCHARACTERS = b"\xef\xbf"
"""First bytes of U+FFFE and U+FFFF, which XML forbids, and of full-width signs, which it allows."""

_ENCRYPTED = re.compile(
    rb"<xml>[ \t\n]*<ToUserName><!\[CDATA\[[\w@.-]*\]\]></ToUserName>[ \t\n]*"
    rb"<Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]></Encrypt>[ \t\n]*</xml>"
)
"""An encrypted body without any character that needs closer parsing."""

_OPENING, _CLOSING = b"<xml>", b"</xml>"


@dataclass(frozen=True, slots=True)
class Malformed:
    """Not XML as the platform writes it; carries none of its text, so that none can be logged."""


class _Collector:
    """Gathers the root's fields; a field with children of its own counts as empty."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._depth = 0
        self._nested = False
        self._text: list[str] = []

    def start(self, name: str, _attributes: object) -> None:
        """Open an element; raises ExpatError if it is too deep, repeated, or not below `<xml>`."""
        self._depth += 1
        if self._depth == 2:
            self._open_field(name)
        elif self._depth > 2:
            self._nested = True
        if self._depth > MAX_DEPTH or (self._depth == 1 and name != "xml"):
            raise ExpatError

    def _open_field(self, name: str) -> None:
        if name in self.fields:
            raise ExpatError
        self._nested = False
        self._text = []

    def end(self, name: str) -> None:
        """Close an element; a field's text is complete."""
        if self._depth == 2:
            text = "" if self._nested else "".join(self._text)
            self.fields[name] = _trimmed(name, text)
        self._depth -= 1

    def text(self, data: str) -> None:
        """Add to the text of the field that is open."""
        if self._depth == 2:
            self._text.append(data)


def _refuse(*_declaration: object) -> None:
    raise ExpatError


def read_fields(body: bytes) -> Mapping[str, str] | Malformed:
    """Read the fields under `<xml>`, in UTF-8, each at most once, without the white space around values.

    Nearly every body is flat and is read in a third of expat's time; expat reads all others.
    """
    flat = _flat_fields(body)
    return _parsed_fields(body) if flat is None else flat


def read_ciphertext(body: bytes) -> str | Malformed:
    """Read the field `Encrypt` of an encrypted body; "" if there is none.

    Nearly every body is written as in the platform's documentation and is read by one regular expression.
    """
    if usual := _ENCRYPTED.fullmatch(body):
        return usual[1].decode()
    fields = read_fields(body)
    return fields if isinstance(fields, Malformed) else fields.get("Encrypt", "")


def _flat_fields(body: bytes) -> Mapping[str, str] | None:
    if not (body.startswith(_OPENING) and body.endswith(_CLOSING)) or _has_doubtful_characters(body):
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    fields: dict[str, str] = {}
    read = len(_OPENING)
    while field := _FIELD.match(text, read):
        name, quoted, bare = field.groups("")
        if name in fields:
            return None
        fields[name] = _trimmed(name, quoted or bare)
        read = field.end()
    return fields if read == len(text) - len(_CLOSING) else None


def _has_doubtful_characters(body: bytes) -> bool:
    return _NONCHARACTERS in body or len(body.translate(None, _CONTROLS)) < len(body)


def _trimmed(name: str, text: str) -> str:
    return text if name == _WORDS else text.strip()


def _parsed_fields(body: bytes) -> Mapping[str, str] | Malformed:
    collector = _Collector()
    parser = ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(body.lstrip(_BEFORE), True)  # noqa: FBT003 - expat takes no keywords
    except ExpatError:
        return Malformed()
    return collector.fields


def read_lenient_fields(body: bytes) -> Mapping[str, str] | Malformed:
    """Read the fields of a body that is known to be the platform's, which does not escape what people type.

    Only a body that the strict reading refuses is read a second time.
    """
    fields = read_fields(body)
    return read_fields(_cleaned(body)) if isinstance(fields, Malformed) else fields


def _cleaned(body: bytes) -> bytes:
    """Decode with replacement and drop what XML 1.0 forbids, as characters and as references."""
    text = FORBIDDEN.sub("", body.decode("utf-8", "replace"))
    return _REFERENCE.sub(_allowed, text).encode()


def _allowed(found: re.Match[str]) -> str:
    if not found.lastindex:
        return found[0]
    code = int(found[1], 16) if found[1] else int(found[2])
    return "" if code > 0x10FFFF or FORBIDDEN.match(chr(code)) else found[0]
