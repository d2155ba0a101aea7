"""Decides whether a mask, a scarf or a hand hides the lower half of a face.

None of the packaged networks knows masks, but the embedder shows them: if mouth and chin are visible, its
vector changes when they are blurred; if they are hidden, blurring removes nothing. docs/decisions/0020 has
the measurements.
"""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from face.models.pack import Pack
from face.values import Picture, Vector

_MIDDLE, _REACH = (56, 94), (34, 28)
"""The ellipse around mouth and chin in the aligned 112 × 112 crop."""
_EDGE, _BLUR = 3.0, 12.0
"""Standard deviations in pixels: of the soft edge, and of the blur, which leaves light and colour."""


def is_covered(pack: Pack, crop: Picture, embedding: Vector) -> bool:
    """Decide for an aligned crop and its embedding; False for packs whose bound was not measured."""
    if pack.covered is None:
        return False
    return float(pack.embedder.embed(_hidden(crop)) @ embedding) > pack.covered


def _hidden(crop: Picture) -> Picture:
    """Blur the lower half of a face."""
    share = _ellipse()
    hidden: Picture = (crop * (1 - share) + cv2.GaussianBlur(crop, (0, 0), _BLUR) * share).astype(np.uint8)
    return hidden


@cache
def _ellipse() -> NDArray[np.float32]:
    """Return the share of each pixel that is blurred, 0–1, shape (112, 112, 1)."""
    drawn = cv2.ellipse(np.zeros((112, 112), np.float32), _MIDDLE, _REACH, 0, 0, 360, 1.0, -1)
    share: NDArray[np.float32] = cv2.GaussianBlur(drawn, (0, 0), _EDGE)[..., np.newaxis]
    return share
