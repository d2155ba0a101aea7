"""Measures what differs between two moments of one face beyond what warping one picture can show.

A puppet, one photo that is warped to follow the prompts, shows at every moment the same pixels in other
places. A head that turns also changes how the light falls on it, hides some skin and shows other, and its
points move by its own depth, not by the depth that the network guesses. Analysis by synthesis: the later
view is warped back onto the earlier one, first by the mesh, then by dense optical flow (Kroeger et al., "Fast
Optical Flow using Dense Inverse Search", 2016), and what is left is measured.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from face.liveness.risk.view import SIDE, FaceView, Grey, Mask
from face.models.mesh import Points

Flow = NDArray[np.float32]
"""Shape (`SIDE`, `SIDE`, 2): pixels right and down, from the earlier view to the later one."""

_STEP = 6
"""Pixels between the places at which the mesh's movement is computed; it is interpolated between them."""
_SPREADS = ((0.8, 1.0), (3.0, 0.01))
"""Widths in steps, and weights, with which a point of the mesh moves its surroundings."""
_SOFT, _FINE, _COARSE, _LOCAL = 5.0, 0.8, 5.0, 6.0
"""Standard deviations in pixels: of shading; of the band of texture (two); of its local strength."""
_DARK, _FLAT = 8.0, 4.0
"""Grey values added so that dark skin and skin without texture do not magnify noise."""
_STRAY = 97.0
"""Percentile at which differences of shading are cut off: highlights and hair."""
_LEAST_POINTS = 4
"""A map of three columns fits three points without misfit."""
_ROWS, _COLUMNS = np.mgrid[:SIDE, :SIDE].astype(np.float32)


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What a warp leaves unexplained between two views; all near 0 for a puppet.

    `shading` is the spread of the change of light over the skin (natural logarithm). `texture` and `eyes` are
    mean squared differences of texture of unit strength, on the skin and round the eyes. `relief` is the
    distance of the points of the face from where any movement of the mesh in space takes them, in pixels of
    a view, root mean square.
    """

    shading: float
    texture: float
    eyes: float
    relief: float


@dataclass(frozen=True, slots=True, eq=False)
class _Explained:
    """Two views whose light is evened out: the earlier, the later one warped onto it, and the movement."""

    earlier: Grey = field(repr=False)
    later: Grey = field(repr=False)
    flow: Flow = field(repr=False)


def unexplained(earlier: FaceView, later: FaceView) -> Unexplained:
    """Compare two views of one capture that were cut from the same place; it takes about 20 ms."""
    face, eyes = earlier.face(), earlier.eyes()
    skin = face & ~eyes & ~earlier.mouth()
    found = _explained(earlier, later, skin)
    difference = (_texture(found.earlier) - _texture(found.later)) ** 2
    return Unexplained(
        shading=_shading(found, skin),
        texture=_mean(difference, skin),
        eyes=_mean(difference, eyes),
        relief=_relief(earlier.points, face, found.flow),
    )


def _explained(earlier: FaceView, later: FaceView, skin: Mask) -> _Explained:
    """Warp the later view by the mesh, then by the flow that the mesh leaves."""
    coarse = _mesh_flow(earlier.points, later.points)
    by_mesh = _warped(later.grey, coarse)
    if skin.any():  # a camera adapts its exposure
        exposure = float(np.median(earlier.grey[skin])) / max(float(np.median(by_mesh[skin])), 1.0)
        by_mesh *= np.float32(exposure)
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    left = np.asarray(
        flow.calc(_bytes(earlier.grey), _bytes(by_mesh), np.zeros((0,), np.float32)), np.float32
    )
    return _Explained(earlier.grey, _warped(by_mesh, left), left + _warped(coarse, left))


def _mesh_flow(earlier: Points, later: Points) -> Flow:
    """Spread the movement of the points over the view; beside the face it is that of the edge nearby."""
    count = SIDE // _STEP + 2
    columns, rows = np.clip((earlier[:, :2] / _STEP).round().astype(int), 0, count - 1).T
    given = np.zeros((count, count, 3), np.float32)
    np.add.at(given, (rows, columns), np.column_stack([(later - earlier)[:, :2], np.ones(len(earlier))]))
    spread = sum(weight * cv2.GaussianBlur(given, (0, 0), width) for width, weight in _SPREADS)
    coarse = spread[..., :2] / np.maximum(spread[..., 2:], 1e-9)
    form = np.array([[1 / _STEP, 0, 0], [0, 1 / _STEP, 0]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    fine = cv2.warpAffine(coarse, form, (SIDE, SIDE), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(fine, np.float32)


def _warped(what: NDArray[np.float32], flow: Flow) -> NDArray[np.float32]:
    """Return `what` as seen from the earlier view."""
    across, down = _COLUMNS + flow[..., 0], _ROWS + flow[..., 1]
    seen = cv2.remap(what, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32)


def _bytes(grey: Grey) -> NDArray[np.uint8]:
    return np.clip(grey, 0, 255).astype(np.uint8)


def _shading(found: _Explained, skin: Mask) -> float:
    change = _light(found.later)[skin] - _light(found.earlier)[skin]
    if not change.size:
        return 0.0
    off = np.abs(change - np.median(change))
    return float(np.sqrt(np.mean(np.minimum(off, np.percentile(off, _STRAY)) ** 2)))


def _light(grey: Grey) -> Grey:
    return np.asarray(np.log(cv2.GaussianBlur(grey, (0, 0), _SOFT) + _DARK), np.float32)


def _texture(grey: Grey) -> Grey:
    band = cv2.GaussianBlur(grey, (0, 0), _FINE) - cv2.GaussianBlur(grey, (0, 0), _COARSE)
    return np.asarray(band / np.sqrt(cv2.GaussianBlur(band**2, (0, 0), _LOCAL) + _FLAT), np.float32)


def _mean(difference: NDArray[np.float32], where: Mask) -> float:
    return float(difference[where].mean()) if where.any() else 0.0


def _relief(points: Points, face: Mask, flow: Flow) -> float:
    """Fit the 2 × 3 map from the mesh to where the flow takes its points, and return the misfit."""
    columns, rows = np.clip(points[:, :2].round().astype(int), 0, SIDE - 1).T
    inner = face[rows, columns]
    moved = points[inner, :2] + flow[rows[inner], columns[inner]]
    if len(moved) < _LEAST_POINTS:
        return 0.0
    centred, wanted = points[inner] - points[inner].mean(axis=0), moved - moved.mean(axis=0)
    form = np.linalg.lstsq(centred, wanted, rcond=None)[0]
    return float(np.sqrt(((wanted - centred @ form) ** 2).sum(axis=1).mean()))
