"""Identity over rests and movements, on synthetic embeddings."""

import numpy as np
import pytest

from face.liveness.similarity import MovementEmbeddings, recognise
from face.values import Reason

THRESHOLD = 0.46


def vector_like(base, cosine, seed):
    """Make a unit vector at this cosine to the unit vector `base`."""
    other = np.random.default_rng(seed).normal(size=base.size)
    other -= (other @ base) * base
    vector = cosine * base + np.sqrt(1 - cosine**2) * other / np.linalg.norm(other)
    return vector.astype(np.float32)


ME = vector_like(np.eye(128, dtype=np.float32)[0], 1.0, 1)
OTHER = vector_like(ME, 0.1, 99)
RESTS = [vector_like(ME, 0.95, seed) for seed in (1, 2, 3)]
TURNED, BOWED, FAR_BACK = vector_like(ME, 0.7, 4), vector_like(ME, 0.6, 5), vector_like(ME, 0.33, 6)


def reason_for(rests, *movements, enrolled=ME):
    return recognise(rests, movements, enrolled, THRESHOLD).reason


def test_enrolled_person_in_all_frames_passes():
    assert reason_for(RESTS, MovementEmbeddings(TURNED), MovementEmbeddings(BOWED)) is Reason.OK


def test_another_person_in_all_frames_is_a_mismatch():
    assert reason_for(RESTS, MovementEmbeddings(TURNED), enrolled=OTHER) is Reason.MISMATCH


@pytest.mark.parametrize("place", [0, 1, 2])
def test_another_person_in_any_rest_is_a_person_change(place):
    rests = [*RESTS[:place], OTHER, *RESTS[place + 1 :]]
    assert reason_for(rests, MovementEmbeddings(TURNED)) is Reason.PERSON_CHANGED


@pytest.mark.parametrize("begun", [None, OTHER, TURNED], ids=["at once", "from the start", "on the way"])
def test_another_person_in_a_movement_is_a_person_change(begun):
    assert (
        reason_for(RESTS, MovementEmbeddings(TURNED), MovementEmbeddings(OTHER, begun))
        is Reason.PERSON_CHANGED
    )


def test_head_bent_far_back_is_recognised_by_the_start_of_its_movement():
    assert reason_for(RESTS, MovementEmbeddings(FAR_BACK, TURNED)) is Reason.OK
    assert reason_for(RESTS, MovementEmbeddings(FAR_BACK)) is Reason.PERSON_CHANGED


def test_scores_report_the_lowest_similarities():
    likeness = recognise(
        RESTS, [MovementEmbeddings(TURNED), MovementEmbeddings(FAR_BACK, BOWED)], ME, THRESHOLD
    )
    assert likeness.alike == pytest.approx(min(float(a @ b) for a in RESTS for b in RESTS), abs=0.02)
    assert likeness.moved == pytest.approx(0.6, abs=0.05)
    assert likeness.score > 0.95
