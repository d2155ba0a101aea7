"""Heads and photos as points in space, filmed by a camera, for tests of the live check."""

import math
from dataclasses import dataclass
from random import Random

import numpy as np

from face.liveness.challenge import with_actions
from face.liveness.guided import watch
from face.liveness.movements import Action
from face.liveness.observation import Observation
from face.liveness.walk_state import Finished, Prompt, begin
from face.models.mesh import ACROSS

FRAME = (320, 240)
_HALF = {
    0: (-0.72, -0.01, 0.04),
    1: (-0.28, 0.01, -0.04),  # eye
    4: (-0.9, -0.24, 0.03),
    5: (-0.65, -0.38, -0.21),
    6: (-0.23, -0.35, -0.35),  # brow
    20: (-0.81, 0.43, -0.01),
    22: (-0.84, 0.21, 0.07),  # cheek
    24: (-1.09, 0.03, 0.83),
    26: (-1.08, 0.25, 0.93),  # side
    17: (-0.31, 0.62, -0.22),
    29: (-0.3, -0.81, -0.29),
    33: (-0.53, 0.88, 0.1),  # nostril, forehead, mouth
}
_MIDDLE = {
    10: (-0.08, -0.32),
    11: (0.04, -0.39),
    12: (0.15, -0.46),
    13: (0.26, -0.54),  # bridge of the nose
    14: (0.37, -0.63),
    15: (0.5, -0.65),
    16: (0.6, -0.61),
    19: (0.68, -0.35),  # its tip
    28: (-0.82, -0.32),
    31: (-0.58, -0.34),
    32: (-0.33, -0.36),  # forehead
}
_OPPOSITE = dict(ACROSS) | {17: 18, 29: 30, 33: 34}


def _head():
    head = np.zeros((35, 3))
    for row, (x, y, z) in _HALF.items():
        head[row], head[_OPPOSITE[row]] = (x, y, z), (-x, y, z)
    for row, (y, z) in _MIDDLE.items():
        head[row] = (0.0, y, z)
    return head


HEAD = _head()
"""A `face.models.mesh.Shape` in eye distances; y down, z away from the camera."""
PHOTO = HEAD * [1, 1, 0]
AXIS = np.array([0.0, 0.6, 1.2])
"""The point about which a head turns: the neck, behind the face."""
_NECK, _CENTRE = np.array([0.0, 0.6, 0.0]), np.array([*FRAME, 0]) / 2
_FACE = np.full((2, 35), 1 / 35)
"""Weights of the points: the vector from mouth to forehead, and the mean of all."""
_FACE[0] = 0
_FACE[0, 28], _FACE[0, 33:35] = 1, -1 / 2
WAY = {
    Action.TURN_LEFT: (32.0, 0.0, 1.0),
    Action.TURN_RIGHT: (-32.0, 0.0, 1.0),
    Action.LOOK_UP: (0.0, 20.0, 1.0),
    Action.LOOK_DOWN: (0.0, -20.0, 1.0),
    Action.CLOSER: (0.0, 0.0, 1.45),
    Action.CENTRE: (0.0, 0.0, 1.0),
}
"""Yaw and pitch in degrees and the scale at the end of each movement."""


def seeded_random(seed):
    """Return a random generator with this seed."""
    return Random(seed)  # noqa: S311 - no secret depends on it


def bend_photo(radius):
    """Return a photo bent round a cylinder of `radius` eye distances."""
    photo = PHOTO.copy()
    across = np.clip(photo[:, 0] / radius, -1.4, 1.4)
    photo[:, 0], photo[:, 2] = radius * np.sin(across), radius * (1 - np.cos(across))
    return photo


def project_points(points, yaw=0.0, pitch=0.0, scale=1.0, axis=AXIS):
    """Turn the points and project them: positive yaw to the picture's right, positive pitch up.

    The depth is always a head's: the network infers one for a photo of a face, too.
    """
    moved = (points - axis) @ _rotation(math.radians(yaw), math.radians(pitch))
    moved += axis - _NECK
    near = 8 * 42 / (moved[:, 2:] + 8 / scale)
    moved[:, 2] = HEAD[:, 2]
    moved *= near
    moved += _CENTRE
    return moved


def _rotation(a, b):
    """Turn rows of points about the vertical by `a`, then about the horizontal by `b`."""
    across, aside, level, raised = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
    return np.array(
        [
            [across, aside * raised, aside * level],
            [0, level, -raised],
            [-aside, across * raised, across * level],
        ]
    )


@dataclass
class HeadFilm:
    """Films a live check: `play(prompts, at)` returns the pose; `prompts` are (time, action) so far."""

    random: np.random.Generator
    points: np.ndarray = None
    rate: float = 5.0
    noise: float = 0.8
    """Degrees, standard deviation."""
    axis: np.ndarray = None

    def frame(self, at, pose):
        head, axis = HEAD if self.points is None else self.points, AXIS if self.axis is None else self.axis
        yaw, pitch, scale = pose
        aside, upwards = (self.noise * self.random.standard_normal(2)).tolist()
        shape = project_points(head, yaw + aside, pitch + upwards, scale, axis)
        (across, down, _), (left, top, _) = (_FACE @ shape).tolist()
        width = 1.3 * math.hypot(across, down)
        face = (left - width / 2, top - width / 2, width, width * 1.2)
        return Observation(at, shape, face, 1, FRAME, self.random.random(1).tobytes())

    def run(self, challenge, play, change=lambda observation: observation, longest=90.0):
        """Run the check to its end; return the reason and the prompts that were shown."""
        state, prompts = begin(0.0), [(0.0, Action.CENTRE)]
        for at in np.arange(1, longest * self.rate) / self.rate:
            observation = change(self.frame(float(at), play(prompts, float(at))))
            state, told = watch(challenge, state, observation)
            if isinstance(told, Prompt):
                prompts.append((float(at), told.step.action))
            if isinstance(told, Finished):
                return told.reason, prompts
        return None, prompts


def follow_prompts(delay=0.8, seconds=0.9, way=WAY):
    """Return a `play` that follows each prompt after `delay` seconds, moving for `seconds`."""

    def play(prompts, at):
        shown, action = prompts[-1]
        before = prompts[-2][1] if len(prompts) > 1 else Action.CENTRE
        part = min(1.0, max(0.0, (at - shown - delay) / seconds))
        return tuple(
            left * (1 - part) + made * part for left, made in zip(way[before], way[action], strict=True)
        )

    return play


PLAIN = with_actions((Action.TURN_LEFT, Action.LOOK_UP), seeded_random(7))
"""A challenge of two movements: a turn to the left, then a look up."""


def head_film(seed=0, **how):
    """Return a film of a head with noise from this seed."""
    return HeadFilm(np.random.default_rng(seed), **how)
