"""A photo that moves: put on a head-shaped relief and turned in space, for rehearsals without a camera.

The demo shows it to the live check in a visitor's place. That it passes is no hole found here: a puppet that
knows the prompts passes by construction (docs/security.md).
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from face.challenge import Action
from face.head import DEPTH, extents, lean, pose_of

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]
"""A face's five points, shape (5, 2), in pixels."""
Locate = Callable[[Picture], Points | None]
"""Finds the main face's points in a picture."""

WIDTH, HEIGHT = 480, 600
_NEARER = 1.4
_EYES = 0.13
"""Eye distance over the picture's width: arm's length; nearer, the stretched parts show."""
_DEGREES = range(46, 66, 4)
_BALLS, _NOSES = (1.8, 1.25, 1.5), (0.5, 0.8)
"""Depths of head and nose to try, in eye distances: every photo needs others to look like a turning head."""
_ENOUGH, _DEEP = 1.2, DEPTH + 0.02
"""How much of a whole turn, and of depth, to show at least: a camera's noise takes some of it away."""
_STAGES = (0.25, 0.5, 0.75, 1.0)
_SIDE = 320
"""Long side at which the live check looks."""


def film(photo: Picture, locate: Locate) -> dict[Action, list[str]]:
    """Render the movements that this photo can make, in stages, as base64 JPEG; empty without a face."""
    points = locate(photo)
    if points is None:
        return {}
    head = _framed(photo, points)
    turns = {
        action: [head.turned(turn, stage) for stage in _STAGES]
        for action, sign in ((Action.TURN_LEFT, 1), (Action.TURN_RIGHT, -1))
        if (turn := _best_turn(head, action, sign, locate))
    }
    closer = [head.nearer(1 + (_NEARER - 1) * stage) for stage in _STAGES]
    films = {Action.CENTRE: [head.picture], Action.CLOSER: closer, **turns}
    return {action: [_jpeg(picture) for picture in pictures] for action, pictures in films.items()}


@dataclass(frozen=True, slots=True)
class _Turn:
    """A turn by degrees towards the picture's right, of a head with such depths."""

    degrees: int
    ball: float
    nose: float


def _best_turn(head: "_Head", action: Action, sign: int, locate: Locate) -> _Turn | None:
    """Find how this head must turn to show the whole movement; None if it never does."""
    still = locate(_as_sent(head.picture, 0))
    tries = (_Turn(sign * degrees, ball, nose) for ball, nose, degrees in product(_BALLS, _NOSES, _DEGREES))
    return next((turn for turn in tries if _shown(head, turn, action, still, locate) >= _ENOUGH), None)


def _shown(head: "_Head", turn: _Turn, action: Action, still: Points | None, locate: Locate) -> float:
    """Measure as the live check does how much of a movement is surely seen; 0 for one without depth."""
    picture = head.turned(turn)
    looks = [locate(_as_sent(picture, seed)) for seed in range(3)]
    return min((_extent(still, points, action) for points in looks), default=0.0)


def _extent(still: Points | None, points: Points | None, action: Action) -> float:
    if still is None or points is None:
        return 0.0
    change = lean(pose_of(still), pose_of(points))
    shown = extents(change)
    others = max(part for other, part in shown.items() if other is not action)
    return shown[action] if change.depth >= _DEEP and others < 1 else 0.0


def _as_sent(picture: Picture, seed: int) -> Picture:
    """Give the picture as the live check sees it: a camera's noise, compressed, small."""
    noise = np.random.default_rng(seed).integers(0, 8, picture.shape, np.uint8)
    sent = cv2.imencode(".jpg", cv2.add(picture, noise), [cv2.IMWRITE_JPEG_QUALITY, 75])[1]
    size = (_SIDE * WIDTH // HEIGHT, _SIDE)
    return np.asarray(cv2.resize(cv2.imdecode(sent, cv2.IMREAD_COLOR), size, interpolation=cv2.INTER_AREA))


def _framed(photo: Picture, points: Points) -> "_Head":
    """Cut the photo so that the face is in the middle, as wide as on a phone held at arm's length."""
    scale = _EYES * WIDTH / float(np.linalg.norm(points[1] - points[0]))
    shift = np.array([WIDTH / 2, HEIGHT / 2]) - scale * points[[0, 1, 3, 4]].mean(axis=0)
    place = np.array([[scale, 0.0, shift[0]], [0.0, scale, shift[1]]])
    size = (WIDTH, HEIGHT)
    picture = cv2.warpAffine(photo, place, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    return _Head(picture, points * scale + shift)


@dataclass(frozen=True, slots=True)
class _Head:
    picture: Picture = field(repr=False)
    points: Points = field(repr=False)

    def nearer(self, scale: float) -> Picture:
        place = np.array([[scale, 0, (1 - scale) * WIDTH / 2], [0, scale, (1 - scale) * HEIGHT / 2]])
        moved = cv2.warpAffine(self.picture, place, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(moved)

    def turned(self, turn: _Turn, part: float = 1.0) -> Picture:
        """Make some part of a turn; what comes nearer hides what lies behind it."""
        middle, angle = float(self.points[[0, 1, 3, 4], 0].mean()), np.radians(part * turn.degrees)
        columns = np.arange(WIDTH, dtype=np.float64)
        to = middle + (columns - middle) * np.cos(angle) + self._depth(turn) * np.sin(angle)
        if turn.degrees > 0:
            to = np.maximum.accumulate(to, axis=1)
        else:
            to = np.minimum.accumulate(to[:, ::-1], axis=1)[:, ::-1]
        to += 1e-4 * columns
        back = np.stack([np.interp(columns, row, columns) for row in to]).astype(np.float32)
        rows = np.mgrid[:HEIGHT, :WIDTH][0].astype(np.float32)
        return np.asarray(cv2.remap(self.picture, back, rows, cv2.INTER_LINEAR))

    def _depth(self, turn: _Turn) -> NDArray[np.float64]:
        eye = np.linalg.norm(self.points[1] - self.points[0])
        centre, nose = self.points[[0, 1, 3, 4]].mean(axis=0), self.points[2]
        ys, xs = np.mgrid[:HEIGHT, :WIDTH].astype(np.float64)
        across, down = (xs - centre[0]) / (1.45 * eye), (ys - centre[1] + 0.1 * eye) / (2.0 * eye)
        ball = turn.ball * np.sqrt(np.clip(1 - across**2 - down**2, 0, 1)) - 0.5
        near = ((xs - nose[0]) / (0.35 * eye)) ** 2 + ((ys - nose[1]) / (0.42 * eye)) ** 2
        return np.asarray(eye * (ball + turn.nose * np.exp(-near)), np.float64)


def _jpeg(picture: Picture) -> str:
    return base64.b64encode(cv2.imencode(".jpg", picture)[1].tobytes()).decode("ascii")
