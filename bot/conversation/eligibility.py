"""Eligibility lookups: the registry's record with our own passes and templates; a failure is a value."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from bot.metrics.port import NO_METRICS, Metrics
from bot.metrics.series import Count, Measure
from dialogs.effects import CheckEligibility
from dialogs.ports import Found, Registry, Unavailable
from storage.database import Engine, connect
from storage.errors import StorageError
from storage.records.certifications import Certifications
from storage.records.enrolments import Enrolments

_log = logging.getLogger(__name__)


class CheckOutcome(StrEnum):
    """How a check ended, as it is counted."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Answers a check; the same work is done for a hit and a miss."""

    engine: Engine
    registry: Registry
    enrolments: Enrolments
    certifications: Certifications
    pack: str
    metrics: Metrics = NO_METRICS

    async def look_up(self, check: CheckEligibility) -> Found | Unavailable:
        """Ask the registry and our own tables."""
        with self.metrics.timed(Measure.CHECK):
            answer = await self._ask(check)
        self.metrics.count(Count.CHECKS, _outcome(answer))
        return answer

    async def _ask(self, check: CheckEligibility) -> Found | Unavailable:
        subject = check.subject
        found = await self.registry.find(check.scheme, subject.id_type, subject.number)
        if isinstance(found, Unavailable):
            return found
        try:
            async with connect(self.engine) as conn:
                has = await self.enrolments.has(conn, subject.id_type, subject.number, self.pack)
                newest = await self.certifications.latest(conn, check.scheme, subject.id_type, subject.number)
        except StorageError as error:
            _log.warning("eligibility check failed: %s", type(error).__name__)
            return Unavailable()
        return Found(found, has, newest.passed_on if newest else None)


def _outcome(answer: Found | Unavailable) -> CheckOutcome:
    if isinstance(answer, Unavailable):
        return CheckOutcome.UNAVAILABLE
    return CheckOutcome.FOUND if answer.beneficiary else CheckOutcome.NOT_FOUND
