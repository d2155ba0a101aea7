"""Renders a picture as a camera sees it on a second screen: moiré, glare, gamma, and maybe its border."""

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from face.values import Picture


@dataclass(frozen=True, slots=True)
class Display:
    """A screen that shows a picture; the defaults describe a bright phone with its border in view.

    `gain`, `gamma` and `black` describe its light (shares of full white). `moire` is the amplitude of the
    stripes, `pitch` their frequency in radians per pixel, `slant` their angle. `glare` is the strength of a
    reflection at `where` (shares of the picture). `blur` is the camera's focus blur, in pixels.
    """

    gain: float = 0.92
    gamma: float = 1.0
    black: float = 0.024
    moire: float = 0.02
    pitch: float = 1.81
    slant: float = 0.22
    glare: float = 0.35
    where: tuple[float, float] = (0.25, 0.2)
    blur: float = 0.0
    bezel: bool = True

    @staticmethod
    def drawn(random: Random) -> "Display":
        """Draw a screen whose border is out of view, held as steadily as people can hold one."""
        return Display(
            gain=random.uniform(0.75, 1.0),
            gamma=random.uniform(0.8, 1.3),
            black=random.uniform(0.0, 0.06),
            moire=random.uniform(0.0, 0.05),
            pitch=random.uniform(0.3, 2.2),
            slant=random.uniform(0.0, 1.5),
            glare=random.uniform(0.0, 0.3),
            where=(random.random(), random.random()),
            blur=random.uniform(0.4, 1.1),
            bezel=False,
        )

    def showing(self, picture: Picture, at: float) -> Picture:
        """Return what a camera sees of the screen at `at` seconds; stripes and glare wander with the hand."""
        height, width = picture.shape[:2]
        ys, xs = np.mgrid[:height, :width].astype(np.float32)
        lit = (picture.astype(np.float32) / 255) ** self.gamma * self.gain + self.black
        along = xs * np.cos(self.slant) + ys * np.sin(self.slant)
        lit *= 1 + self.moire * np.sin(along * self.pitch + at)[..., None]
        across = (xs / width - self.where[0] - 0.05 * np.sin(at)) / 0.125
        down = (ys / height - self.where[1]) / 0.29
        lit += self.glare * np.exp(-(across**2) - down**2)[..., None]
        seen: Picture = (np.clip(lit, 0, 1) * 255).astype(np.uint8)
        if self.blur:
            seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), self.blur), np.uint8)
        if self.bezel:
            cv2.rectangle(seen, (0, 0), (width - 1, height - 1), (14, 14, 14), width // 14)
        return seen
