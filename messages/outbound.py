"""What is said, before and after it becomes text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from messages.catalogue import TEXTS, Key

LIMIT = 1800
"""Bytes of one text reply: WeChat refuses one over about 2048."""

_SENTENCE_ENDS = "。！？\n"


@dataclass(frozen=True, slots=True)
class Say:
    """One message: a catalogue key, its values, and the choices that end it."""

    key: Key
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    choices: tuple[str, ...] = ()


def render(say: Say, links: Mapping[str, str]) -> str:
    """Return the text of a message; `links` fills the addresses that only the edge knows."""
    body = TEXTS[say.key].format_map({**links, **say.values})
    return "\n".join([body, *(_choice(number, label) for number, label in enumerate(say.choices, 1))])


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Cut a long text at sentence ends into parts of at most `limit` UTF-8 bytes each."""
    parts = [""]
    for sentence in _sentences(text):
        for piece in _pieces(sentence, limit):
            if len((parts[-1] + piece).encode()) > limit:
                parts.append("")
            parts[-1] += piece
    return [part.strip("\n") for part in parts]


def _choice(number: int, label: str) -> str:
    link = f"weixin://bizmsgmenu?msgmenucontent={quote(label)}&msgmenuid={number}"
    return f'{number} <a href="{link}">{label}</a>'


def _sentences(text: str) -> Iterable[str]:
    start = 0
    for position, character in enumerate(text, 1):
        if character in _SENTENCE_ENDS:
            yield text[start:position]
            start = position
    if start < len(text):
        yield text[start:]


def _pieces(sentence: str, limit: int) -> Iterable[str]:
    data = sentence.encode()
    while len(data) > limit:
        piece = data[:limit].decode(errors="ignore")
        yield piece
        data = data[len(piece.encode()) :]
    yield data.decode()
