"""Turns a picture into the observation of a walk, and into a key frame for the comparison at the end."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.observation import Box, Observation
from face.models.alignment import align
from face.models.mesh import five_of
from face.models.pack import Pack
from face.quality import SELFIE, light, main_face, pose
from face.values import Face, Picture, Reason

BLACK = 10.0
"""Mean of every channel below which a picture shows nothing: a muted or covered camera, maybe with noise."""

Reopen = Callable[[], Picture | Reason]
"""Decodes a frame again, at the deciding size."""


@dataclass(frozen=True, slots=True, eq=False)
class AnalysedFrame:
    """A picture at guiding size, its main face (None if there is none), and its observation."""

    picture: Picture = field(repr=False)
    face: Face | None
    seen: Observation


@dataclass(frozen=True, slots=True, eq=False)
class KeyFrame:
    """A frame to be compared, with the five points and the box found in it when its long side was `side`."""

    reopen: Reopen = field(repr=False)
    points: NDArray[np.float32] = field(repr=False)
    side: int
    box: Box


def analyse(pack: Pack, picture: Picture, at: float) -> AnalysedFrame:
    """Find and measure the main face of a picture at guiding size, taken at `at` seconds."""
    faces = pack.guiding.detect(picture)
    height, width = picture.shape[:2]
    digest = _digest(picture)
    if not faces:
        return AnalysedFrame(picture, None, Observation(at, None, None, 0, (width, height), digest))
    face = main_face(faces)
    box = (face.left, face.top, face.width, face.height)
    rivals = sum(other.width >= SELFIE.rival * face.width for other in faces)
    shape = pack.mesh.shape(picture, face)
    return AnalysedFrame(picture, face, Observation(at, shape, box, rivals, (width, height), digest))


def _digest(picture: Picture) -> bytes:
    """Hash a picture; all black pictures are the same, so that noise does not count as a new picture."""
    if max(cv2.mean(picture)) < BLACK:
        return b"black"
    return hashlib.sha256(np.ascontiguousarray(picture).data).digest()


def keep(key_frames: KeyFrames[KeyFrame], moment: Moment, frame: AnalysedFrame, reopen: Reopen) -> None:
    """Keep a frame with one face that shows a rest or a movement.

    Faces are counted as the walk counts them, so a small face in the background loses no frame.
    """
    shape, box, side = frame.seen.shape, frame.seen.box, max(frame.picture.shape[:2])
    if frame.face is None or shape is None or box is None or frame.seen.faces != 1 or not moment.counts:
        return
    if moment.resting:
        key_frames.add_rest(
            moment, KeyFrame(reopen, frame.face.points, side, box), _rank(frame.picture, frame.face)
        )
    else:  # on a turned head the mesh places the points better than the detector
        key_frames.add_movement(moment, KeyFrame(reopen, five_of(shape).astype(np.float32), side, box))


def _rank(picture: Picture, face: Face) -> float:
    """Rank a frame of a rest by sharpness, reduced by any turn."""
    return light(align(picture, face.points))[1] * (1 - min(1.0, 2 * abs(pose(face)[0])))
