"""Tells a recording that stands still from a person who sits still.

A codec makes each repeat of a picture a little different, so comparing pictures bit by bit does not find a
frozen camera. Over two seconds a frozen picture changes by less than 0.8 (MPEG-4, VP8 and VP9, key frames
included), and a man who sits still, on a stand, by 3.5.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from face.liveness.frame import AnalysedFrame
from face.values import Picture

MOST_REPEATED = 1.6
"""Mean difference in grey values of a coarse face, less its mean, up to which pictures are the same."""
_SIDE = 32
"""Pixels to which a face is shrunk: noise is smaller there, movement is not."""


class Standstill:
    """Measures the longest time for which the pictures stayed the same."""

    def __init__(self) -> None:
        self.longest = 0.0
        """Seconds from a picture to the last one that repeated it without a break."""
        self._first: AnalysedFrame | None = None

    def see(self, frame: AnalysedFrame) -> None:
        """Take the next picture into account."""
        if self._first is None or not _repeats(self._first, frame):
            self._first = frame
        self.longest = max(self.longest, frame.seen.at - self._first.seen.at)


def _repeats(first: AnalysedFrame, frame: AnalysedFrame) -> bool:
    change = _coarse(frame.picture, first) - _coarse(first.picture, first)
    return float(np.abs(change - change.mean()).mean()) <= MOST_REPEATED


def _coarse(picture: Picture, first: AnalysedFrame) -> NDArray[np.float32]:
    """Shrink the part where the face was at first; the entire picture if there was none."""
    rows, columns = picture.shape[:2]
    left, top, width, height = first.seen.box or (0, 0, columns, rows)
    part = picture[max(0, int(top)) : int(top + height), max(0, int(left)) : int(left + width)]
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    return np.asarray(cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA), np.float32)
