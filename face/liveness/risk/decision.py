"""Decides by the evidence of all movements whether a capture may pass, needs one more, or leads elsewhere.

The functions are pure: the cues' measurements go in, a decision comes out. Each movement gives evidence for a
head, as the natural logarithm of a likelihood ratio, and the evidence adds up. None of it proves a head, and
too little of it accuses nobody: the person is asked for one more movement, and in the end is shown another
way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log
from types import MappingProxyType

from face.liveness.movements import Kind
from face.liveness.risk.cues import Unexplained
from face.liveness.risk.weights import WEIGHTS
from face.values import Certainty, LiveScores

MOST_FOR, MOST_AGAINST = 1.4, 4.0
"""Maximum evidence of one movement for a head, and against one.

The first is less than any profile asks for, so that no movement passes a capture alone (docs/decisions/0055).
"""
SKIN, SKIN_WEIGHT = 0.02, 1.5
"""Value of `skin` below which it indicates a picture, and the weight of its logarithm there.

Above that value it gives no evidence, since blur and compression change skin as well.
"""
MOST_EYES = 0.8
"""Value of `eyes` above which more adds no evidence: heads have about 0.65, painted eyes up to 1.7."""
MOST_SHARPER = 0.4
"""Maximum of `sharper`, in either direction, of a movement that counts for a head.

Blur and grain laid over a movement hide what a photo lacks (docs/decisions/0059).
"""
LEAST_MEASURE = 1e-4
"""Added to each measure before its logarithm is taken."""


class RiskDecision(StrEnum):
    """The decision that follows from the evidence so far."""

    PASS = "pass"  # noqa: S105 - no password
    MORE = "more"
    ELSEWHERE = "elsewhere"


class RiskProfile(StrEnum):
    """How much evidence an office asks for."""

    STANDARD = "standard"
    STRICT = "strict"


NEEDED: Mapping[RiskProfile, float] = MappingProxyType({RiskProfile.STANDARD: 1.5, RiskProfile.STRICT: 2.0})
"""Minimum sum of the evidence with which a capture passes."""
MOST_NOISE = 0.25
"""Maximum `round_trip` between two pictures of one rest: a noisy one contradicts itself, as a head does."""
SURE = 2.5
"""Minimum sum with which a pass carries no mark for a second look."""


@dataclass(frozen=True, slots=True)
class MovementEvidence:
    """The measurements between the rest before a movement and its full extent."""

    kind: Kind
    left: Unexplained


def evidence_of(movement: MovementEvidence) -> float:
    """Return the evidence for a head; 0 for a kind of movement not measured, such as coming closer."""
    weights = WEIGHTS.get(movement.kind)
    if weights is None:
        return 0.0
    left = movement.left
    parts = zip(weights.each, (left.round_trip, min(left.eyes, MOST_EYES)), strict=True)
    total = weights.constant + sum(weight * log(measure + LEAST_MEASURE) for weight, measure in parts)
    most = MOST_FOR if abs(left.sharper) <= MOST_SHARPER else 0.0
    return max(-MOST_AGAINST, min(most, total + _of_still_skin(left.skin)))


def _of_still_skin(skin: float) -> float:
    """Return the evidence against a head from skin that looks the same in another pose, 0 or less."""
    return SKIN_WEIGHT * min(log((skin + LEAST_MEASURE) / SKIN), 0.0)


def decide(evidence: float, profile: RiskProfile, *, can_ask: bool) -> RiskDecision:
    """Decide by the sum of the evidence so far; `can_ask` says whether another movement is left to ask."""
    if evidence >= NEEDED[profile]:
        return RiskDecision.PASS
    return RiskDecision.MORE if can_ask else RiskDecision.ELSEWHERE


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """The sum of the evidence, the number of movements judged, and whether noise makes them worthless."""

    evidence: float
    judged: int
    is_noisy: bool = False

    @property
    def certainty(self) -> Certainty:
        """How certain a pass is."""
        return Certainty.SURE if self.evidence >= SURE and not self.is_noisy else Certainty.UNCERTAIN

    def noted(self, scores: LiveScores) -> LiveScores:
        """Return the scores with this evidence, as they are stored."""
        return replace(scores, evidence=round(self.evidence, 2), judged=self.judged)


def total_evidence(movements: Sequence[MovementEvidence]) -> float:
    """Return the sum of the evidence of all movements."""
    return sum(map(evidence_of, movements))
