"""Compares faces: picture → face → quality → verdict. A small library that knows nothing of pensions.

It exports the names of `face.library`, which is loaded on first access: a decoding child imports parts of
this package and needs neither the networks nor their runtime.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from face.library import *  # noqa: F403 - one list of the names is enough
else:

    def __getattr__(name: str) -> object:
        """Load the library and return one of its names (PEP 562)."""
        if name.startswith("__"):  # the import system asks for `__path__` and other attributes
            raise AttributeError(name)
        return getattr(import_module("face.library"), name)
