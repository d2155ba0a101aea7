"""Projects a flat or bent sheet: where its points appear to the camera, and how its picture looks."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from face.values import Picture

DISTANCE = 6.5
"""Distance from the camera in eye distances (63 mm): a little over 40 cm, an arm's length."""
_GRID = 24
"""Cells per side of the grid through which a picture is warped."""
_ROUNDS = 8
_BACKGROUND = (96, 104, 110)

Places = NDArray[np.float64]
"""Shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Pose of a sheet relative to one that faces the camera flat.

    Degrees: `yaw` to the picture's right, `pitch` up, `roll` clockwise. In eye distances: `distance` from the
    camera, at which it is as large as its picture and which `nearer` divides, and `radius` of the cylinder it
    is bent round, whose axis is `slant` degrees off the vertical.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    nearer: float = 1.0
    radius: float = math.inf
    slant: float = 0.0
    distance: float = DISTANCE

    def seen(self, places: Places) -> Places:
        """Return where points of the sheet appear; both in eye distances from the face's middle."""
        turned = self._bent(places) @ about_y(self.yaw).T @ about_x(self.pitch).T @ _about_z(self.roll).T
        away = np.maximum(turned[:, 2:] + self.distance / self.nearer, 0.5)
        flat: Places = self.distance * turned[:, :2] / away
        return flat

    def _bent(self, places: Places) -> NDArray[np.float64]:
        """Bend the sides away from the camera, at most until they turn out of sight."""
        if not math.isfinite(self.radius):
            return np.column_stack([places, np.zeros(len(places))])
        upright = places @ _flat_turn(-self.slant).T
        angle = np.clip(upright[:, 0] / self.radius, -math.pi / 2, math.pi / 2)
        rounded = np.column_stack([self.radius * np.sin(angle), upright[:, 1]]) @ _flat_turn(self.slant).T
        return np.column_stack([rounded, self.radius * (1 - np.cos(angle))])


def _flat_turn(degrees: float) -> NDArray[np.float64]:
    a = math.radians(degrees)
    return np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])


def _about_z(degrees: float) -> NDArray[np.float64]:
    turn = np.eye(3)
    turn[:2, :2] = _flat_turn(degrees)
    return turn


def about_y(degrees: float) -> NDArray[np.float64]:
    """Return the rotation (3 × 3) about the vertical, to the picture's right."""
    a = math.radians(degrees)
    return np.array([[math.cos(a), 0, -math.sin(a)], [0, 1, 0], [math.sin(a), 0, math.cos(a)]])


def about_x(degrees: float) -> NDArray[np.float64]:
    """Return the rotation (3 × 3) about the horizontal, upwards."""
    a = math.radians(degrees)
    return np.array([[1, 0, 0], [0, math.cos(a), math.sin(a)], [0, -math.sin(a), math.cos(a)]])


def photographed(picture: Picture, surface: Surface, middle: Places, eye: float) -> Picture:
    """Show `picture` on `surface`; `middle` (2,) and `eye` are the face's middle and eye distance, pixels."""
    height, width = picture.shape[:2]
    ys, xs = np.mgrid[0 : height - 1 : _GRID * 1j, 0 : width - 1 : _GRID * 1j]
    wanted = (np.column_stack([xs.ravel(), ys.ravel()]) - middle) / eye
    mesh = (_traced(surface, wanted) * eye + middle).reshape(_GRID, _GRID, 2).astype(np.float32)
    back = cv2.resize(mesh, (width, height), interpolation=cv2.INTER_LINEAR)
    shown: Picture = cv2.remap(picture, back, None, cv2.INTER_LINEAR, borderValue=_BACKGROUND)
    return shown


def _traced(surface: Surface, wanted: Places) -> Places:
    """Find the points of the sheet that appear at `wanted` (Newton); places without one map far outside."""
    places, small = wanted / surface.nearer, 1e-3
    for _ in range(_ROUNDS):
        here = surface.seen(places)
        right = (surface.seen(places + np.array([small, 0])) - here) / small
        down = (surface.seen(places + np.array([0, small])) - here) / small
        area = right[:, 0] * down[:, 1] - right[:, 1] * down[:, 0]
        area = np.where(np.abs(area) < 0.05, 0.05, area)
        miss = wanted - here
        step = np.column_stack(
            [
                (miss[:, 0] * down[:, 1] - miss[:, 1] * down[:, 0]) / area,
                (right[:, 0] * miss[:, 1] - right[:, 1] * miss[:, 0]) / area,
            ]
        )
        places = places + np.clip(step, -1, 1)
    lost = np.abs(surface.seen(places) - wanted).max(axis=1) > 0.05
    places[lost] = 1e3
    return places
