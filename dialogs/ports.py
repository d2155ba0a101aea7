"""Protocols of what the dialog needs from outside."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from dialogs.values import Beneficiary, IdType, LimitedRequest, Scheme


@dataclass(frozen=True, slots=True)
class Found:
    """The registry's answer to a lookup, joined with what we hold ourselves.

    `beneficiary` is None for an unknown number or another scheme; the registry does not judge a differing
    name. `has_template` says that an enrolment template exists; `certified_on` is our own newest pass.
    """

    beneficiary: Beneficiary | None = field(repr=False)
    has_template: bool = False
    certified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The registry did not answer in time or at all."""


@dataclass(frozen=True, slots=True)
class LimitReached:
    """The registry was not asked: the account has made its `most` requests of the hour.

    `again_at` is when the next hour of the account begins.
    """

    kind: LimitedRequest
    most: int
    again_at: datetime


class Registry(Protocol):
    """Source of beneficiaries: the imported table, or an outside service."""

    async def find(self, scheme: Scheme, id_type: IdType, number: str) -> Beneficiary | Unavailable | None:
        """Look one person up by number, a permit by its lifelong part; None when there is none."""
