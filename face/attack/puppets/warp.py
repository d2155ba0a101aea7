"""Makes one photo move: it is warped along the points of the face mesh as a turned head would look.

Phone applications that make a photo nod work this way, and so does anything written with a face mesh and a
function that remaps a picture. A puppet shows no pixel that the photo did not have.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import LinearNDInterpolator

from face.attack.surface import about_x, about_y
from face.models.mesh import OVAL, Points
from face.values import Picture

_EYES = (
    ((33, 7, 163, 144, 145, 153, 154, 155), (33, 246, 161, 160, 159, 158, 157, 173, 133)),
    ((382, 381, 380, 374, 373, 390, 249, 263), (362, 398, 384, 385, 386, 387, 388, 466, 263)),
)
"""Points of the lower and of the upper lid, of both eyes."""
_STEP = 6
"""Pixels between the places at which a warp is computed; it is interpolated between them."""
_HEAD_ACROSS, _HEAD_DOWN, _BEHIND = 0.62, 0.85, 0.55
"""Semi-axes of a head with its hair, and the distance of its axis behind the face, over the oval's height."""


class Warp(StrEnum):
    """Ways in which programs carry the movement of the mesh over to the rest of the picture."""

    RING = "ring"
    """Triangles between the mesh and a fixed ring close to the face: hair and background stand still."""
    CORNERS = "corners"
    """Triangles between the mesh and the corners of the picture: the background is stretched."""
    FIELD = "field"
    """A smooth field that fades with the distance from the face."""
    HEAD = "head"
    """The entire head with its hair, as an ellipsoid with the mesh on it; the rest stands still."""
    PASTED = "pasted"
    """Only the face inside its oval, blended into the still picture."""
    WHOLE = "whole"
    """A smooth field that hardly fades: the background moves with the head."""


