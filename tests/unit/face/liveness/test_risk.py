"""Cues that a warped photo cannot show give evidence for a head, and evidence adds up to a decision."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from face import Certainty, RiskProfile
from face.attack.pictures import Camera
from face.attack.puppets.blur_and_grain import BlurAndGrain
from face.attack.puppets.warp import Puppet, PuppetPose, Warp
from face.liveness.movements import Kind
from face.liveness.risk.cues import NOTHING, Unexplained, unexplained
from face.liveness.risk.decision import (
    MOST_AGAINST,
    MOST_EYES,
    NEEDED,
    SURE,
    MovementEvidence,
    RiskAssessment,
    RiskDecision,
    decide,
    evidence_of,
    total_evidence,
)
from face.liveness.risk.view import FACE_HEIGHT, SIDE, view_of
from face.models.mesh import OVAL
from face.quality import main_face
from tests.support.faces.head_model import seeded_random

HEAD = Unexplained(round_trip=0.6, eyes=0.65, skin=0.06)
"""Medians of real movements, and of puppets."""
PUPPET = Unexplained(round_trip=0.19, eyes=0.07, skin=0.008)


@pytest.fixture
def still(person):
    return person.rests[0]


def viewed(pack, picture, beside=None):
    """Photograph a picture with a camera and cut the face out."""
    taken = cv2.imdecode(
        np.frombuffer(Camera.drawn(seeded_random(6)).taken(picture), np.uint8), cv2.IMREAD_COLOR
    )
    face = main_face(pack.detector.detect(taken))
    return view_of(pack.mesh, taken, face, None if beside is None else beside.place)


def compared(pack, rest, moved):
    before = viewed(pack, rest)
    return unexplained(before, viewed(pack, moved, before))


@pytest.mark.slow
def test_view_shows_the_whole_face_at_a_fixed_size(pack, still):
    for picture in (still.picture, cv2.resize(still.picture, (300, 300))):
        view = viewed(pack, cv2.resize(picture, (480, 480)))
        oval = view.points[list(OVAL), :2]
        assert np.ptp(oval[:, 1]) == pytest.approx(FACE_HEIGHT, rel=0.01)
        assert 0 < oval.min() < oval.max() < SIDE
        assert not (view.skin() & (view.eyes() | view.mouth())).any()
        assert 0.2 < view.skin().sum() / view.face().sum() < 0.6


def test_two_pictures_of_one_moment_leave_no_difference(pack, still):
    left = compared(pack, still.picture, still.picture)
    assert left.round_trip < 0.05
    assert max(left.eyes, left.skin) < 0.01


@pytest.mark.parametrize("warp", [Warp.RING, Warp.CORNERS, Warp.FIELD, Warp.WHOLE])
@pytest.mark.parametrize(
    ("kind", "pose"),
    [(Kind.TURN, PuppetPose(yaw=28)), (Kind.NOD, PuppetPose(pitch=16))],
    ids=["turn", "nod"],
)
def test_warped_photo_gives_evidence_against_a_head(pack, still, warp, kind, pose):
    moved = Puppet(still.picture, still.points, warp).posed(pose)
    assert evidence_of(MovementEvidence(kind, compared(pack, still.picture, moved))) < 0


def bent(picture, depth):
    """Bend a print about its vertical centre line and photograph it with a wide lens from near."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    x, y = (columns - width / 2) / width, (rows - height / 2) / width
    nearer = 1 + depth * (x * x + 0.6 * x)
    across, down = (x * nearer + 0.5) * width, y * nearer * width + height / 2
    return cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


@pytest.mark.parametrize("depth", [0.1, 0.2, 0.3])
@pytest.mark.parametrize("kind", [Kind.TURN, Kind.NOD])
def test_tilted_and_bent_print_gives_evidence_against_a_head(pack, still, kind, depth):
    left = compared(pack, still.picture, bent(still.picture, depth))
    assert evidence_of(MovementEvidence(kind, left)) < -1


def lamp_beside(picture):
    gain = np.linspace(0.6, 1.3, picture.shape[1])[None, :, None]
    return np.clip(picture * gain, 0, 255).astype(np.uint8)


def test_changed_light_and_exposure_give_evidence_against_a_head(pack, still):
    for lit in (lamp_beside(still.picture), (still.picture * 0.7).astype(np.uint8)):
        assert evidence_of(MovementEvidence(Kind.TURN, compared(pack, still.picture, lit))) < -1


def test_face_outside_the_view_leaves_nothing_and_raises_no_error(pack, still):
    view = viewed(pack, still.picture)
    gone = replace(view, points=view.points + 2.0 * SIDE)
    assert unexplained(gone, view) == NOTHING


@pytest.mark.parametrize("kind", [Kind.TURN, Kind.NOD])
@pytest.mark.parametrize("cue", ["round_trip", "eyes", "skin"])
def test_stronger_cue_gives_more_evidence_for_a_head(kind, cue):
    more = replace(PUPPET, **{cue: getattr(HEAD, cue)})
    assert evidence_of(MovementEvidence(kind, more)) > evidence_of(MovementEvidence(kind, PUPPET))


