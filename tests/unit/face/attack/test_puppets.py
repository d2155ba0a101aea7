"""Animated photos: the bench's puppets are measured like the heads that they imitate."""

from dataclasses import replace

import numpy as np
import pytest

from face.attack.clips import packaged_people
from face.attack.display import Display
from face.attack.footage import footage_of_photos, framed
from face.attack.pictures import rendered
from face.attack.puppets.presentations import PUPPETS
from face.attack.puppets.transplant import WHOLE_FACE, transplanted
from face.attack.puppets.warp import Puppet, PuppetPose, Warp
from face.attack.scene import Scene
from face.attack.shapes import placed
from face.liveness.head_pose import neutral_pose, pose_change
from face.liveness.movements import MOVEMENTS, RIGID, Action
from face.media.images import read_image
from face.models.mesh import OVAL
from tests.support.captures.capture_service import STRANGER
from tests.support.faces.head_model import seeded_random

pytestmark = pytest.mark.slow

POSES = [
    (PuppetPose(yaw=35), lambda change: change.yaw),
    (PuppetPose(yaw=-35), lambda change: -change.yaw),
    (PuppetPose(pitch=28), lambda change: -change.pitch),
    (PuppetPose(pitch=-28), lambda change: change.pitch),
]


@pytest.mark.parametrize("warp", list(Warp))
@pytest.mark.parametrize(("pose", "degrees"), POSES)
def test_puppet_is_measured_as_turning_and_nodding(pack, person, warp, pose, degrees):
    still = person.rests[0]
    moved = framed(pack, Puppet(still.picture, still.points, warp).posed(pose))
    change = pose_change(neutral_pose([still.shape]), moved.shape)
    assert degrees(change) > 6
    assert change.rigid > RIGID - 0.06


@pytest.mark.parametrize("warp", list(Warp))
def test_puppet_at_rest_looks_like_its_photo(person, warp):
    still = person.rests[0]
    shown = Puppet(still.picture, still.points, warp).posed(PuppetPose()).astype(float)
    assert np.abs(shown - still.picture)[40:-40, 40:-40].mean() < 3


def test_background_of_a_turned_puppet_stays_still(person):
    still = person.rests[0]
    turned = Puppet(still.picture, still.points, Warp.RING).posed(PuppetPose(yaw=30)).astype(float)
    assert np.abs(turned - still.picture)[:, :30].mean() < 1
    assert np.abs(turned - still.picture)[200:300, 200:300].mean() > 3


def test_closed_lids_change_only_the_eyes(person):
    still = person.rests[0]
    puppet = Puppet(still.picture, still.points, Warp.RING)
    changed = np.abs(puppet.posed(PuppetPose(lids=1)).astype(float) - puppet.posed(PuppetPose())).sum(axis=2)
    top, bottom = (still.points[list(OVAL), 1].min(), still.points[list(OVAL), 1].max())
    rows = np.flatnonzero(changed.max(axis=1) > 30)
    assert rows.size
    assert top < rows.min() < rows.max() < (top + bottom) / 2


def test_swapped_face_is_placed_where_the_original_was(pack, person, other):
    swapped = framed(pack, transplanted(other.rests[0], person.rests[0], WHOLE_FACE))
    assert swapped.vector @ person.template > 0.5 > other.template @ person.template
    assert np.abs(swapped.shape - other.rests[0].shape)[:, :2].mean() < 6


@pytest.mark.parametrize("kind", list(PUPPETS))
def test_puppet_follows_the_prompts_in_pictures_and_numbers(pack, material, kind):
    presentation = PUPPETS[kind](material, seeded_random(3))
    rest = presentation([(0.0, Action.CENTRE)], 0.5)
    prompts = [(0.0, Action.CENTRE), (2.0, Action.TURN_LEFT)]
    moved = presentation(prompts, 8.0)
    extent = MOVEMENTS.of(Action.TURN_LEFT).extent
    neutral = neutral_pose([framed(pack, rendered(rest, 0.5)).shape])
    assert extent(pose_change(neutral, framed(pack, rendered(moved, 8.0)).shape)) > 0.4
    assert extent(pose_change(neutral_pose([placed(rest)[0]]), placed(moved)[0])) > 0.4


@pytest.mark.parametrize("kind", ["puppet_blurred", "puppet_grainy"])
def test_blur_and_grain_apply_only_during_the_movement(material, kind):
    presentation, prompts = (
        PUPPETS[kind](material, seeded_random(3)),
        [(0.0, Action.CENTRE), (2.0, Action.TURN_LEFT)],
    )
    rest, moved = presentation(prompts[:1], 0.5), presentation(prompts, 8.0)
    assert (rendered(rest, 0.5) == rendered(replace(rest, blur_and_grain=None), 0.5)).all()
    plain, degraded = (
        sharpness(rendered(scene, 8.0)) for scene in (replace(moved, blur_and_grain=None), moved)
    )
    assert degraded < plain / 2 if kind == "puppet_blurred" else degraded > 2 * plain


def sharpness(picture):
    """Measure the fine differences of neighbouring pixels of a face."""
    return np.diff(picture[150:330, 150:330].astype(float), n=2, axis=1).std()


def test_borderless_screen_changes_the_whole_picture(person):
    still = person.rests[0]
    shown = rendered(Scene(still, display=Display.drawn(seeded_random(2))), 1.0)
    changed = np.abs(shown.astype(float) - still.picture).max(axis=2)
    assert (changed > 0).mean() > 0.9


def test_first_photo_of_a_person_is_enrolled_and_the_others_are_shown(pack, person, other):
    photos = [packaged_people()[0], read_image(STRANGER)]
    footage = footage_of_photos(pack, photos)
    assert footage.template @ person.template == pytest.approx(1, abs=1e-3)
    assert footage.rests[0].vector @ other.template == pytest.approx(1, abs=1e-3)


def test_photos_without_a_face_give_no_footage(pack):
    assert footage_of_photos(pack, [np.zeros((200, 200, 3), np.uint8)]) is None
