"""Words that stand inside sentences, in every language that is spoken here."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """What the service speaks."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Word:
    """One word or phrase."""

    chinese: str
    english: str

    def spoken(self, language: Language) -> str:
        """Return it in this language."""
        return self.english if language is Language.ENGLISH else self.chinese


@dataclass(frozen=True, slots=True)
class OfficeIn:
    """The office of a city, by GB/T 2260 code ("" where it is unknown); the edge knows name and telephone."""

    city: str = ""
