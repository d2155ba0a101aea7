"""Which text and which label a listener gets, by language."""

from messages.catalogue import TEXTS
from messages.english import ENGLISH_TEXTS
from messages.english_labels import ENGLISH_LABELS
from messages.keys import Key
from messages.words import Language

_CHINESE_LABELS = {english.casefold(): chinese for chinese, english in ENGLISH_LABELS.items()}


def text_of(key: Key, language: Language) -> str:
    """Return a message's template."""
    return ENGLISH_TEXTS[key] if language is Language.ENGLISH else TEXTS[key]


def label_in(label: str, language: Language) -> str:
    """Return a choice as it is shown; what has no translation (a masked name) is shown as it is."""
    return ENGLISH_LABELS.get(label, label) if language is Language.ENGLISH else label


def label_of(words: str) -> str:
    """Return the choice that is meant by its English name, whatever the case; else the words themselves."""
    return _CHINESE_LABELS.get(words.casefold(), words)
