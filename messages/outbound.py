"""Outgoing messages, before and after rendering."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import quote

from messages.catalogue.formats import Upcoming, day, minute, upcoming
from messages.catalogue.lookup import PACKS, label_in, text_of
from messages.catalogue.phrases import HOTLINE, SOME_OFFICE, Localized, OfficeIn, OfficePhrase
from messages.language.codes import DEFAULT, Language
from messages.language.keys import Key

LIMIT = 1800
"""Maximum bytes of one text reply: WeChat refuses one over about 2048."""

_CHOICES = re.compile(r'^\d+ <a href="weixin://.*$\n?', re.MULTILINE)
_MARKS = re.compile(r"</?a\b[^>]*>")
_QUOTED = {shown: quote(shown) for pack in PACKS.values() for pair in pack.labels.items() for shown in pair}
"""Shown choices of the catalogue, quoted once; a choice that names a person is quoted when it is shown."""

_SENTENCE_END = re.compile("[。！？\\n]|[.?] ")


@dataclass(frozen=True, slots=True)
class Say:
    """One message: a catalogue key, its values, and the choices that end it.

    A value is rendered in the receiver's language; a tuple of messages is rendered line by line.
    """

    key: Key
    values: "Mapping[str, Value]" = field(default_factory=dict, repr=False)
    choices: tuple[str, ...] = ()


Value = str | Localized | date | Upcoming | OfficeIn | tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class RenderContext:
    """Context of rendering a message: `links` and `offices` (by city) are known only at the edge."""

    links: Mapping[str, str]
    language: Language = DEFAULT
    offices: Mapping[str, OfficePhrase] = field(default_factory=dict)


def render(say: Say, context: RenderContext) -> str:
    """Return the text of a message."""
    choices = (_choice(number, label, context.language) for number, label in enumerate(say.choices, 1))
    return "\n".join([_body(say, context), *choices])


def _body(say: Say, context: RenderContext) -> str:
    text, values = text_of(say.key, context.language), {}
    for name, value in say.values.items():
        if isinstance(value, OfficeIn):
            text, values[name] = _with_office(
                text, name, context.offices.get(value.city, SOME_OFFICE), context
            )
        else:
            values[name] = _rendered(value, context)
    return text.format_map({**context.links, **values})


def _rendered(value: str | Localized | date | Upcoming | tuple[Say, ...], context: RenderContext) -> str:
    match value:
        case str():
            return value
        case Localized():
            return value.spoken(context.language)
        case datetime():
            return minute(value, context.language)
        case Upcoming():
            return upcoming(value, context.language)
        case date():
            return day(value, context.language)
    return "\n".join(_body(line, context) for line in value)


def _with_office(text: str, name: str, office: OfficePhrase, context: RenderContext) -> tuple[str, str]:
    """Return the template and the office at `name`, so that no sentence names two numbers of one hotline."""
    place = f"{{{name}}}"
    for sentence in _sentences(text) if HOTLINE in text and place in text else ():
        if HOTLINE in sentence and place in sentence:
            beside = office.beside_hotline.spoken(context.language)
            return text.replace(sentence, sentence.replace(HOTLINE, office.hotline)), beside
    return text, office.alone.spoken(context.language)


def plain(texts: Iterable[str]) -> str:
    """Return messages as a page shows them: no choices, which only the chat accepts, and no link markup."""
    shown = (_MARKS.sub("", _CHOICES.sub("", text)) for text in texts)
    return "\n".join(shown).strip()


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Cut a long text at sentence ends into parts of at most `limit` UTF-8 bytes each."""
    if len(text.encode()) <= limit:
        return [text.strip("\n")]
    parts = [""]
    for sentence in _sentences(text):
        for piece in _pieces(sentence, limit):
            if len((parts[-1] + piece).encode()) > limit:
                parts.append("")
            parts[-1] += piece
    return [part.strip("\n") for part in parts]


def is_of_catalogue(choices: Iterable[str]) -> bool:
    """Whether all choices are from the catalogue, and none names a person."""
    return all(map(_QUOTED.__contains__, choices))


def _choice(number: int, label: str, language: Language) -> str:
    return (_choice_of_catalogue if label in _QUOTED else _written_choice)(number, label, language)


def _written_choice(number: int, label: str, language: Language) -> str:
    shown = label_in(label, language)
    quoted = _QUOTED.get(shown) or quote(shown)
    link = f"weixin://bizmsgmenu?msgmenucontent={quoted}&msgmenuid={number}"
    return f'{number} <a href="{link}">{shown}</a>'


_choice_of_catalogue = lru_cache(maxsize=1024)(_written_choice)
"""Choices that name no person, kept as they were written."""


def _sentences(text: str) -> Iterable[str]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]


def _pieces(sentence: str, limit: int) -> Iterable[str]:
    data = sentence.encode()
    while len(data) > limit:
        piece = data[:limit].decode(errors="ignore")
        yield piece
        data = data[len(piece.encode()) :]
    yield data.decode()