@pytest.mark.parametrize("kind", [Kind.TURN, Kind.NOD])
def test_typical_heads_and_puppets_get_opposite_evidence(kind):
    assert evidence_of(MovementEvidence(kind, HEAD)) > 0 > evidence_of(MovementEvidence(kind, PUPPET))


@pytest.mark.parametrize("profile", RiskProfile)
def test_one_movement_never_passes_a_capture_and_two_may(profile):
    """In one turn, a strongly bent print or a lucky picture of a face swap may show as much as a head."""
    turn = MovementEvidence(Kind.TURN, Unexplained(100, 100, 100))
    closer = MovementEvidence(Kind.DISTANCE, HEAD)
    assert decide(total_evidence([turn, closer]), profile, can_ask=True) is RiskDecision.MORE
    assert decide(total_evidence([turn, turn]), profile, can_ask=True) is RiskDecision.PASS


@pytest.mark.parametrize("kind", [Kind.TURN, Kind.NOD])
@pytest.mark.parametrize("sharper", [-0.6, 0.6])
def test_blurred_or_grainy_movement_gives_no_evidence_for_a_head(kind, sharper):
    assert evidence_of(MovementEvidence(kind, replace(HEAD, sharper=sharper))) == 0
    assert evidence_of(MovementEvidence(kind, replace(PUPPET, sharper=sharper))) < 0


@pytest.mark.parametrize(
    ("blur_and_grain", "low", "high"),
    [(BlurAndGrain(), -0.2, 0.2), (BlurAndGrain(blur=3.5), -2.0, -0.3), (BlurAndGrain(grain=28.0), 0.3, 2.0)],
    ids=["unchanged", "blurred", "grainy"],
)
def test_blur_and_grain_of_one_picture_are_measured(pack, still, blur_and_grain, low, high):
    assert low < compared(pack, still.picture, blur_and_grain.over(still.picture, 1.0)).sharper < high


def test_coming_closer_is_neutral_and_a_still_picture_most_against_a_head():
    assert evidence_of(MovementEvidence(Kind.DISTANCE, HEAD)) == 0
    assert evidence_of(MovementEvidence(Kind.NOD, NOTHING)) == -MOST_AGAINST


@pytest.mark.parametrize("kind", [Kind.TURN, Kind.NOD])
def test_changing_eyes_alone_do_not_make_a_warped_photo_a_head(kind):
    painted = replace(PUPPET, eyes=1.5)
    assert evidence_of(MovementEvidence(kind, painted)) < 0


@pytest.mark.parametrize("kind", [Kind.TURN, Kind.NOD])
def test_eye_changes_beyond_those_of_heads_add_no_evidence(kind):
    changed = evidence_of(MovementEvidence(kind, replace(PUPPET, skin=HEAD.skin, eyes=MOST_EYES)))
    painted = evidence_of(MovementEvidence(kind, replace(PUPPET, skin=HEAD.skin, eyes=2 * MOST_EYES)))
    assert changed == painted


def test_skin_changes_beyond_those_of_heads_add_no_evidence():
    more = MovementEvidence(Kind.TURN, replace(HEAD, skin=10 * HEAD.skin))
    assert evidence_of(more) == evidence_of(MovementEvidence(Kind.TURN, HEAD))


def test_difference_at_rest_is_subtracted_from_the_movement():
    assert HEAD.beyond(0.01).skin == pytest.approx(HEAD.skin - 0.01)
    assert HEAD.beyond(1.0).skin == 0


def test_evidence_of_movements_adds_up():
    turn, nod = MovementEvidence(Kind.TURN, HEAD), MovementEvidence(Kind.NOD, HEAD)
    assert total_evidence([]) == 0
    assert total_evidence([turn, nod]) == pytest.approx(evidence_of(turn) + evidence_of(nod))


@pytest.mark.parametrize(
    ("evidence", "profile", "can_ask", "decision"),
    [
        (3.0, RiskProfile.STANDARD, True, RiskDecision.PASS),
        (3.0, RiskProfile.STRICT, False, RiskDecision.PASS),
        (NEEDED[RiskProfile.STANDARD], RiskProfile.STANDARD, True, RiskDecision.PASS),
        (NEEDED[RiskProfile.STANDARD], RiskProfile.STRICT, True, RiskDecision.MORE),
        (NEEDED[RiskProfile.STANDARD], RiskProfile.STRICT, False, RiskDecision.ELSEWHERE),
        (0.0, RiskProfile.STANDARD, True, RiskDecision.MORE),
        (-9.0, RiskProfile.STANDARD, True, RiskDecision.MORE),
        (-9.0, RiskProfile.STANDARD, False, RiskDecision.ELSEWHERE),
    ],
)
def test_little_evidence_asks_for_more_movements_and_then_leads_elsewhere(
    evidence, profile, can_ask, decision
):
    assert decide(evidence, profile, can_ask=can_ask) is decision


def test_pass_with_little_evidence_is_uncertain():
    sums = RiskAssessment(SURE, 2), RiskAssessment(SURE - 0.1, 2), RiskAssessment(SURE, 2, is_noisy=True)
    assert [one.certainty for one in sums] == [Certainty.SURE, Certainty.UNCERTAIN, Certainty.UNCERTAIN]
