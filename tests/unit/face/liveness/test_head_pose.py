"""The shape of a face in space, and the change of pose measured on it."""

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from face import PackUnavailable
from face.attack.shapes import trembling
from face.liveness.head_pose import averted, camera_pose, hold_still, neutral_pose, pose_change
from face.liveness.movements import LEAST_RIGID, MOVEMENTS, NEARER, NODS, TURNS, extents
from face.models.mesh import five_of
from face.models.model_files import packaged
from face.quality import main_face
from tests.support.faces.head_model import HEAD, PHOTO, WAY, Action, bend_photo, project_points
from tests.support.faces.portrait_model import turned_portrait

FAR = 1000.0
"""Distance at which a camera projects as the measure assumes."""


def read(pack, picture):
    return pack.mesh.shape(picture, main_face(pack.guide.detect(picture)))


def test_mesh_shape_lies_on_the_face(pack):
    picture = turned_portrait()
    points = main_face(pack.guide.detect(picture)).points
    off = np.linalg.norm(five_of(read(pack, picture)) - points, axis=1)
    assert off.max() < 0.25 * np.linalg.norm(points[1] - points[0])


def test_tilted_head_has_the_same_shape_rotated(pack):
    picture = turned_portrait()
    height, width = picture.shape[:2]
    form = cv2.getRotationMatrix2D((width / 2, height / 2), 20, 1)
    level, askew = read(pack, picture), read(pack, cv2.warpAffine(picture, form, (width, height)))
    expected = five_of(level) @ form[:, :2].T + form[:, 2]
    eyes = np.linalg.norm(expected[1] - expected[0])
    assert np.linalg.norm(five_of(askew) - expected, axis=1).max() < 0.15 * eyes
    change = pose_change(neutral_pose([level]), askew)
    assert max(abs(change.yaw), abs(change.pitch)) < 5


def test_shapes_read_in_parallel_are_the_same(fresh_checker):
    pack = fresh_checker._pack
    pictures = [turned_portrait(yaw=degrees) for degrees in (0.0, 20.0, -20.0)] * 4
    alone = [read(pack, picture) for picture in pictures]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda picture: read(pack, picture), pictures))
    assert all(np.allclose(one, other) for one, other in zip(alone, together, strict=True))


def test_missing_model_package_is_reported_in_one_line():
    with pytest.raises(PackUnavailable, match="no_such_package, which is not installed"):
        packaged("no_such_package", "model")


def test_degrees_of_a_turned_head_are_measured():
    neutral = neutral_pose([project_points(HEAD, scale=1 / FAR)])
    for yaw, pitch in ((0, 0), (20, 0), (-35, 0), (0, 15), (0, -25), (15, 10)):
        change = pose_change(neutral, project_points(HEAD, yaw, pitch, scale=1 / FAR))
        assert change.yaw == pytest.approx(yaw, abs=1.5)
        assert change.pitch == pytest.approx(-pitch, abs=1.5)
        assert change.rigid > 0.99
        assert change.misfit < 0.01


def test_approaching_head_is_measured_only_as_closer():
    extent = extents(
        pose_change(neutral_pose([project_points(HEAD)]), project_points(HEAD, scale=1 + NEARER))
    )
    assert extent.pop(Action.CLOSER) == pytest.approx(1.0, abs=0.2)
    assert max(extent.values()) < 0.2


@pytest.mark.parametrize("degrees", range(10, 61, 10))
def test_flat_photo_neither_turns_nor_nods(degrees):
    neutral, axis = neutral_pose([project_points(PHOTO, scale=1 / FAR)]), np.zeros(3)
    for yaw, pitch in ((degrees, 0), (-degrees, 0), (0, degrees), (0, -degrees)):
        change = pose_change(neutral, project_points(PHOTO, yaw, pitch, 1 / FAR, axis))
        assert max(abs(change.yaw), abs(change.pitch)) < 3
        assert degrees <= 30 or change.rigid < LEAST_RIGID


@pytest.mark.parametrize("radius", [2.0, 4.0])
@pytest.mark.parametrize("action", [*TURNS, *NODS])
def test_bent_photo_with_a_whole_movement_is_not_a_head(action, radius):
    sheet, axis, row = bend_photo(radius), np.zeros(3), MOVEMENTS.of(action)
    neutral = neutral_pose([project_points(sheet, scale=1 / FAR)])
    ways = [(by, 0) if action in TURNS else (0, by) for by in range(-60, 61, 5)]
    changes = [pose_change(neutral, project_points(sheet, *way, 1 / FAR, axis)) for way in ways]
    assert not any(row.extent(change) >= 1 and row.is_of_head(change) for change in changes)


@pytest.mark.parametrize("action", [*TURNS, *NODS])
def test_head_is_recognised_at_any_extent_of_a_movement(action):
    row, neutral = MOVEMENTS.of(action), neutral_pose([project_points(HEAD)])
    across, up, _ = row.direction
    for degrees in range(8, 40):
        assert row.is_of_head(pose_change(neutral, project_points(HEAD, degrees * across, degrees * up)))


def test_stray_frame_does_not_shift_the_neutral_pose():
    still = [project_points(HEAD, yaw=wobble) for wobble in (-0.5, 0.0, 0.5)]
    change = pose_change(neutral_pose([*still, project_points(HEAD, yaw=30), *still]), project_points(HEAD))
    assert abs(change.yaw) < 1


@pytest.mark.parametrize("way", [pose for action, pose in WAY.items() if action is not Action.CENTRE])
def test_movement_in_progress_is_not_a_rest(way):
    first = hold_still(None, project_points(HEAD))
    assert len(hold_still(first, project_points(HEAD, 1.0, -1.0)).shapes) == 2
    assert (
        len(hold_still(first, project_points(HEAD, way[0] / 2, way[1] / 2, 1 + (way[2] - 1) / 2)).shapes) == 1
    )


def test_head_turned_aside_is_averted_and_a_low_phone_is_not():
    assert not averted(HEAD)
    assert not averted(trembling(HEAD, 0, 15))
    assert not averted(trembling(HEAD, 12, -15))
    assert averted(trembling(HEAD, 30, 0))
    assert camera_pose(trembling(HEAD, 30, 0))[0] == pytest.approx(-30, abs=1)
