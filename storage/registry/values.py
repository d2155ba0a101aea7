"""Codes and names of schemes, documents, payment states and cities, as a file's cells give them.

Each reader remembers what it has read: a file repeats a few values a million times.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from dialogs.reading.cities import registered_city
from dialogs.reading.lexicon.id_documents import ID_DOCUMENT_NAMES
from dialogs.reading.lexicon.registry_files import SCHEME_AFFIXES, SCHEMES, STATUSES
from dialogs.rules.places.regions import city_of_region
from dialogs.values import BenefitStatus, IdType, Scheme
from messages.catalogue.lookup import phrase_of
from messages.language.codes import Language

_E = TypeVar("_E", bound=StrEnum)
_BRACKETED = re.compile(r"[(（].*?[)）]")
_SIGNS = re.compile(r"[\W_]+")
_AFFIXES = re.compile("|".join(SCHEME_AFFIXES))
_ID_DOCUMENT_NAMES = tuple((IdType(code), re.compile(words)) for code, words in ID_DOCUMENT_NAMES)
_CODES = re.compile("[0-9]{6,}")
_FLOAT_TAIL = re.compile(r"\.0+$")


def plain(text: str) -> str:
    """Return a heading or value without spaces and signs, in lower case."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def unbracketed(text: str) -> str:
    """Return a text without its parts in brackets: 证件号码（18位）, 城乡居民(含新农保)."""
    return _BRACKETED.sub("", text)


@lru_cache(maxsize=1024)
def read_scheme(cell: str) -> Scheme | None:
    """Read a code or a name of a scheme, with or without 养老保险."""
    return _SCHEMES.get(plain(cell)) or _SCHEMES.get(_core(cell))


@lru_cache(maxsize=1024)
def read_id_type(cell: str) -> IdType | None:
    """Read a code or a name of a document, as the catalogue has it or as people call it."""
    text = plain(cell)
    exact = _ID_TYPES.get(text)
    return exact or next((id_type for id_type, words in _ID_DOCUMENT_NAMES if words.search(text)), None)


@lru_cache(maxsize=1024)
def read_status(cell: str) -> BenefitStatus | None:
    """Read a code or a name of a payment status."""
    return _STATUSES.get(plain(cell)) or _STATUSES.get(plain(unbracketed(cell)))


@lru_cache(maxsize=1 << 14)
def read_city(cell: str) -> str | None:
    """Read the code of a city or of a district in it, the name of a city of the table, or both together."""
    text = _FLOAT_TAIL.sub("", unicodedata.normalize("NFKC", cell))
    if text.isascii():
        return city_of_region(text)
    codes, named = _CODES.findall(text), registered_city(text)
    if not codes:
        return named
    coded = city_of_region(codes[0]) if len(codes) == 1 else None
    return coded if named in {None, coded} else None


def _core(text: str) -> str:
    return _AFFIXES.sub("", plain(unbracketed(text)))


def _named(members: type[_E], table: str) -> Iterator[tuple[str, _E]]:
    for member in members:
        yield plain(member), member
        for language in Language:
            yield plain(phrase_of(table, member, language)), member


def _worded(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for code, names in words.items():
        for name in names.split("|"):
            yield plain(name), code


_SCHEMES = {
    **{name: Scheme(code) for name, code in _worded(SCHEMES)},
    **{_core(name): member for name, member in _named(Scheme, "schemes")},
    **dict(_named(Scheme, "schemes")),
}
_ID_TYPES = dict(_named(IdType, "id_types"))
_STATUSES = {
    **{name: BenefitStatus(code) for name, code in _worded(STATUSES)},
    **{plain(status): status for status in BenefitStatus},
}
