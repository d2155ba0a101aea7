"""Immutable records that a step copies with changes."""

import dataclasses
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import msgspec

_T = TypeVar("_T")


class ImmutableRecord(msgspec.Struct, frozen=True):
    """An immutable value whose changed copy costs a twentieth of a dataclass's.

    Its representation shows no text, since a text may be a name or a number.
    """

    def __repr__(self) -> str:
        """Show choices, counts, times and records."""
        fields = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = (
            f"{name}={value!r}"
            for name, value in fields
            if isinstance(value, Enum | int | date | ImmutableRecord)
        )
        return f"{type(self).__name__}({', '.join(shown)})"


def replace(value: _T, /, **changes: Any) -> _T:  # noqa: ANN401 - each field has a type of its own
    """Return a copy with other fields, of a record or a dataclass; raises TypeError for an unknown field."""
    if isinstance(value, ImmutableRecord):
        return msgspec.structs.replace(value, **changes)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]
