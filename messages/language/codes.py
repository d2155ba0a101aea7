"""Languages of the service, discovered from the folders of `messages`."""

import pkgutil
import re
from enum import StrEnum
from pathlib import Path
from typing import Self

_CODE = re.compile("[a-z]{2,3}")
"""ISO 639 codes; longer names are rooms of `messages`."""
_FOLDERS = [one.name for one in pkgutil.iter_modules([str(Path(__file__).parents[1])]) if one.ispkg]
_FOUND = sorted(name for name in _FOLDERS if _CODE.fullmatch(name))


class Language(StrEnum):
    """Code of a language; every subpackage of `messages` named by such a code is a language.

    The two names are the ones that an intent or a default refers to. A code without a folder reads as the
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
