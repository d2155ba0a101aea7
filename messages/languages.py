"""Languages of the service, discovered from the folders of this package."""

import pkgutil
from enum import StrEnum
from pathlib import Path
from typing import Self

_FOUND = sorted(one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)]) if one.ispkg)


class Language(StrEnum):
    """Code of a language; every subpackage of `messages` is one, with its code as its name.

    The two names are those that an intent or a default refers to. A code without a folder reads as the
    default.
    """

    CHINESE = "zh"
    ENGLISH = "en"
    _ignore_ = "_code"
    for _code in _FOUND:  # a code that has a name above is an alias of it
        vars()[_code.upper()] = _code

    @classmethod
    def _missing_(cls, value: object) -> Self:  # noqa: ARG003 - the signature is the enum's
        return cls(DEFAULT)


DEFAULT = Language.CHINESE
"""Language of a new account, and of texts that a language lacks."""
