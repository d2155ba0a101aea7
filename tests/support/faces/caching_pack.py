"""A pack that runs its networks once per picture: the tests use the same few hundred again and again."""

import copy
import functools
import hashlib
from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from face.models import pack_loader


@functools.cache
def fresh_pack():
    """Load a pack without the cache, for tests of repetition, threads and a busy pool."""
    return pack_loader._opencv_zoo.__wrapped__()


def cache_results(pack):
    """Return a pack whose networks cache their result for each picture."""
    mesh = copy.copy(pack.mesh)
    mesh.points = _remembered(pack.mesh.points)
    return replace(
        pack,
        detector=SimpleNamespace(detect=_remembered(pack.detector.detect)),
        guide=SimpleNamespace(detect=_remembered(pack.guide.detect)),
        embedder=SimpleNamespace(embed=_remembered(pack.embedder.embed), length=pack.embedder.length),
        mesh=mesh,
    )


def _remembered(look):
    known = {}

    def once(picture, *faces):
        places = [(face.left, face.top, face.width, face.height, face.points.tobytes()) for face in faces]
        key = (picture.shape, hashlib.sha256(np.ascontiguousarray(picture).data).digest(), *places)
        if key not in known:
            known[key] = _fixed(look(picture, *faces))
        return known[key]

    return once


def _fixed(answer):
    """Make shared results read-only: an array, or the points of faces."""
    for array in [answer] if isinstance(answer, np.ndarray) else [face.points for face in answer or ()]:
        array.flags.writeable = False
    return answer
