"""Types of one language's texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import ModuleType

from messages.language.keys import Key


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, an optional paragraph, then points."""

    heading: str
    paragraph: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalText:
    """An agreement or policy to read; `title` names the page, `heading` is above the text."""

    title: str
    heading: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """All texts of a language; what is missing is taken from the default language.

    `name` is the language's own name; `labels` translates the choices of `messages.language.labels` and the
    names of cities; `phrases` holds tables by name; `day` writes a date, `upcoming` a future moment as seen
    from another one.
    """

    name: str
    texts: Mapping[Key, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    legal_texts: Mapping[str, LegalText] = field(default_factory=dict)
    day: Callable[[date], str] | None = None
    upcoming: Callable[[datetime, datetime], str] | None = None


def tables_of(*modules: ModuleType) -> dict[str, Mapping[str, str]]:
    """Return the tables of phrases that modules define; a table is named by its constant, in lower case."""
    return {
        name.lower(): table
        for module in modules
        for name, table in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(table, Mapping)
    }
