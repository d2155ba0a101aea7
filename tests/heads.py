"""Heads and photos as five points in space, seen by a camera; what the tests of the live check walk with."""

import math
from dataclasses import dataclass
from random import Random

import numpy as np

from face.challenge import Action
from face.walk import Finished, Observation, Prompt, begin, watch

FRAME = (320, 240)
HEAD = np.array([[-0.5, 0, 0], [0.5, 0, 0], [0, 0.62, -0.42], [-0.4, 1.15, -0.05], [0.4, 1.15, -0.05]])
"""In eye distances; y down, z away from the camera."""
PHOTO = HEAD * [1, 1, 0]
AXIS = np.array([0.0, 0.6, 0.9])
"""Where a head turns: the neck, behind the face."""
WAY = {
    Action.TURN_LEFT: (32.0, 0.0, 1.0),
    Action.TURN_RIGHT: (-32.0, 0.0, 1.0),
    Action.LOOK_UP: (0.0, 16.0, 1.0),
    Action.LOOK_DOWN: (0.0, -16.0, 1.0),
    Action.CLOSER: (0.0, 0.0, 1.45),
    Action.CENTRE: (0.0, 0.0, 1.0),
}
"""Yaw and pitch in degrees and the scale at the end of each movement."""


def dice(seed):
    """Give chance that falls the same way every time."""
    return Random(seed)  # noqa: S311 - a test's chance, no secret


def bent(radius):
    """Bend a photo round a cylinder of `radius` eye distances."""
    photo = PHOTO.copy()
    photo[:, 2] = -(np.sqrt(radius**2 - photo[:, 0] ** 2) - radius)
    photo[:, 2] -= photo[0, 2]
    return photo


def seen(points, yaw=0.0, pitch=0.0, scale=1.0, axis=AXIS):
    """Turn the points and project them: positive yaw to the picture's right, positive pitch up."""
    a, b = math.radians(yaw), math.radians(pitch)
    about_y = np.array([[math.cos(a), 0, -math.sin(a)], [0, 1, 0], [math.sin(a), 0, math.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, math.cos(b), math.sin(b)], [0, -math.sin(b), math.cos(b)]])
    moved = (points - axis) @ about_y.T @ about_x.T + axis - [0, 0.6, 0]
    depth = moved[:, 2] + 8 / scale
    return 8 * 42 * moved[:, :2] / depth[:, None] + np.array(FRAME) / 2


@dataclass
class Film:
    """Shoots a walk: `play(prompts, at)` gives the pose at a time, prompts as (time, action) so far."""

    random: np.random.Generator
    points: np.ndarray = None
    rate: float = 5.0
    noise: float = 0.4
    axis: np.ndarray = None

    def frame(self, at, pose, digest=None):
        head, axis = HEAD if self.points is None else self.points, AXIS if self.axis is None else self.axis
        points = seen(head, *pose, axis=axis) + self.random.normal(0, self.noise, (5, 2))
        width = 2.1 * np.linalg.norm(points[[0, 1]].mean(0) - points[[3, 4]].mean(0))
        left, top = points.mean(0) - width / 2
        face = (float(left), float(top), float(width), float(width * 1.2))
        return Observation(at, points.astype(np.float32), face, 1, FRAME, digest or self.random.bytes(8))

    def run(self, challenge, play, change=lambda observation: observation, longest=90.0):
        """Walk until it ends; gives the reason and the prompts that were shown."""
        state, prompts = begin(0.0), [(0.0, Action.CENTRE)]
        for at in np.arange(1, longest * self.rate) / self.rate:
            observation = change(self.frame(float(at), play(prompts, float(at))))
            state, told = watch(challenge, state, observation)
            if isinstance(told, Prompt):
                prompts.append((float(at), told.step.action))
            if isinstance(told, Finished):
                return told.reason, prompts
        return None, prompts


def obedient(delay=0.8, seconds=0.9, way=WAY):
    """Do what is asked, `delay` seconds after it is asked, in `seconds`."""

    def play(prompts, at):
        shown, action = prompts[-1]
        before = prompts[-2][1] if len(prompts) > 1 else Action.CENTRE
        part = min(1.0, max(0.0, (at - shown - delay) / seconds))
        return tuple(np.array(way[before]) * (1 - part) + np.array(way[action]) * part)

    return play
