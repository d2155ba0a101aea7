"""Turns a picture into what the walks judge by, and into what is kept of it to compare faces at the end."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.observation import Observation
from face.models.mesh import five_of
from face.models.packs import Pack, align
from face.quality import SELFIE, light, main_face, pose
from face.values import Face, Picture, Reason

Reopen = Callable[[], Picture | Reason]
"""Gives a frame once more, at the deciding size."""


@dataclass(frozen=True, slots=True, eq=False)
class AnalysedFrame:
    """A picture at guiding size, its main face, None where there is none, and what the walks see of it."""

    picture: Picture = field(repr=False)
    face: Face | None
    seen: Observation


@dataclass(frozen=True, slots=True, eq=False)
class KeyFrame:
    """A frame to be compared, and the five points found in it when its long side was `side` px."""

    reopen: Reopen = field(repr=False)
    points: NDArray[np.float32] = field(repr=False)
    side: int


def analyse(pack: Pack, picture: Picture, at: float) -> AnalysedFrame:
    """Find and read the main face of a picture at guiding size, taken at `at` seconds."""
    faces = pack.guiding.detect(picture)
    height, width = picture.shape[:2]
    digest = hashlib.sha256(np.ascontiguousarray(picture).data).digest()
    if not faces:
        return AnalysedFrame(picture, None, Observation(at, None, None, 0, (width, height), digest))
    face = main_face(faces)
    box = (face.left, face.top, face.width, face.height)
    rivals = sum(other.width >= SELFIE.rival * face.width for other in faces)
    shape = pack.mesh.shape(picture, face)
    return AnalysedFrame(picture, face, Observation(at, shape, box, rivals, (width, height), digest))


def keep(sightings: KeyFrames[KeyFrame], moment: Moment, sight: AnalysedFrame, reopen: Reopen) -> None:
    """Keep what a frame with one face shows of a rest or a movement.

    By the walk's own count: what counts as a step is kept, and a small face behind hides nothing.
    """
    shape, side = sight.seen.shape, max(sight.picture.shape[:2])
    if sight.face is None or shape is None or sight.seen.faces != 1 or not moment.counts:
        return
    if moment.resting:
        sightings.add_rest(
            moment, KeyFrame(reopen, sight.face.points, side), _worth(sight.picture, sight.face)
        )
    else:  # of a turned head the mesh knows the points better than the detector does
        sightings.add_movement(moment, KeyFrame(reopen, five_of(shape).astype(np.float32), side))


def _worth(picture: Picture, face: Face) -> float:
    """Rank a frame of a rest by sharpness, and less for every turn."""
    return light(align(picture, face.points))[1] * (1 - min(1.0, 2 * abs(pose(face)[0])))
