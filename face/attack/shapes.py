"""Tries attacks as shapes and embeddings, without pictures, so that thousands of tries take seconds.

The attacker is assumed to be good: whatever the rules do not measure (how a screen looks, how a bent face
embeds) succeeds here. `face.attack.pictures` tries the same with pictures.
"""

import math
from random import Random

import numpy as np
from numpy.typing import NDArray

from face.attack.filmed.frame import Frame
from face.attack.footage import SIDE
from face.attack.puppets.warp import PuppetPose
from face.attack.scene import Scene
from face.attack.surface import Surface, about_x, about_y
from face.attack.ticket import CheckAnswer
from face.liveness.challenge import Challenge
from face.liveness.decision import LEAST_RESTS
from face.liveness.guided import is_forgivable, unreached, watch
from face.liveness.head_pose import camera_pose
from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.movements import Action
from face.liveness.observation import Box, Observation
from face.liveness.similarity import MovementEmbeddings, recognise
from face.liveness.walk_state import Finished, Hint, Prompt, begin
from face.models.mesh import RIGID, Shape, five_of
from face.values import Reason, Vector

NOISE = (0.4, 1.2)
"""Standard deviation of yaw and of pitch in degrees between frames of a camera (docs/decisions/0014)."""
SPREAD = (0.0, 0.35)
"""Length of the random part of an embedding, for similarities to itself of 1 down to 0.94."""

_MIDDLE = np.full(RIGID.stop, 1 / RIGID.stop)
"""Weights of the rigid points for the middle of a head."""
_EYES_TO_MOUTH = np.array([-1, -1, 0, 1, 1])


def middle_of(shape: Shape) -> tuple[NDArray[np.float64], float]:
    """Return middle (2,) and eye distance of a face in pixels, the units of a `Surface`."""
    five = five_of(shape)
    return five[[0, 1, 3, 4]].mean(axis=0), float(np.linalg.norm(five[1] - five[0]))


def placed(scene: Scene) -> tuple[Shape, Box] | None:
    """Return shape and box of the scene's face, in pixels of its picture; None if there is no face."""
    frame = scene.frame
    if frame.shape is None or frame.box is None:
        return None
    shape = _zoomed(frame.shape, scene.nearer)
    if scene.warped is not None:
        shape = posed(shape, scene.warped.pose)
    if scene.surface is not None:
        shape = on_sheet(shape, scene.surface)
    return shape, _boxed(frame, shape)


def on_sheet(shape: Shape, surface: Surface) -> Shape:
    """Move the points of a photo as the sheet is held; the depth that the network infers for it stays."""
    middle, eye = middle_of(shape)
    moved = surface.seen((shape[:, :2] - middle) / eye) * eye + middle
    return np.column_stack([moved, shape[:, 2]])


def _zoomed(shape: Shape, nearer: float) -> Shape:
    if nearer == 1.0:
        return shape
    middle = np.array([SIDE / 2, SIDE / 2, 0.0])
    zoomed: Shape = (shape - middle) * nearer + middle
    return zoomed


def posed(shape: Shape, pose: PuppetPose) -> Shape:
    """Move the points as a puppet that is read perfectly."""
    turned = trembling(shape, -pose.yaw, -pose.pitch)
    middle = _MIDDLE @ shape[RIGID]
    moved: Shape = (turned - middle) * pose.nearer + middle + [*pose.sway, 0.0]
    return moved


def trembling(shape: Shape, yaw: float, pitch: float) -> Shape:
    """Turn a head by a few degrees about its middle."""
    middle = _MIDDLE @ shape[RIGID]
    turned: Shape = (shape - middle) @ (about_y(-yaw) @ about_x(-pitch)).T + middle
    return turned


