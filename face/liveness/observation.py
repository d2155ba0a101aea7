"""What the live and the recorded walk judge by: one scored picture, and what holds for it in both; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from face.liveness.movements import Action
from face.models.mesh import Shape

BEGUN, WHOLE = 0.55, 1.0
"""Extents of a movement: it counts as begun, and as done; done when nobody asked for it is clearly wrong.

Were more allowed unasked than must be done when asked, a clip of every movement in turn, each between the
two, would pass every challenge.
"""
UNSEEN_SECONDS = 1.5
"""Longer out of sight after the first rest, and another may have stepped in."""
FROZEN_SECONDS = 2.0
"""A camera's pictures are never the same; a slow one may give each a few times."""
LEAST_STILL = 3
JUMP = 0.9
"""Face widths that a face cannot move between two pictures in half a second."""


Box = tuple[float, float, float, float]
"""Left, top, width, height in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """One scored picture; `shape` and `box` are of the main face, None where there is none.

    `at` is its arrival in seconds, `faces` how many of comparable size, `frame_size` (width, height),
    `digest` a hash of the picture.
    """

    at: float
    shape: Shape | None = field(repr=False)
    box: Box | None
    faces: int
    frame_size: tuple[int, int]
    digest: bytes = field(repr=False)


def jumped(before: Box | None, now: Box, passed: float) -> bool:
    """Say whether a face is further from where it was `passed` seconds ago than one can move."""
    if before is None or passed > UNSEEN_SECONDS / 3:
        return False
    (left, top, width, height), (left_now, top_now, width_now, height_now) = before, now
    across = left_now + width_now / 2 - left - width / 2
    down = top_now + height_now / 2 - top - height / 2
    return max(abs(across), abs(down)) > JUMP * max(width, width_now)


def is_wrong(extent: Mapping[Action, float], asked: Action) -> bool:
    """Whether any movement was made that was not `asked` for."""
    return any(made >= WHOLE for action, made in extent.items() if action is not asked)
