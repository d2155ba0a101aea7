"""Says that a person has certified since a task was opened."""

from collections.abc import Sequence

from dialogs.values import Certification
from messages.catalogue.formats import day
from messages.catalogue.phrases import CONSOLE, SCHEME_NAMES
from messages.language.codes import Language


def since_words(passes: Sequence[Certification], language: Language) -> str:
    """Return each pass with its day and scheme, in one line; "" for none."""
    word = CONSOLE["certified_since"].spoken(language)
    return " · ".join(
        word.format(
            day=day(one.passed_on, language),
            scheme=SCHEME_NAMES[one.scheme].spoken(language),
        )
        for one in passes
    )
