"""Tries attacks as pictures: scenes become JPEG frames of a cheap phone and pass the whole live check."""

from dataclasses import dataclass, field
from random import Random

import cv2
import numpy as np

from face.attack.filmed.frame import Frame
from face.attack.footage import SIDE
from face.attack.puppets.transplant import WHOLE_FACE, transplanted
from face.attack.scene import Scene
from face.attack.shapes import middle_of
from face.attack.surface import Surface, photographed
from face.attack.ticket import CheckAnswer
from face.liveness.challenge import Challenge
from face.liveness.live_check import LiveCheck
from face.liveness.movements import Action
from face.liveness.walk_state import Prompt
from face.values import Picture, Verdict


@dataclass(frozen=True, slots=True)
class Camera:
    """A phone in a room: light (gain, gamma), blur and noise (standard deviations), JPEG quality, crop.

    `crop` is the part of the frame that remains, `aside` its distance from the middle (shares).
    """

    gain: float = 1.0
    gamma: float = 1.0
    blur: float = 0.0
    noise: float = 2.0
    quality: int = 85
    crop: float = 1.0
    aside: tuple[float, float] = (0.0, 0.0)
    random: np.random.Generator = field(default_factory=np.random.default_rng)

    @staticmethod
    def drawn(random: Random) -> "Camera":
        """Draw a camera as found in living rooms."""
        return Camera(
            gain=random.uniform(0.55, 1.3),
            gamma=random.uniform(0.8, 1.25),
            blur=random.uniform(0.0, 1.3),
            noise=random.uniform(1.0, 6.0),
            quality=random.randint(40, 92),
            crop=random.uniform(0.86, 1.0),
            aside=(random.uniform(-0.05, 0.05), random.uniform(-0.05, 0.05)),
            random=np.random.default_rng(random.getrandbits(32)),
        )

    def taken(self, picture: Picture) -> bytes:
        """Return the JPEG of one moment; no two are equal, even of a still scene."""
        lit = cv2.LUT(self._cropped(picture), self._light())
        if self.blur > 0.2:
            lit = cv2.GaussianBlur(lit, (0, 0), self.blur)
        part = SIDE // 4
        noise = self.random.standard_normal((part, part, 3)).astype(np.float32) * self.noise
        noisy = lit.reshape(4, part, 4, part, 3) + noise[:, np.newaxis]  # the same in each of 16 parts
        seen = np.clip(noisy, 0, 255, out=noisy).astype(np.uint8).reshape(lit.shape)
        return cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, self.quality])[1].tobytes()

    def _light(self) -> Picture:
        levels = 255 * np.clip(self.gain * (np.arange(256) / 255) ** self.gamma, 0, 1)
        return levels.astype(np.uint8)

    def _cropped(self, picture: Picture) -> Picture:
        side = self.crop * SIDE
        left, top = ((SIDE - side) / 2 + share * SIDE for share in self.aside)
        form = np.array([[1 / self.crop, 0, -left / self.crop], [0, 1 / self.crop, -top / self.crop]])
        cropped: Picture = cv2.warpAffine(picture, form, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
        return cropped


def rendered(scene: Scene, at: float) -> Picture:
    """Render what is in front of the camera."""
    picture = _acted(scene)
    if scene.blur_and_grain is not None:
        picture = scene.blur_and_grain.over(picture, at)
    if scene.second is not None:
        picture = _beside(picture, scene.second.picture)
    if scene.nearer != 1.0:
        picture = _nearer(picture, scene.nearer)
    if scene.display is not None:
        picture = scene.display.showing(picture, at)
    return picture if scene.surface is None else _held(picture, scene.frame, scene.surface)


def _acted(scene: Scene) -> Picture:
    """Return the picture of the scene's frame, moved as a puppet or with another face on it."""
    if scene.warped is not None:
        return scene.warped.puppet.posed(scene.warped.pose)
    if scene.face is not None:
        return transplanted(scene.frame, scene.face, WHOLE_FACE)
    return scene.frame.picture


def _held(picture: Picture, frame: Frame, surface: Surface) -> Picture:
    if frame.shape is None:
        return picture
    return photographed(picture, surface, *middle_of(frame.shape))


def _nearer(picture: Picture, scale: float) -> Picture:
    form = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), 0, scale)
    near: Picture = cv2.warpAffine(picture, form, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
    return near


def _beside(picture: Picture, other: Picture) -> Picture:
    """Put the middle halves of two pictures side by side."""
    quarter = SIDE // 4
    return np.hstack([picture[:, quarter : 3 * quarter], other[:, quarter : 3 * quarter]])


class PictureCheck:
    """The live check itself, fed with a camera's pictures of the scenes."""

    def __init__(self, check: LiveCheck, camera: Camera) -> None:
        self._check, self._camera = check, camera
        self._last: bytes = b""

    @property
    def is_forgivable(self) -> bool:
        """Whether the check ended in a way that allows another challenge."""
        return self._check.is_forgivable

    @property
    def unreached(self) -> Action | None:
        """The movement that stayed too small until the end."""
        return self._check.unreached

    def restart(self, challenge: Challenge, at: float) -> None:
        """Begin again with another challenge."""
        self._check.restart(challenge, at)

    def see(self, scene: Scene, at: float) -> CheckAnswer:
        """Take a picture of the scene and send it; send the same picture again if the scene is the same."""
        if not (scene.same and self._last):
            self._last = self._camera.taken(rendered(scene, at))
        answer = self._check.see(self._last, at)
        if isinstance(answer, Verdict):
            return answer.reason
        return answer if isinstance(answer, Prompt) else None
