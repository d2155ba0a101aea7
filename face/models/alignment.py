"""Cuts faces out as embedders expect them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from face.values import Picture

_ARCFACE = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ],
    np.float32,
)
"""Positions of the five points in a crop of 112 × 112: `arcface_dst` of insightface (MIT, see NOTICE)."""
_PLANE = np.array([1, 1j])
"""Turns points into complex numbers, for which one factor is a rotation with a scale."""


def align(picture: Picture, points: NDArray[np.float32]) -> Picture:
    """Cut a face out upright, 112 × 112, with its five points (5, 2) where ArcFace networks expect them.

    It equals `insightface.utils.face_align.norm_crop`: the least-squares rotation, scale and shift. Points on
    one spot give a black crop.
    """
    here, there = points @ _PLANE, _ARCFACE @ _PLANE
    middle, target = here.mean(), there.mean()
    spread = np.vdot(here - middle, here - middle).real
    if spread == 0:
        return np.zeros((112, 112, 3), np.uint8)
    turn = np.vdot(here - middle, there - target) / spread
    shift = target - turn * middle
    form = np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])
    crop: Picture = cv2.warpAffine(picture, form, (112, 112))
    return crop
