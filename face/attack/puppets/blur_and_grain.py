"""Lays blur or grain over a picture, as a person who makes a puppet would while it moves."""

from dataclasses import dataclass

import cv2
import numpy as np

from face.values import Picture


@dataclass(frozen=True, slots=True)
class BlurAndGrain:
    """Blur and grain over a picture: their standard deviations, in pixels and in grey values."""

    blur: float = 0.0
    grain: float = 0.0

    def over(self, picture: Picture, at: float) -> Picture:
        """Return the picture with both at `at` seconds; the grain differs at every moment."""
        soft = cv2.GaussianBlur(picture, (0, 0), self.blur) if self.blur else picture
        noise = np.random.default_rng(round(at * 1000)).standard_normal(picture.shape[:2]) * self.grain
        grainy: Picture = np.clip(soft + noise[..., None], 0, 255).astype(np.uint8)
        return grainy
