"""Words that several pages of the console share."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.office.case_acts import ActKind
from bot.pages.template_page import WordTable
from dialogs.local_time import SHANGHAI
from dialogs.rules.identity import masked
from dialogs.rules.places.cities import city_name
from dialogs.values import Certification, Identity
from messages.catalogue.formats import day, minute
from messages.catalogue.phrases import CONSOLE, CONSOLE_ACTS, ID_TYPE_NAMES, SCHEME_NAMES, UNKNOWN_CITY
from messages.language.codes import Language


def choices(values: Iterable[str], words: WordTable, language: Language) -> list[tuple[str, str]]:
    """Return each value with its word, for a form's list."""
    return [(str(one), words[one].spoken(language)) for one in values]


def stored_word(words: WordTable, stored: str, language: Language) -> str:
    """Return the word for a stored value; one that another program wrote is shown as it is."""
    return words[stored].spoken(language) if stored in words else stored


def local_minute(at: datetime, language: Language) -> str:
    """Return a moment in Shanghai's time."""
    return minute(at.astimezone(SHANGHAI), language)


def city_words(code: str, language: Language) -> str:
    """Return a city's name; one that is not in the table is named by its code."""
    return (city_name(code) if code else UNKNOWN_CITY).spoken(language)


def document_words(person: Identity, number: str, language: Language) -> str:
    """Return the kind of a person's document, and its number as the page shows it."""
    return f"{ID_TYPE_NAMES[person.id_type].spoken(language)} {number}"


def masked_words(person: Identity, language: Language) -> tuple[str, str]:
    """Return a person's name and document, both masked."""
    name, number = masked(person)
    return name, document_words(person, number, language)


def act_words(kind: ActKind, language: Language) -> str:
    """Return the name of an act."""
    return CONSOLE_ACTS[kind.name.lower()].spoken(language)


def since_words(passes: Sequence[Certification], language: Language) -> str:
    """Return in one line that a person has certified since a task was opened; "" if they have not."""
    word = CONSOLE["certified_since"].spoken(language)
    return " · ".join(
        word.format(day=day(one.passed_on, language), scheme=SCHEME_NAMES[one.scheme].spoken(language))
        for one in passes
    )
