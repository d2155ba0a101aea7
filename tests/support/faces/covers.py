"""Draws masks, a scarf or a hand over the lower half of a face."""

import cv2
import numpy as np

from face import load_pack
from face.quality import main_face

_OUTLINE = np.array(
    [(22, 60), (40, 66), (56, 58), (72, 66), (90, 60), (92, 85), (80, 112), (56, 122), (32, 112), (20, 85)]
)
"""From the cheeks over the nose to under the chin, in pixels of the aligned crop."""
_EYES = np.array([(38.3, 51.7), (73.5, 51.5)])
"""Where the eyes are in that crop."""
COVERS = {
    "a blue mask": (205, 180, 120),
    "a white mask": (235, 235, 235),
    "a black mask": (30, 28, 26),
    "a red scarf": (60, 50, 170),
    "a hand": (140, 165, 205),
}
"""Colours, BGR."""


def draw_cover(picture, colour):
    """Cover the lower half of the main face."""
    points = main_face(load_pack("opencv-zoo").detector.detect(picture)).points[:2].astype(np.float32)
    form, _ = cv2.estimateAffinePartial2D(_EYES.astype(np.float32), points)
    outline = _OUTLINE @ form[:, :2].T + form[:, 2]
    hidden = picture.copy()
    cv2.fillPoly(hidden, [outline.round().astype(np.int32)], colour, cv2.LINE_AA)
    folds = np.random.default_rng(3).normal(0, 4, picture.shape)
    return np.clip(np.where(hidden == picture, picture, hidden + folds), 0, 255).astype(np.uint8)
