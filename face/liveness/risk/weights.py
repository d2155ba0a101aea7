"""Holds the weights of the cues, as fitted on people and puppets (docs/decisions/0024 says how)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from face.liveness.movements import Kind


@dataclass(frozen=True, slots=True)
class Weights:
    """A constant, and the weight of each measure's logarithm, in the order of `Unexplained`'s fields."""

    constant: float
    each: tuple[float, float, float, float]


WEIGHTS: Mapping[Kind, Weights] = MappingProxyType(
    {
        Kind.TURN: Weights(1.424, (1.072, -1.518, 1.230, 1.460)),
        Kind.NOD: Weights(8.074, (1.256, 0.933, 1.150, 0.325)),
    }
)
"""Coming closer was not measured on enough people, and gives no evidence."""
