"""Defines a face pack: a detector and an embedder that belong together, with their thresholds."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from face.models.mesh import FaceMesh
from face.values import Face, Picture, Vector


class Passive(Protocol):
    """A second opinion on single pictures by the operator's model: a live face, or a picture of one."""

    @property
    def threshold(self) -> float:
        """The probability from which a picture counts as alive."""

    def score(self, picture: Picture, points: NDArray[np.float32]) -> float | None:
        """Return the probability 0–1 of life; None if there is too little around the face to judge."""


class Detector(Protocol):
    """Finds faces in a BGR picture, in the pixels of that picture."""

    def detect(self, picture: Picture) -> tuple[Face, ...]:
        """Return the faces found; an empty result is not an error."""


class Embedder(Protocol):
    """Computes a unit-length vector from an aligned 112 × 112 BGR crop."""

    @property
    def length(self) -> int:
        """The number of components of a vector."""

    def embed(self, crop: Picture) -> Vector:
        """Return the vector of the crop."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A detector and an embedder that belong together, with their thresholds.

    `sure` is the score of the detector below which its five points are unreliable. `mesh` reads shapes and is
    the same for all packs. `guide` is a faster detector for guiding frames, if there is one. `covered` is the
    bound of `covering.is_covered`, None if it was not measured.
    """

    name: str
    detector: Detector
    embedder: Embedder
    threshold: float
    sure: float
    mesh: FaceMesh
    guide: Detector | None = None
    covered: float | None = None

    @property
    def guiding(self) -> Detector:
        """The detector for guiding frames."""
        return self.guide or self.detector


def unit_vector(raw: NDArray[np.float32]) -> Vector:
    """Return an embedder's output as a vector of length one."""
    flat = np.asarray(raw, np.float32).ravel()
    return flat / max(np.linalg.norm(flat), np.float32(1e-9))
