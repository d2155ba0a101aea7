"""Defines what the walks see of one scored picture."""

from dataclasses import dataclass, field

from face.models.mesh import Shape

Box = tuple[float, float, float, float]
"""Left, top, width, height in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """One scored picture; `shape` and `box` belong to the main face, None if there is none.

    `at` is its arrival in seconds, `faces` the number of faces of comparable size, `frame_size` (width,
    height), `digest` a hash of the picture.
    """

    at: float
    shape: Shape | None = field(repr=False)
    box: Box | None
    faces: int
    frame_size: tuple[int, int]
    digest: bytes = field(repr=False)
