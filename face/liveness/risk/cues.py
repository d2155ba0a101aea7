"""Measures what differs between two moments of one face beyond what moving one picture can show.

A picture that is turned, tilted, bent or warped shows the same pixels at every moment, in other places. A
smooth map takes one view of it to the other, and optical flow follows the remainder as easily forwards as
backwards. A head hides some skin and reveals other skin, its lighting changes, its eyes are alive: there the
two flows contradict each other. Forward and backward flow were compared first to find occlusions (Sundaram et
al., "Dense Point Trajectories by GPU-accelerated Large Displacement Optical Flow", 2010).
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from face.liveness.risk.view import SIDE, FaceView, Grey, Mask

OpticalFlow = NDArray[np.float32]
"""Shape (`SIDE`, `SIDE`, 2): pixels right and down, from the earlier view to the later one."""
Bytes = NDArray[np.uint8]

_SPREAD = 12.0
"""Standard deviation in pixels over which light and contrast are evened out before the flow."""
_CONTRAST, _FLAT = 40.0, 9.0
"""Grey values of one standard deviation then; the variance added so that flat skin does not amplify noise."""
_FINE, _COARSE, _LOCAL, _STILL = 0.8, 5.0, 6.0, 4.0
"""Standard deviations in pixels: of the band of texture (two), of its local strength; the variance added."""
_SCALES = (0.8, 3.2, 6.4)
"""Standard deviations in pixels: fine texture is under the first, coarser texture between the other two."""
_GREY = 0.1
"""Grey values added to both, so that an even picture has a fineness."""
_STEP, _ROUNDS = 3, 4
"""Pixels between the places to which the smooth map is fitted, and rounds of reweighted least squares."""
_LEAST_PLACES = 60
"""A map of six coefficients needs a face, not a corner of one."""
_FURTHEST = 20.0
"""Maximum pixels by which the smooth map may move, so that it stays plausible next to the face."""
_ROWS, _COLUMNS = np.mgrid[:SIDE, :SIDE].astype(np.float32)
_X, _Y = ((axis[::_STEP, ::_STEP] - SIDE / 2) / (SIDE / 4) for axis in (_COLUMNS, _ROWS))
_TERMS = np.stack([np.ones_like(_X), _X, _Y, _X * _X, _X * _Y, _Y * _Y], axis=2).astype(np.float64)
"""1, x, y, x², xy and y² at every `_STEP` pixels, in units of about half a face."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """What is left between two views after a smooth map and optical flow; near 0 for a moved picture.

    `round_trip` is the median distance, in pixels of a view, between a place of the skin and the end of the
    flow to the later view and back. `eyes` and `skin` are squared differences of texture of unit strength:
    the mean round the eyes, and the median on forehead, nose and cheeks. `sharper` is the natural logarithm
    of how much finer texture the later view has than the earlier one, each against its coarser texture: 0
    alike, less for a blurred view, more for a grainy one.
    """

    round_trip: float
    eyes: float
    skin: float
    sharper: float = 0.0

    def beyond(self, noise: float) -> "Unexplained":
        """Return the same less the difference of skin at rest."""
        return replace(self, skin=max(self.skin - noise, 0.0))


NOTHING = Unexplained(0.0, 0.0, 0.0)
"""Too little of a face was in both views to be compared."""


def unexplained(earlier: FaceView, later: FaceView) -> Unexplained:
    """Compare two views of one capture that were cut from the same place; it takes about 15 ms."""
    eyes, skin = earlier.eyes(), earlier.skin()
    solid = earlier.face() & ~earlier.mouth()
    if np.count_nonzero(solid[::_STEP, ::_STEP]) < _LEAST_PLACES or not (skin.any() and eyes.any()):
        return NOTHING
    onto = _evened(earlier.grey)
    plane = _as_a_plane(earlier, later)
    moved = _warped(plane, _smooth(*_there_and_back(onto, _evened(plane)), solid))
    there, away = _there_and_back(onto, _evened(moved))
    difference = (_texture(earlier.grey) - _texture(_warped(moved, there))) ** 2
    return Unexplained(
        round_trip=float(np.median(away[solid & ~eyes])),
        eyes=float(difference[eyes].mean()),
        skin=float(np.median(difference[skin])),
        sharper=_fineness(later) - _fineness(earlier),
    )


def _fineness(view: FaceView) -> float:
    """Return the natural logarithm of the strength of fine texture over that of coarser texture."""
    face = view.face()
    less, coarse, coarser = (cv2.GaussianBlur(view.grey, (0, 0), spread) for spread in _SCALES)
    fine, broad = (view.grey - less)[face].std(), (coarse - coarser)[face].std()
    return float(np.log((fine + _GREY) / (broad + _GREY)))


def _as_a_plane(earlier: FaceView, later: FaceView) -> Grey:
    """Return the later view by the affine map that fits the points best."""
    at = np.column_stack([earlier.points[:, :2], np.ones(len(earlier.points))])
    form = np.linalg.lstsq(at, later.points[:, :2], rcond=None)[0].T
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(later.grey, form, (SIDE, SIDE), flags=how, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32)


def _smooth(flow: OpticalFlow, away: Grey, where: Mask) -> OpticalFlow:
    """Return the map of second degree that follows the flow on a face, as a tilted or bent print has it."""
    places = where[::_STEP, ::_STEP]
    terms, wanted = _TERMS[places], flow[::_STEP, ::_STEP][places]
    trusted = 1 / (1 + away[::_STEP, ::_STEP][places] ** 2)
    weight = trusted
    for _ in range(_ROUNDS):
        root = np.sqrt(weight)[:, None]
        fitted = np.linalg.lstsq(terms * root, wanted * root, rcond=None)[0]
        weight = trusted / (1 + ((wanted - terms @ fitted) ** 2).sum(axis=1))
    coarse = np.clip(_TERMS @ fitted, -_FURTHEST, _FURTHEST).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), np.float32)


def _there_and_back(onto: Bytes, other: Bytes) -> tuple[OpticalFlow, Grey]:
    """Return the flow to another picture, and how far from its start each place ends after flowing back."""
    there, back = _flow(onto, other), _flow(other, onto)
    return there, np.asarray(np.linalg.norm(there + _warped(back, there), axis=2), np.float32)


def _flow(onto: Bytes, other: Bytes) -> OpticalFlow:
    """Follow the pixels of one picture into another (Kroeger et al., "Fast Optical Flow using DIS", 2016)."""
    found = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(
        onto, other, np.zeros((0,), np.float32)
    )
    return np.asarray(found, np.float32)


def _warped(what: NDArray[np.float32], flow: OpticalFlow) -> NDArray[np.float32]:
    """Return `what` as seen from the earlier view."""
    across, down = _COLUMNS + flow[..., 0], _ROWS + flow[..., 1]
    seen = cv2.remap(what, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32)


def _evened(grey: Grey) -> Bytes:
    """Even out light and contrast, so that a lamp or a camera's exposure does not count as movement."""
    middle = cv2.GaussianBlur(grey, (0, 0), _SPREAD)
    spread = np.sqrt(cv2.GaussianBlur((grey - middle) ** 2, (0, 0), _SPREAD) + _FLAT)
    return np.asarray(np.clip(128 + _CONTRAST * (grey - middle) / spread, 0, 255), np.uint8)


def _texture(grey: Grey) -> Grey:
    band = cv2.GaussianBlur(grey, (0, 0), _FINE) - cv2.GaussianBlur(grey, (0, 0), _COARSE)
    return np.asarray(band / np.sqrt(cv2.GaussianBlur(band**2, (0, 0), _LOCAL) + _STILL), np.float32)
