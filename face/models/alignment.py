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
"""Where the five points lie in a crop of 112 × 112: `arcface_dst` of insightface (MIT, see NOTICE)."""


def align(picture: Picture, points: NDArray[np.float32]) -> Picture:
    """Cut a face out upright, 112 × 112, with its five points (5, 2) where ArcFace networks expect them.

    It equals `insightface.utils.face_align.norm_crop`, which calls a function that scikit-image deprecated.
    """
    from skimage.transform import SimilarityTransform  # noqa: PLC0415 - 0.5 s, only where it is used

    form = SimilarityTransform.from_estimate(points, _ARCFACE)
    if not form:
        return np.zeros((112, 112, 3), np.uint8)
    crop: Picture = cv2.warpAffine(picture, form.params[:2], (112, 112))
    return crop
