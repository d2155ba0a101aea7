"""Defines one measured picture of the bench."""

from dataclasses import dataclass, field

from face.liveness.observation import Box
from face.models.mesh import Points, Shape
from face.values import Picture, Vector


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture, with the shape, box, embedding and mesh of its face in its pixels; None without a face."""

    picture: Picture = field(repr=False)
    shape: Shape | None = field(repr=False)
    box: Box | None
    vector: Vector | None = field(repr=False)
    points: Points | None = field(default=None, repr=False)
