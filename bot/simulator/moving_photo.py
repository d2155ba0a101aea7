"""A photo that moves: put on a head-shaped relief and turned in space, for rehearsals without a camera.

The demo shows it to the live check instead of a visitor. That it passes reveals no new hole: a puppet that
knows the prompts passes by construction (docs/security.md).
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from face.attack.relief import Relief
from face.liveness.bounds import GUIDED
from face.liveness.head_pose import neutral_pose, pose_change
from face.liveness.movements import MOVEMENTS, TURNS, Action, extents
from face.models.mesh import Shape, five_of

Picture = NDArray[np.uint8]
Read = Callable[[Picture], Shape | None]
"""Reads the main face's shape in a picture."""

WIDTH, HEIGHT = 480, 600
_NEARER = 1.4
_EYES = 0.13
"""Eye distance over the picture's width: arm's length; any nearer, the stretched parts become visible."""
_DEGREES = range(8, 56, 4)
_BALLS, _NOSES = (1.5, 1.25, 1.8), (0.6, 0.8)
"""Depths of head and nose to try, in eye distances: each photo needs different ones to look like a turning
head."""
_ENOUGH = 1.1
"""Least share of a complete movement to show: a camera's noise takes some of it away."""
_STAGES = (0.25, 0.5, 0.75, 1.0)
_SIDE = 320
"""Long side of the picture that the live check uses."""


def film(photo: Picture, read: Read, moves: Sequence[Action] = TURNS) -> dict[Action, list[str]]:
    """Render which of the `moves` this photo can make, in stages, as base64 JPEG; empty without a face.

    The photo itself and coming closer are always among them.
    """
    shape = read(photo)
    head = None if shape is None else _framed(photo, five_of(shape), read)
    if head is None:
        return {}
    turns = {
        action: [turn.seen(stage) for stage in _STAGES]
        for action in moves
        if (turn := _best_turn(head, action, read))
    }
    upright = head.relief(_BALLS[0], _NOSES[0])
    closer = [upright.turned(scale=1 + (_NEARER - 1) * stage) for stage in _STAGES]
    films = {Action.CENTRE: [head.picture], Action.CLOSER: closer, **turns}
    return {action: [_jpeg(picture) for picture in pictures] for action, pictures in films.items()}


@dataclass(frozen=True, slots=True)
class _Head:
    """A photo framed as by a phone, and its face."""

    picture: Picture = field(repr=False)
    shape: Shape = field(repr=False)

    def relief(self, ball: float, nose: float) -> Relief:
        """Return the head as a solid: `ball` and `nose` are depths in distances of the eyes."""
        return Relief(self.picture, five_of(self.shape), ball, nose)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn by degrees to the picture's right, and up."""

    relief: Relief = field(repr=False)
    across: int
    upwards: int

    def seen(self, part: float) -> Picture:
        """Return the picture after a part of the turn, from 0 to 1."""
        return self.relief.turned(part * self.across, part * self.upwards)


def _best_turn(head: _Head, action: Action, read: Read) -> _Turn | None:
    """Find how this head must turn to show the complete movement; None if it never does."""
    across, upwards, _ = MOVEMENTS.of(action).direction
    reliefs = (head.relief(ball, nose) for ball, nose in product(_BALLS, _NOSES))
    turns = (_Turn(relief, across * by, upwards * by) for relief in reliefs for by in _DEGREES)
    return next((turn for turn in turns if _surely_made(head, turn, action, read)), None)


def _surely_made(head: _Head, turn: _Turn, action: Action, read: Read) -> bool:
    """Whether the live check would see the complete movement, whatever the camera's noise."""
    picture = turn.seen(1.0)
    return all(_made(head.shape, read(_as_sent(picture, seed)), action) for seed in range(3))


def _made(still: Shape, shape: Shape | None, action: Action) -> bool:
    if shape is None:
        return False
    change = pose_change(neutral_pose([still]), shape)
    extent = extents(change)
    made = extent.pop(action)
    is_head = MOVEMENTS.of(action).is_of_head(change)
    return is_head and made >= _ENOUGH and max(extent.values()) < GUIDED.whole


def _as_sent(picture: Picture, seed: int) -> Picture:
    """Return the picture as the live check sees it: a camera's noise, compressed, small."""
    sent = cv2.imencode(".jpg", cv2.add(picture, _noise(seed)), [cv2.IMWRITE_JPEG_QUALITY, 75])[1]
    size = (_SIDE * WIDTH // HEIGHT, _SIDE)
    return np.asarray(cv2.resize(cv2.imdecode(sent, cv2.IMREAD_COLOR), size, interpolation=cv2.INTER_AREA))


@cache
def _noise(seed: int) -> Picture:
    return np.random.default_rng(seed).integers(0, 8, (HEIGHT, WIDTH, 3), np.uint8)


def _framed(photo: Picture, five: NDArray[np.float64], read: Read) -> _Head | None:
    """Cut the photo so that the face is upright in the middle, as wide as on a phone held at arm's length."""
    across = five[1] - five[0]
    level = _EYES * WIDTH * np.array([across, [-across[1], across[0]]]) / float(across @ across)
    middle = level @ five[[0, 1, 3, 4]].mean(axis=0)
    place = np.column_stack([level, np.array([WIDTH / 2, HEIGHT / 2]) - middle])
    size = (WIDTH, HEIGHT)
    picture = cv2.warpAffine(photo, place, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    shape = read(picture)
    return None if shape is None else _Head(picture, shape)


def _jpeg(picture: Picture) -> str:
    return base64.b64encode(cv2.imencode(".jpg", picture)[1].tobytes()).decode("ascii")
