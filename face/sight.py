"""Turns a picture and the faces found in it into what the walks judge by."""

import hashlib

import numpy as np

from face.engine import Pack
from face.quality import SELFIE, main_face
from face.values import Face, Picture
from face.walk import Observation


def observed_in(pack: Pack, faces: tuple[Face, ...], picture: Picture, at: float) -> Observation:
    """Observe the main face of a picture at guiding size, taken at `at` seconds."""
    height, width = picture.shape[:2]
    digest = hashlib.blake2b(np.ascontiguousarray(picture).data, digest_size=16).digest()
    if not faces:
        return Observation(at, None, None, 0, (width, height), digest)
    face = main_face(faces)
    box = (face.left, face.top, face.width, face.height)
    rivals = sum(other.width >= SELFIE.rival * face.width for other in faces)
    return Observation(at, pack.mesh.shape(picture, face), box, rivals, (width, height), digest)
