"""Attacks as numbers: scenes become landmark and embedding tracks, and no picture is touched.

Thousands of tries take seconds. An attacker is taken to be good: what is not the rule's matter (how a screen
looks, how a bent face embeds) succeeds here, and is tried with pictures in `pictures`.
"""

import math
from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray

from face.attack.footage import SIDE, Frame
from face.attack.scene import Scene
from face.attack.surface import Surface
from face.attack.ticket import Told
from face.challenge import Action, Challenge
from face.frames import GUIDING_SIDE
from face.head import Points, pose_of
from face.identity import Movement, recognise
from face.judge import LEAST_RESTS
from face.values import Reason, Vector
from face.walk import Box, Finished, Hint, Observation, Prompt, begin, watch

NOISE = (0.1, 0.4)
"""Standard deviation of a landmark in pixels at guiding size: pitch then scatters by 0.002 to 0.009.

One frame taken ten times by one `pictures.Camera` scatters by 0.003 (median of 16), at worst by 0.012.
"""
SHAKE = (0.0, 0.35)
"""Length of the chance part of an embedding: similarities to itself of 1 down to 0.94."""


def middle_of(points: Points) -> tuple[NDArray[np.float64], float]:
    """Middle (2,) and eye distance of a face, in pixels: the units of a `Surface`."""
    return points[[0, 1, 3, 4]].mean(axis=0), float(np.linalg.norm(points[1] - points[0]))


def placed(scene: Scene) -> tuple[Points, Box] | None:
    """Where the scene's face is, in pixels of its picture; None where there is none."""
    frame = scene.frame
    if frame.points is None or frame.box is None:
        return None
    points = _zoomed(frame.points, scene.nearer)
    if scene.surface is not None:
        points = on_sheet(points, scene.surface)
    return points, _boxed(frame, points)


def on_sheet(points: Points, surface: Surface) -> Points:
    """Move a photo's landmarks as the sheet is held."""
    middle, eye = middle_of(points)
    moved: Points = surface.seen((points - middle) / eye) * eye + middle
    return moved


def _zoomed(points: Points, nearer: float) -> Points:
    zoomed: Points = (points - SIDE / 2) * nearer + SIDE / 2
    return zoomed


def _boxed(frame: Frame, points: Points) -> Box:
    """Carry the box along: its size goes with eyes-to-mouth, its place with the points."""
    assert frame.points is not None and frame.box is not None  # noqa: S101, PT018 - as `placed` made sure
    left, top, width, height = frame.box
    scale = _drop(points) / max(_drop(frame.points), 1e-9)
    across, down = points.mean(axis=0) - frame.points.mean(axis=0)
    middle = (left + width / 2 + across, top + height / 2 + down)
    return (middle[0] - width * scale / 2, middle[1] - height * scale / 2, width * scale, height * scale)


def _drop(points: Points) -> float:
    """Measure from the eyes' middle to the mouth's."""
    down = points[3] + points[4] - points[0] - points[1]
    return math.hypot(down[0], down[1]) / 2


@dataclass(slots=True)
class _Sightings:
    """Embeddings by step, as `face.judge` keeps frames: rests by worth, movements begun and whole."""

    before: tuple[Vector, ...] = ()
    rests: dict[int, tuple[float, Vector]] = field(default_factory=dict)
    begun: dict[int, Vector] = field(default_factory=dict)
    full: dict[int, Vector] = field(default_factory=dict)

    def all_rests(self) -> tuple[Vector, ...]:
        """Give the first, the middle and the last, after those of the challenge before."""
        steps = sorted(self.rests)
        places = sorted({0, len(steps) // 2, len(steps) - 1}) if steps else []
        return (*self.before, *(self.rests[steps[place]][1] for place in places))

    def likeness(self, enrolled: Vector, threshold: float) -> Reason:
        """Judge first, middle and last rest, and every movement."""
        rests = self.all_rests()
        if len(rests) < LEAST_RESTS:
            return Reason.NO_FACE
        moves = [Movement(full, self.begun.get(step)) for step, full in sorted(self.full.items())]
        return recognise(rests, moves, enrolled, threshold).reason


class NumberCheck:
    """The live check on tracks: the rule is `face.walk`'s and `face.identity`'s, only the eyes are not."""

    def __init__(self, enrolled: Vector, threshold: float, challenge: Challenge, random: Random) -> None:
        """Begin with a camera of its own, as good or bad as chance will have it."""
        self._enrolled, self._threshold = enrolled, threshold
        self._noise, self._shake = random.uniform(*NOISE), random.uniform(*SHAKE)
        self._chance = np.random.default_rng(random.getrandbits(32))
        self._state, self._seen = begin(0.0), _Sightings()
        self.restart(challenge, 0.0)

    def restart(self, challenge: Challenge, at: float) -> None:
        """Begin anew with another challenge; it must be the same person again."""
        self._challenge, self._state = challenge, begin(at, self._state.neutral)
        self._seen = _Sightings(self._seen.all_rests())

    def see(self, scene: Scene, at: float) -> Told:
        """Watch one scene."""
        seen, before = self._observed(scene, at), self._state.step
        self._state, told = watch(self._challenge, self._state, seen)
        if seen.faces == 1 and not isinstance(told, Hint):
            self._keep(before, scene.frame.vector, seen)
        if isinstance(told, Finished) and told.reason is Reason.OK:
            return self._seen.likeness(self._enrolled, self._threshold)
        if isinstance(told, Finished):
            return told.reason
        return told if isinstance(told, Prompt) else None

    def _observed(self, scene: Scene, at: float) -> Observation:
        digest = b"same" if scene.same else self._chance.bytes(8)
        where = placed(scene)
        if where is None:
            return Observation(at, None, None, 0, (SIDE, SIDE), digest)
        points = where[0] + self._chance.normal(0, self._noise * SIDE / GUIDING_SIDE, (5, 2))
        faces = 1 if scene.second is None else 2
        return Observation(at, points.astype(np.float32), where[1], faces, (SIDE, SIDE), digest)

    def _keep(self, step: int, vector: Vector | None, seen: Observation) -> None:
        """Keep what `LiveCheck` would; a frame's worth is here its straightness alone."""
        if vector is None or seen.landmarks is None:
            return
        under_way, done = self._state.since is not None, self._state.step != step
        if self._challenge.steps[step].action is Action.CENTRE:
            worth = -abs(pose_of(seen.landmarks.astype(np.float64)).yaw)
            if (under_way or done) and worth > self._seen.rests.get(step, (-np.inf,))[0]:
                self._seen.rests[step] = (worth, self._shaken(vector))
            return
        if under_way or done:
            self._seen.begun.setdefault(step, self._shaken(vector))
        if done:
            self._seen.full[step] = self._shaken(vector)

    def _shaken(self, vector: Vector) -> Vector:
        chance = self._chance.normal(0, 1, vector.shape).astype(np.float32)
        moved = vector + np.float32(self._shake) * chance / np.linalg.norm(chance)
        shaken: Vector = (moved / np.linalg.norm(moved)).astype(np.float32)
        return shaken
