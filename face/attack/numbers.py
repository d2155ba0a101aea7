"""Attacks as numbers: scenes become landmark and embedding tracks, and no picture is touched.

Thousands of tries take seconds. An attacker is taken to be good: what is not the rule's matter (how a screen
looks, how a bent face embeds) succeeds here, and is tried with pictures in `pictures`.
"""

from dataclasses import dataclass
from itertools import combinations
from random import Random

import numpy as np
from numpy.typing import NDArray

from face.attack.footage import SIDE, Frame
from face.attack.scene import Scene
from face.attack.surface import Surface
from face.attack.ticket import Told
from face.challenge import Action, Challenge
from face.head import Points, pose_of
from face.live import GUIDING_SIDE
from face.values import Reason, Vector
from face.walk import Box, Finished, Hint, Observation, Prompt, State, begin, watch

NOISE = (0.2, 0.8)
"""Standard deviation of a landmark in pixels at guiding size: as 25 crops and lights of one frame scatter."""
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
    middle = np.array([SIDE / 2, SIDE / 2])
    return (points - middle) * nearer + middle


def _boxed(frame: Frame, points: Points) -> Box:
    """Carry the box along: its size goes with eyes-to-mouth, its place with the points."""
    assert frame.points is not None and frame.box is not None  # noqa: S101, PT018 - as `placed` made sure
    left, top, width, height = frame.box
    scale = pose_of(points).drop / max(pose_of(frame.points).drop, 1e-9)
    across, down = points.mean(axis=0) - frame.points.mean(axis=0)
    middle = (left + width / 2 + across, top + height / 2 + down)
    return (middle[0] - width * scale / 2, middle[1] - height * scale / 2, width * scale, height * scale)


@dataclass(slots=True)
class NumberCheck:
    """The live check on tracks: the walk's own rule, and the identity of `LiveCheck`, frame by frame."""

    challenge: Challenge
    state: State
    enrolled: Vector
    threshold: float
    random: np.random.Generator
    noise: float
    shake: float
    best: dict[int, tuple[float, Vector]]

    @staticmethod
    def begun(
        challenge: Challenge, at: float, enrolled: Vector, threshold: float, random: Random
    ) -> "NumberCheck":
        """Begin with a camera of its own, as good or bad as chance will have it."""
        noise, shake = random.uniform(*NOISE), random.uniform(*SHAKE)
        generator = np.random.default_rng(random.getrandbits(32))
        return NumberCheck(challenge, begin(at), enrolled, threshold, generator, noise, shake, {})

    def see(self, scene: Scene, at: float) -> Told:
        """Watch one scene."""
        seen, before = self._observed(scene, at), self.state.step
        self.state, told = watch(self.challenge, self.state, seen)
        if seen.faces == 1 and not isinstance(told, Hint) and self._resting(before):
            self._keep(before, scene.frame.vector, seen)
        if isinstance(told, Finished):
            return self._identity() if told.reason is Reason.OK else told.reason
        return told if isinstance(told, Prompt) else None

    def _observed(self, scene: Scene, at: float) -> Observation:
        digest = b"same" if scene.same else self.random.bytes(8)
        where = placed(scene)
        if where is None:
            return Observation(at, None, None, 0, (SIDE, SIDE), digest)
        points = where[0] + self.random.normal(0, self.noise * SIDE / GUIDING_SIDE, (5, 2))
        faces = 1 if scene.second is None else 2
        return Observation(at, points.astype(np.float32), where[1], faces, (SIDE, SIDE), digest)

    def _resting(self, step: int) -> bool:
        at_rest = self.challenge.steps[step].action is Action.CENTRE
        return at_rest and (self.state.since is not None or self.state.step != step)

    def _keep(self, step: int, vector: Vector | None, seen: Observation) -> None:
        if vector is None or seen.landmarks is None:
            return
        worth = -abs(pose_of(seen.landmarks.astype(np.float64)).yaw)
        if step not in self.best or worth > self.best[step][0]:
            self.best[step] = (worth, self._shaken(vector))

    def _shaken(self, vector: Vector) -> Vector:
        chance = self.random.normal(0, 1, vector.shape).astype(np.float32)
        moved = vector + np.float32(self.shake) * chance / np.linalg.norm(chance)
        shaken: Vector = moved / np.linalg.norm(moved)
        return shaken

    def _identity(self) -> Reason:
        """One person in all rests, and the enrolled one; as `LiveCheck` does it."""
        known = [vector for _, (_, vector) in sorted(self.best.items())]
        if len(known) < 2:
            return Reason.NO_FACE
        if min(float(one @ other) for one, other in combinations(known, 2)) < self.threshold:
            return Reason.PERSON_CHANGED
        total = np.sum(known, axis=0)
        alike = float(total @ self.enrolled / np.linalg.norm(total))
        return Reason.OK if alike >= self.threshold else Reason.MISMATCH
