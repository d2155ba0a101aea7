"""Decides at the end of a live capture whose head was seen, from few frames kept along the way."""

from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from face.engine import Pack, Passive, align
from face.frames import read_deciding
from face.identity import Likeness, Movement, probe_of, recognise, unlike
from face.quality import main_face
from face.values import Face, LiveScores, Outcome, Picture, Reason, Vector, Verdict

LEAST_RESTS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A frame as it came, and the five points found in it at `side` px of its long side."""

    jpeg: bytes = field(repr=False)
    points: NDArray[np.float32] = field(repr=False)
    side: int


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    picture: Picture = field(repr=False)
    face: Face


class Sightings:
    """The frames kept of one challenge, by step: of each rest the best, of each movement two at most.

    `before` are rests of a challenge that this one replaced.
    """

    def __init__(self, before: tuple[Kept, ...] = ()) -> None:
        self._before = before
        self._rests: dict[int, tuple[float, Kept]] = {}
        self._begun: dict[int, Kept] = {}
        self._full: dict[int, Kept] = {}

    def rested(self, step: int, kept: Kept, worth: float) -> None:
        """Note a frame of a rest; the worthiest stays."""
        if step not in self._rests or worth > self._rests[step][0]:
            self._rests[step] = (worth, kept)

    def moved(self, step: int, kept: Kept, *, begun: bool, full: bool) -> None:
        """Note a frame of a movement; it counts twice where one frame saw all of it."""
        if begun or full:
            self._begun.setdefault(step, kept)
        if full:
            self._full[step] = kept

    def rests(self) -> tuple[Kept, ...]:
        """Give the first, the middle and the last, after those of the challenge before."""
        steps = sorted(self._rests)
        places = sorted({0, len(steps) // 2, len(steps) - 1}) if steps else []
        return (*self._before, *(self._rests[steps[place]][1] for place in places))

    def movements(self) -> tuple[tuple[Kept, Kept], ...]:
        """Give each movement's full extent and beginning."""
        return tuple((full, self._begun[step]) for step, full in sorted(self._full.items()))


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Compares what was seen with the enrolled template (unit length)."""

    pack: Pack
    threshold: float
    enrolled: Vector = field(repr=False)
    passive: Passive | None = None

    def identity(self, seen: Sightings, asked: int, scores: LiveScores) -> Verdict:
        """One person from first to last frame, in all movements `asked` for, and the enrolled one.

        A movement of which nothing was kept might be anybody's: without it there is no pass.
        """
        looks = [look for kept in seen.rests() if (look := self._look(kept)) is not None]
        if len(looks) < max(LEAST_RESTS, len(seen.rests())) or len(seen.movements()) < asked:
            return self.verdict(Outcome.RETRY, Reason.NO_FACE, None, scores)
        rests = [self.pack.embedder.embed(align(look.picture, look.face)) for look in looks]
        likeness = recognise(rests, self._movements(seen, probe_of(rests)), self.enrolled, self.threshold)
        scores = replace(scores, alike=likeness.alike, moved=likeness.moved)
        return self._decided(likeness, looks, scores)

    def verdict(self, outcome: Outcome, reason: Reason, score: float | None, scores: LiveScores) -> Verdict:
        """Put a verdict together."""
        return Verdict(outcome, reason, score, self.threshold, self.pack.name, None, scores)

    def _movements(self, seen: Sightings, probe: Vector) -> list[Movement]:
        """Embed full extents, and beginnings only where they are needed: each costs as much as ten frames."""
        made = []
        for full, begun in seen.movements():
            at_full = self._moved(full)
            doubtful = begun is not full and unlike(probe, at_full, self.threshold)
            made.append(Movement(at_full, self._moved(begun) if doubtful else None))
        return made

    def _decided(self, likeness: Likeness, looks: list[_Look], scores: LiveScores) -> Verdict:
        outcome = Outcome.PASSED if likeness.reason is Reason.OK else Outcome.FAILED
        if likeness.reason is Reason.OK and self.passive is not None:
            scores = replace(scores, passive=_life(self.passive, looks))
            if scores.passive is None:  # the face fills the picture: nothing around it to judge by
                return self.verdict(Outcome.RETRY, Reason.TOO_CLOSE, likeness.score, scores)
            if scores.passive < self.passive.threshold:
                return self.verdict(Outcome.FAILED, Reason.NOT_LIVE, likeness.score, scores)
        return self.verdict(outcome, likeness.reason, likeness.score, scores)

    def _look(self, kept: Kept) -> _Look | None:
        """Find the face again at the deciding size: recognition needs its points as exact as they get."""
        picture = read_deciding(kept.jpeg)
        faces = () if isinstance(picture, Reason) else self.pack.detector.detect(picture)
        return None if isinstance(picture, Reason) or not faces else _Look(picture, main_face(faces))

    def _moved(self, kept: Kept) -> Vector:
        """Embed a movement by the guiding points: likeness to oneself forgives their coarseness."""
        picture = read_deciding(kept.jpeg)
        if isinstance(picture, Reason):  # read before, only smaller: nobody's face
            return np.zeros(self.pack.embedder.length, np.float32)
        return embed_moved(self.pack, picture, kept.points, kept.side)


def embed_moved(pack: Pack, picture: Picture, points: NDArray[np.float32], side: int) -> Vector:
    """Embed the face whose five points were found when the picture's long side was `side` px."""
    exact = points * (max(picture.shape[:2]) / side)
    return pack.embedder.embed(align(picture, Face(0, 0, 0, 0, exact, 1.0)))


def _life(passive: Passive, looks: list[_Look]) -> float | None:
    """Sum up the model's scores: the middle one; None where no picture could be judged."""
    scores = [passive.score(look.picture, look.face.points) for look in looks]
    known = [score for score in scores if score is not None]
    return median(known) if known else None
