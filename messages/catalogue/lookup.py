"""Lookup of texts by language; a text that a language lacks is taken from the default language."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from messages.inbound import MediaKind
from messages.language.codes import DEFAULT, Language
from messages.language.keys import Key
from messages.language.pack import LanguagePack, LegalText

TERMS_VERSION = "2026-12-01"
"""Version of 《用户服务协议》 and 《隐私政策》; stored with each consent."""

FACE_TERMS_VERSION = "2026-11-26"
"""Version of the face consent's wording on the capture page."""

MEDIA_KEYS: Mapping[MediaKind, Key] = MappingProxyType(
    {
        MediaKind.IMAGE: Key.PICTURE,
        MediaKind.VOICE: Key.VOICE,
        MediaKind.VIDEO: Key.PICTURE,
        MediaKind.SHORT_VIDEO: Key.PICTURE,
        MediaKind.LOCATION: Key.LOCATION,
        MediaKind.LINK: Key.SHARED_LINK,
        MediaKind.FILE: Key.SHARED_FILE,
    }
)
"""Answers to messages that are not text, by kind."""


def _pack(language: Language) -> LanguagePack:
    pack = getattr(import_module(f"messages.{language}"), "LANGUAGE", None)
    if not isinstance(pack, LanguagePack):
        message = f"messages/{language} has no LANGUAGE"
        raise TypeError(message)
    return pack


PACKS: Mapping[Language, LanguagePack] = MappingProxyType({one: _pack(one) for one in Language})
_DEFAULT = PACKS[DEFAULT]

LANGUAGE_NAMES: Mapping[Language, str] = MappingProxyType({one: pack.name for one, pack in PACKS.items()})
"""Each language's own name."""


def _phrases(pack: LanguagePack) -> dict[tuple[str, str], str]:
    return {(name, key): text for name, table in pack.phrases.items() for key, text in table.items()}


_TEXTS = {one: {**_DEFAULT.texts, **pack.texts} for one, pack in PACKS.items()}
_PHRASES = {one: _phrases(_DEFAULT) | _phrases(pack) for one, pack in PACKS.items()}
_LEGAL_TEXTS = {one: {**_DEFAULT.legal_texts, **pack.legal_texts} for one, pack in PACKS.items()}
_LABELS = {shown.casefold(): label for pack in PACKS.values() for label, shown in pack.labels.items()}


def text_of(key: Key, language: Language) -> str:
    """Return the template of a chat message."""
    return _TEXTS[language][key]


def phrase_of(table: str, key: str, language: Language) -> str:
    """Return one text of a table of phrases."""
    return _PHRASES[language][table, key]


def keys_of(table: str) -> tuple[str, ...]:
    """Return the keys of a table of phrases."""
    return tuple(_DEFAULT.phrases[table])


def legal_text_of(name: str, language: Language) -> LegalText:
    """Return a legal text: `agreement` or `privacy`."""
    return _LEGAL_TEXTS[language][name]


def label_in(label: str, language: Language) -> str:
    """Return a choice as it is shown; a choice without a translation (a masked name) is shown unchanged."""
    return PACKS[language].labels.get(label, label)


def label_of(words: str) -> str:
    """Return the choice that these words show in any language, in upper or lower case; else the words."""
    return _LABELS.get(words.casefold(), words)