def _boxed(frame: Frame, shape: Shape) -> Box:
    """Move the box with the points: sized by the distance from eyes to mouth, placed by their middle."""
    assert frame.shape is not None and frame.box is not None  # noqa: S101, PT018 - checked by `placed`
    left, top, width, height = frame.box
    before, now = five_of(frame.shape), five_of(shape)
    scale = _drop(now) / max(_drop(before), 1e-9)
    across, down = ((now - before).sum(axis=0) / len(now)).tolist()
    middle = (left + width / 2 + across, top + height / 2 + down)
    return (middle[0] - width * scale / 2, middle[1] - height * scale / 2, width * scale, height * scale)


def _drop(five: NDArray[np.float64]) -> float:
    """Return the distance from the middle of the eyes to the middle of the mouth."""
    return math.hypot(*(_EYES_TO_MOUTH @ five).tolist()) / 2


class ShapeCheck:
    """The live check on shapes: `face.liveness.guided` and `similarity` decide, no network runs."""

    def __init__(self, enrolled: Vector, threshold: float, challenge: Challenge, random: Random) -> None:
        """Begin with a camera of random quality."""
        self._enrolled, self._threshold = enrolled, threshold
        self._noise, self._spread = random.uniform(*NOISE), random.uniform(*SPREAD)
        self._chance = np.random.default_rng(random.getrandbits(32))
        self._state, self._seen = begin(0.0), KeyFrames[Vector]()
        self.restart(challenge, 0.0)

    @property
    def is_forgivable(self) -> bool:
        """Whether the walk ended in a way that allows another challenge."""
        return is_forgivable(self._state)

    @property
    def unreached(self) -> Action | None:
        """The movement that stayed too small until the end."""
        return unreached(self._challenge, self._state)

    def restart(self, challenge: Challenge, at: float) -> None:
        """Begin again with another challenge; it must show the same person."""
        self._challenge, self._state = challenge, begin(at, self._state.neutral)
        self._seen = KeyFrames(self._seen.rests())

    def see(self, scene: Scene, at: float) -> CheckAnswer:
        """Take one scene into account."""
        seen, before = self._observed(scene, at), self._state.step
        self._state, response = watch(self._challenge, self._state, seen)
        if seen.faces == 1 and not isinstance(response, Hint):
            shown = scene.frame if scene.face is None else scene.face
            self._keep(Moment.of(self._challenge, before, self._state), shown.vector, seen)
        if isinstance(response, Finished) and response.reason is Reason.OK:
            return self._identity()
        if isinstance(response, Finished):
            return response.reason
        return response if isinstance(response, Prompt) else None

    def _observed(self, scene: Scene, at: float) -> Observation:
        digest = b"same" if scene.same else self._chance.bytes(8)
        where = placed(scene)
        if where is None:
            return Observation(at, None, None, 0, (SIDE, SIDE), digest)
        shape = trembling(where[0], *self._chance.normal(0, self._noise, 2))
        faces = 1 if scene.second is None else 2
        return Observation(at, shape, where[1], faces, (SIDE, SIDE), digest)

    def _keep(self, moment: Moment, vector: Vector | None, seen: Observation) -> None:
        """Keep what `LiveCheck` would keep; rests are ranked by yaw alone."""
        if vector is None or seen.shape is None or not moment.counts:
            return
        if moment.resting:
            self._seen.add_rest(moment, self._varied(vector), -abs(camera_pose(seen.shape)[0]))
        else:
            self._seen.add_movement(moment, self._varied(vector))

    def _identity(self) -> Reason:
        """Compare first, middle and last rest, and every movement."""
        rests = self._seen.rests()
        moves = [MovementEmbeddings(full, least) for full, least in self._seen.movements()]
        if len(rests) < LEAST_RESTS or len(moves) < self._challenge.movements:
            return Reason.NO_FACE
        return recognise(rests, moves, self._enrolled, self._threshold).reason

    def _varied(self, vector: Vector) -> Vector:
        chance = self._chance.normal(0, 1, vector.shape).astype(np.float32)
        moved = vector + np.float32(self._spread) * chance / np.linalg.norm(chance)
        varied: Vector = (moved / np.linalg.norm(moved)).astype(np.float32)
        return varied
