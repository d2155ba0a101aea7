"""Holds the weights of the cues, as fitted on people and puppets (docs/decisions/0024 says how)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from face.liveness.movements import Kind


@dataclass(frozen=True, slots=True)
class Weights:
    """A constant, and the weight of each measure's logarithm, in the order of `Unexplained`'s fields."""

    constant: float
    each: tuple[float, float]


WEIGHTS: Mapping[Kind, Weights] = MappingProxyType(
    {
        Kind.TURN: Weights(3.183, (2.072, 1.022)),
        Kind.NOD: Weights(4.097, (2.121, 0.906)),
    }
)
"""Coming closer was not measured on enough people, and gives no evidence."""
