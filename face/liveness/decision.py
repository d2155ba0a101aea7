"""Decides at the end of a capture whose head was seen, from few frames kept along the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from face.liveness.frame import KeyFrame
from face.liveness.key_frames import KeyFrames
from face.liveness.similarity import Likeness, Movement, probe_of, recognise, unlike
from face.media.images import shrunk
from face.models.packs import Pack, Passive, align
from face.values import LiveScores, Outcome, Picture, Reason, Vector, Verdict

LEAST_RESTS = 2
MOST_SPREAD = 30.0
"""Pixels, root mean square, of the five points about their middle; in the aligned crop it is 23.

Cutting the crop from a larger face would skip pixels, and a frame could hide in the others another face than
its guiding size shows.
"""
FAILED = (Reason.NOT_LIVE, Reason.CHALLENGE_FAILED, Reason.PERSON_CHANGED, Reason.MISMATCH)
"""What ends a try for good; whatever else ends one may be tried again."""


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A frame at the deciding size, and the face's five points in its pixels."""

    picture: Picture = field(repr=False)
    points: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Compares what was seen with the enrolled template (unit length)."""

    pack: Pack
    threshold: float
    enrolled: Vector = field(repr=False)
    passive: Passive | None = None

    def identity(self, seen: KeyFrames[KeyFrame], asked: int, scores: LiveScores) -> Verdict:
        """One person from first to last frame, in all movements `asked` for, and the enrolled one.

        A movement of which nothing was kept might be anybody's: without it there is no pass.
        """
        kept, movements = seen.rests(), seen.movements()
        looks = [look for rest in kept if (look := _look_of(rest)) is not None]
        if len(looks) < max(LEAST_RESTS, len(kept)) or len(movements) < asked:
            return self.ended(Reason.NO_FACE, scores)
        rests = [self._embedded(look) for look in looks]
        moved = self._moved(movements, probe_of(rests))
        likeness = recognise(rests, moved, self.enrolled, self.threshold)
        scores = replace(scores, alike=likeness.alike, moved=likeness.moved)
        return self._decided(likeness, looks, scores)

    def ended(self, reason: Reason, scores: LiveScores, score: float | None = None) -> Verdict:
        """Put the verdict together that `reason` means."""
        outcome = Outcome.FAILED if reason in FAILED else Outcome.RETRY
        if reason is Reason.OK:
            outcome = Outcome.PASSED
        return Verdict(outcome, reason, score, self.threshold, self.pack.name, None, scores)

    def _moved(self, movements: Sequence[tuple[KeyFrame, KeyFrame]], probe: Vector) -> list[Movement]:
        """Embed full extents, and beginnings only where needed: each costs as much as three frames."""
        made = []
        for full, begun in movements:
            at_full = self._embedded(_look_of(full))
            doubtful = begun is not full and unlike(probe, at_full, self.threshold)
            made.append(Movement(at_full, self._embedded(_look_of(begun)) if doubtful else None))
        return made

    def _decided(self, likeness: Likeness, looks: Sequence[_Look], scores: LiveScores) -> Verdict:
        reason = likeness.reason
        if reason is Reason.OK and self.passive is not None:
            scores = replace(scores, passive=_life(self.passive, looks))
            reason = _alive(scores.passive, self.passive.threshold)
        return self.ended(reason, scores, likeness.score)

    def _embedded(self, look: _Look | None) -> Vector:
        if look is None:  # opened before, only smaller: nobody's face
            return np.zeros(self.pack.embedder.length, np.float32)
        return self.pack.embedder.embed(align(look.picture, look.points))


def _look_of(kept: KeyFrame) -> _Look | None:
    """Open a frame again, no larger than the crop to be cut from it needs."""
    picture = kept.reopen()
    if isinstance(picture, Reason):
        return None
    side = max(picture.shape[:2])
    spread = float(np.sqrt(kept.points.var(axis=0).sum())) * side / kept.side
    small = shrunk(picture, round(side * min(1.0, MOST_SPREAD / max(spread, 1.0))))
    return _Look(small, kept.points * (max(small.shape[:2]) / kept.side))


def _life(passive: Passive, looks: Sequence[_Look]) -> float | None:
    """Sum up the model's scores: the middle one; None where no picture could be judged."""
    scores = [passive.score(look.picture, look.points) for look in looks]
    known = [score for score in scores if score is not None]
    return median(known) if known else None


def _alive(probability: float | None, threshold: float) -> Reason:
    """Say what the operator's model means; without room around the face it cannot judge."""
    if probability is None:
        return Reason.TOO_CLOSE
    return Reason.OK if probability >= threshold else Reason.NOT_LIVE