@dataclass(frozen=True, slots=True)
class PuppetPose:
    """A pose of a puppet: degrees of yaw (to the picture's right) and pitch (up), size, pixels of sway.

    `lids` is how far the eyes are closed, 0 to 1.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    nearer: float = 1.0
    lids: float = 0.0
    sway: tuple[float, float] = (0.0, 0.0)


class Puppet:
    """One photo, `points` of the mesh in its pixels, and the way in which it is warped."""

    def __init__(self, picture: Picture, points: Points, warp: Warp) -> None:
        self._picture, self._points, self._warp = picture, points, warp
        self._made: dict[PuppetPose, Picture] = {}
        oval = points[list(OVAL), :2]
        self._middle = oval.mean(axis=0)
        self._height = float(np.ptp(oval[:, 1]))
        self._depth_of_face = LinearNDInterpolator(points[:, :2], points[:, 2])
        self._axis = np.array([*self._middle, points[:, 2].mean() + _BEHIND * self._height / 2])

    def posed(self, pose: PuppetPose) -> Picture:
        """Return the photo warped to a pose, with a precision of half a degree."""
        turned = PuppetPose(_halved(pose.yaw), _halved(pose.pitch), round(pose.nearer, 2), pose.lids)
        if turned not in self._made:
            self._made[turned] = self._warped(turned)
        return self._swayed(self._made[turned], pose.sway)

    def _swayed(self, picture: Picture, sway: tuple[float, float]) -> Picture:
        height, width = picture.shape[:2]
        form = np.array([[1.0, 0.0, sway[0]], [0.0, 1.0, sway[1]]])
        shown: Picture = cv2.warpAffine(picture, form, (width, height), borderMode=cv2.BORDER_REFLECT)
        return shown

    def _warped(self, pose: PuppetPose) -> Picture:
        grid = self._grid()
        source = self._head_source(grid, pose) if self._warp is Warp.HEAD else self._mesh_source(grid, pose)
        if self._warp is Warp.PASTED:
            return self._pasted(self._remapped(source), pose)
        return self._remapped(source)

    def _grid(self) -> Points:
        """Return the places (n, 2) at which the warp is computed, row by row."""
        height, width = self._picture.shape[:2]
        ys, xs = np.mgrid[0 : height + _STEP : _STEP, 0 : width + _STEP : _STEP].astype(np.float64)
        return np.column_stack([xs.ravel(), ys.ravel()])

    def _remapped(self, source: Points) -> Picture:
        height, width = self._picture.shape[:2]
        rows, columns = -(-height // _STEP) + 1, -(-width // _STEP) + 1
        coarse = source.reshape(rows, columns, 2).astype(np.float32)
        form = np.array([[1 / _STEP, 0, 0], [0, 1 / _STEP, 0]])
        fine = cv2.warpAffine(coarse, form, (width, height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        shown: Picture = cv2.remap(self._picture, fine, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
        return shown

    # ---- where the points go

    def _turned(self, points: Points, pose: PuppetPose) -> Points:
        """Rotate points (n, 3) about the axis of the head, seen from far away; return (n, 2)."""
        turned = (points - self._axis) @ (about_x(pose.pitch) @ about_y(pose.yaw)).T
        moved: Points = turned[:, :2] * pose.nearer + self._axis[:2]
        return moved

    def _targets(self, pose: PuppetPose) -> Points:
        return self._turned(self._closed(pose.lids), pose)

    def _closed(self, lids: float) -> Points:
        """Lower the upper lids: as in such programs, the photo's own pixels cover the eye."""
        points = self._points.copy()
        for lower, upper in _EYES:
            down = np.interp(points[list(upper), 0], *_by_column(points[list(lower)]))
            points[list(upper), 1] += lids * (down - points[list(upper), 1])
        return points

    # ---- which place of the photo appears where

    def _mesh_source(self, grid: Points, pose: PuppetPose) -> Points:
        """Return the place of the photo (n, 2) that appears at each place of `grid`."""
        targets, places = self._targets(pose), self._points[:, :2]
        if self._warp in (Warp.FIELD, Warp.WHOLE, Warp.PASTED):
            return self._field_source(grid, targets, places)
        fixed = self._ring() if self._warp is Warp.RING else self._corners()
        to, of = np.vstack([targets, fixed]), np.vstack([places, fixed])
        source: Points = LinearNDInterpolator(to, of)(grid)
        outside = np.isnan(source[:, 0])
        source[outside] = grid[outside]
        return source

    def _ring(self) -> Points:
        oval = self._points[list(OVAL), :2]
        return np.vstack([self._middle + 1.45 * (oval - self._middle), self._corners()])

    def _corners(self) -> Points:
        height, width = self._picture.shape[:2]
        across, down = np.linspace(0, width, 5), np.linspace(0, height, 5)
        edge = [(x, y) for x in across for y in down if x in {0, width} or y in {0, height}]
        return np.array(edge, np.float64)

    def _field_source(self, grid: Points, targets: Points, places: Points) -> Points:
        """Follow the nearest points of the mesh, weighted by distance, and fade outside the face."""
        shift = places[::3] - targets[::3]
        across, down = (grid[:, axis, np.newaxis] - targets[np.newaxis, ::3, axis] for axis in (0, 1))
        near = across**2 + down**2
        nearest = near.min(axis=1, keepdims=True)
        width = 0.04 * self._height
        weight = np.exp(-(near - nearest) / (2 * width**2))
        moved = (weight @ shift) / weight.sum(axis=1, keepdims=True)
        reach = (3.0 if self._warp is Warp.WHOLE else 0.45) * self._height
        fade = np.exp(-nearest / (2 * reach**2))
        source: Points = grid + moved * fade
        return source

    def _pasted(self, moved: Picture, pose: PuppetPose) -> Picture:
        mask = np.zeros(self._picture.shape[:2], np.uint8)
        oval = self._targets(pose)[list(OVAL)]
        cv2.fillPoly(mask, [oval.round().astype(np.int32)], 255)
        soft = cv2.GaussianBlur(mask, (0, 0), 0.03 * self._height)[..., None] / 255.0
        mixed: Picture = (moved * soft + self._picture * (1 - soft)).astype(np.uint8)
        return mixed

    def _head_source(self, grid: Points, pose: PuppetPose) -> Points:
        """Warp by the depth of an ellipsoid that carries the mesh; a few rounds invert the movement."""
        source = grid.copy()
        for _ in range(4):
            depth, weight = self._head_depth(source)
            moved = self._turned(np.column_stack([source, depth]), pose) - source
            source = grid - moved * weight[:, None]
        return source

    def _head_depth(self, places: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return depth and share of the movement at each place: all of it on the head, none far outside."""
        across = (places[:, 0] - self._middle[0]) / (_HEAD_ACROSS * self._height)
        down = (places[:, 1] - self._middle[1] + 0.1 * self._height) / (_HEAD_DOWN * self._height)
        radius = np.sqrt(across**2 + down**2)
        ball = self._axis[2] - _BEHIND * self._height * np.sqrt(np.clip(1 - radius**2, 0, 1))
        face = self._depth_of_face(places)
        inside = np.isnan(face)
        face[inside] = ball[inside]
        return face, np.clip((1.25 - radius) / 0.35, 0, 1)


def _halved(degrees: float) -> float:
    return round(2 * degrees) / 2


def _by_column(points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    order = points[:, 0].argsort()
    return points[order, 0], points[order, 1]
