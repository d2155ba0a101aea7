"""Decides by embeddings whether one person was seen throughout, and whether it is the enrolled one.

Rests look straight ahead and can be compared as photos are. A moved head is less similar to itself: 0.71 and
more when turned or bowed, down to 0.20 when bent far back, while strangers reach 0.30 (docs/decisions/0004).
So a movement may be compared twice: at its full extent, and at the least that was seen of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from face.values import Reason, Vector

MOVED = 0.75
"""Share of the threshold that one view of a movement must reach."""
FULLY_MOVED = 0.5
"""Share that its full extent must reach, however far the head went."""


@dataclass(frozen=True, slots=True, eq=False)
class MovementEmbeddings:
    """Embeddings of one movement: at its full extent and, if that is unlike the rests, at its least."""

    full: Vector = field(repr=False)
    least: Vector | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Similarities:
    """The result over all embeddings; the three numbers are cosine similarities.

    `score` compares the rests together with the enrolment. `alike` is the lowest between two rests. `moved`
    is the lowest of the movements compared with the rests together, each by its better view.
    """

    reason: Reason
    score: float
    alike: float
    moved: float


def probe_of(rests: Sequence[Vector]) -> Vector:
    """Fuse the best frames of the rests into one probe of unit length."""
    total = np.sum(rests, axis=0)
    fused: Vector = (total / max(np.linalg.norm(total), np.float32(1e-9))).astype(np.float32)
    return fused


def unlike(probe: Vector, full: Vector, threshold: float) -> bool:
    """Decide whether a full extent alone does not identify the head, so that its least is needed."""
    return float(probe @ full) < MOVED * threshold


def recognise(
    rests: Sequence[Vector], movements: Sequence[MovementEmbeddings], enrolled: Vector, threshold: float
) -> Similarities:
    """Compare two rests or more, and the movements between them, with each other and the enrolment."""
    probe = probe_of(rests)
    alike = min(float(one @ other) for one, other in combinations(rests, 2))
    moved = [_moved(probe, movement) for movement in movements]
    changed = alike < threshold or any(
        full < FULLY_MOVED * threshold or best < MOVED * threshold for full, best in moved
    )
    score = float(probe @ enrolled)
    reason = Reason.OK if score >= threshold else Reason.MISMATCH
    least = min((best for _, best in moved), default=alike)
    return Similarities(Reason.PERSON_CHANGED if changed else reason, score, alike, least)


def _moved(probe: Vector, movement: MovementEmbeddings) -> tuple[float, float]:
    full = float(probe @ movement.full)
    return full, full if movement.least is None else max(full, float(probe @ movement.least))
