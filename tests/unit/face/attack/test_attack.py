"""The attack bench: each kind shows what its name says, and passes are counted correctly."""

from dataclasses import replace

import numpy as np
import pytest

from face import Reason
from face.attack.bench import Bench, counted
from face.attack.clips import Clip
from face.attack.display import Display
from face.attack.filmed.sorting import sorted_clip
from face.attack.footage import (
    footage_of,
    framed,
    mirrored,
    without_eyes,
)
from face.attack.pictures import Camera, rendered
from face.attack.presentations import FollowingTiming, head
from face.attack.scene import Scene
from face.attack.shapes import middle_of, on_sheet, placed
from face.attack.surface import Surface, photographed
from face.liveness.bounds import GUIDED
from face.liveness.challenge import SHORTEST_HOLD
from face.liveness.head_pose import camera_pose, neutral_pose, pose_change
from face.liveness.movements import MOVES, NOD, TURN, Action, extents
from face.models.mesh import five_of
from tests.support.faces.bench_footage import (
    PROMPTS,
    frame_number,
    numbered_footage,
    numbered_frame,
    play_attack,
    shown_numbers,
)
from tests.support.faces.head_model import HEAD, seeded_random
from tests.support.faces.head_model import project_points as head_at

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def bench(pack, material):
    return Bench(pack, pack.threshold, (material,), seed=1)


# ---- sheets


def test_flat_photo_shows_no_turn_and_no_nod_at_any_angle(person):
    still = person.rests[0].shape
    neutral = neutral_pose([still])
    for degrees in range(-50, 51, 5):
        for surface in (
            Surface(yaw=degrees),
            Surface(pitch=degrees),
            Surface(yaw=degrees, pitch=degrees / 2),
        ):
            change = pose_change(neutral, on_sheet(still, surface))
            assert abs(change.yaw) < TURN
            assert abs(change.pitch) < NOD


def test_tightly_rolled_photo_looks_more_like_a_turned_head(person):
    still = person.rests[0].shape
    turns = [
        pose_change(neutral_pose([still]), on_sheet(still, Surface(yaw=35, radius=radius))).yaw
        for radius in (8.0, 2.0, 1.2)
    ]
    assert turns == sorted(turns)
    assert turns[-1] > turns[0] + 5


@pytest.mark.parametrize(
    "surface",
    [Surface(), Surface(yaw=25), Surface(pitch=-20, roll=8), Surface(radius=2.5), Surface(nearer=1.3)],
    ids=["straight", "turned", "tilted", "bent", "closer"],
)
def test_photographed_sheet_matches_its_computed_shape(pack, person, surface):
    still = person.rests[0]
    picture = photographed(still.picture, surface, *middle_of(still.shape))
    seen, expected = framed(pack, picture).shape, on_sheet(still.shape, surface)
    assert np.abs(seen - expected)[:, :2].max() < 0.12 * middle_of(expected)[1]


# ---- people


def moving(scene):
    return scene.frame.picture[0, 0, 0] % 40 < 12 or scene.nearer > 1.01


def test_following_person_moves_after_a_human_delay_and_returns():
    times = [at for at, scene in play_attack("follows") if moving(scene)]
    assert min(times) >= 2.4
    assert any(4.5 < at < 6.2 for at in times)


@pytest.mark.parametrize("kind", ["follows", "one_wrong_turn"])
@pytest.mark.parametrize("seed", range(3))
def test_person_moves_at_the_speed_of_the_clip(kind, seed):
    """A turn of three frames, one a second, shows the second frame for half of its three seconds."""
    scenes = play_attack(kind, seed, prompts=PROMPTS[:2], rate=1.0)
    half = [at for at, scene in scenes if frame_number(scene) % 3 == 1 and moving(scene)]
    assert 1.2 < max(half) - min(half) < 1.8


def test_early_prompt_causes_no_jump():
    """Asked to come back during a slow turn, a person continues for a moment and returns from there."""
    prompts = [(0.0, Action.CENTRE), (2.0, Action.TURN_LEFT), (5.0, Action.CENTRE)]
    timing = FollowingTiming(seeded_random(1), own=lambda _: 8.0)
    parts = [timing([one for one in prompts if one[0] <= at], at)[1] for at in np.arange(2, 16, 0.1)]
    assert np.abs(np.diff(parts)).max() < 0.02
    assert 0.2 < max(parts) < 0.7
    assert parts[-1] == 0


def test_late_person_has_not_moved_when_the_time_is_over():
    late = play_attack("late_actions", prompts=PROMPTS[:2], until=15.0)
    assert min(at for at, scene in late if moving(scene)) > 2.0 + 5.0


@pytest.mark.parametrize("seed", range(5))
def test_early_person_leaves_the_rest_before_any_prompt_can_come(seed):
    early = play_attack("early_actions", seed, prompts=PROMPTS[:3], until=9.0)
    left = [at for at, scene in early if at > 6.0 and moving(scene)]
    assert min(left) < 6.0 + SHORTEST_HOLD + 0.4


def test_wrong_actions_differ_from_the_prompted_ones():
    right, wrong = dict(play_attack("follows")), dict(play_attack("wrong_actions"))
    at = max(at for at, scene in right.items() if at < 6.0 and moving(scene))
    assert wrong[at].frame is not right[at].frame or wrong[at].nearer != right[at].nearer


def test_one_wrong_turn_attack_makes_exactly_one_wrong_turn():
    turned = [(0.0, Action.CENTRE), (1.0, Action.TURN_LEFT), (5.0, Action.CENTRE), (9.0, Action.TURN_LEFT)]
    scenes = dict(play_attack("one_wrong_turn", prompts=turned, until=14.0))
    assert 3 <= scenes[4.8].frame.picture[0, 0, 0] < 6  # the frames of the other turn
    assert scenes[13.4].frame.picture[0, 0, 0] < 3


@pytest.mark.parametrize("seed", range(5))
def test_swap_midway_shows_both_people_in_every_draw(seed):
    prompts = [(float(number), Action.CENTRE) for number in range(12)]
    people = [
        int(scene.frame.picture[0, 0, 0]) // 40
        for _, scene in play_attack("swap_midway", seed, prompts=prompts)
    ]
    assert 0 in people
    assert set(people) & {2, 3}


def test_swap_in_movement_shows_the_other_person_only_while_moving():
    scenes = [scene for _, scene in play_attack("swap_in_movement")]
    assert any(frame_number(scene) >= 80 for scene in scenes)
    assert all(moving(scene) for scene in scenes if frame_number(scene) >= 80)
    assert not any(frame_number(scene) < 40 and frame_number(scene) % 3 for scene in scenes if moving(scene))


def test_two_faces_attack_always_shows_two_faces():
    assert all(scene.second is not None for _, scene in play_attack("two_faces"))


def test_frozen_attack_shows_a_single_picture():
    assert len(set(shown_numbers("frozen"))) == 1
    assert {play_attack("frozen", seed)[0][1].same for seed in range(10)} == {True, False}


def test_mirrored_person_turns_the_other_way(pack, person):
    turned = max((frame for frame in person.moves[Action.TURN_RIGHT] if frame.shape is not None), key=yaw)
    least = min((frame for frame in person.moves[Action.TURN_RIGHT] if frame.shape is not None), key=yaw)
    assert yaw(framed(pack, mirrored(least.picture))) > yaw(turned)


def yaw(frame):
    return camera_pose(frame.shape)[0]


def test_removed_eyes_are_dark_and_the_rest_is_unchanged(person):
    still = person.rests[0]
    holed = without_eyes(still)
    for across, down in five_of(still.shape)[:2].round().astype(int):
        assert holed[down, across].max() < 40
    assert (holed == still.picture).mean() > 0.9


# ---- footage


def test_clip_is_sorted_into_rests_and_movements(pack, person):
    """The clip shows the modelled head: plain movements are found in it, the others are modelled again."""
    footage = footage_of(pack, Clip(tuple(frame.picture for frame in person.clip), 10.0))
    turned = pose_change(neutral_pose([footage.rests[0].shape]), footage.moves[Action.TURN_LEFT][-1].shape)
    assert extents(turned)[Action.TURN_LEFT] >= GUIDED.whole
    assert Action.TURN_LEFT not in footage.modelled
    assert set(footage.moves) == {*MOVES} - {Action.CLOSER}


@pytest.mark.parametrize("turn", [Action.TURN_LEFT, Action.TURN_RIGHT])
def test_person_who_looks_aside_in_most_of_a_clip_turns_from_there(turn):
    """The clip shows 12 degrees to either side of its usual pose, which are not a turn from the middle."""
    aside = -12.0 if turn is Action.TURN_LEFT else 12.0
    yaws = [*[0.0] * 20, *np.linspace(0, aside, 6), *[aside] * 12, *np.linspace(aside, -aside, 12)]
    clip = [posed(yaw) for yaw in yaws]
    found = sorted_clip(clip)
    assert turn in found.moves
    assert all(yaws[clip.index(frame)] * aside > 0 for frame in found.rests)


def test_movement_starts_at_the_resting_pose():
    """In the clip a person looks half aside for long, turns further, and returns to a rest."""
    yaws = [*[-12.0] * 20, *np.linspace(-12, -26, 5), *np.linspace(-22, 0, 6), *[0.0] * 9]
    clip = [posed(yaw) for yaw in yaws]
    shown = [yaws[clip.index(frame)] for frame in sorted_clip(clip).moves[Action.TURN_RIGHT]]
    assert abs(shown[0]) < 6
    assert shown[-1] < -1.3 * TURN
    assert shown == sorted(shown, reverse=True)


def test_movement_that_does_not_stop_half_way_is_preferred():
    """The way back to the rest is the brisk one, so it is played backwards."""
    yaws = [*[0.0] * 9, *[-12.0] * 20, -18.0, -26.0, -16.0, -8.0, *[0.0] * 9]
    clip = [posed(yaw) for yaw in yaws]
    shown = [yaws[clip.index(frame)] for frame in sorted_clip(clip).moves[Action.TURN_RIGHT]]
    assert shown == [0.0, -8.0, -16.0, -26.0]


def test_frames_from_further_away_are_not_rests():
    """Seen from there, every other frame of the clip would be one that comes closer."""
    clip = [posed(0.0, size=80 if number < 20 else 60) for number in range(26)]
    assert set(sorted_clip(clip).rests) == set(clip[:20])


def posed(yaw, size=80):
    """Make a frame with a head turned by `yaw` degrees."""
    return replace(numbered_frame(1), shape=size * head_at(HEAD, yaw) / 42)


def test_frames_of_one_rest_are_consecutive():
    """Frames of different moments would look like a head that jerks."""
    clip = tuple(numbered_frame(number) for number in range(30))
    scattered = replace(numbered_footage(), clip=clip, rests=(clip[0], clip[1], clip[9], clip[20], clip[29]))
    for seed in range(10):
        body = head(scattered, seeded_random(seed))
        shown = {frame_number(body((Action.CENTRE, 0.0), at / 5)) for at in range(30)}
        assert max(shown) - min(shown) <= 1


def test_clip_without_a_face_gives_no_footage(pack):
    assert footage_of(pack, Clip((np.zeros((220, 400, 3), np.uint8),) * 3, 10.0)) is None


# ---- cameras


def test_camera_takes_no_two_identical_pictures(person):
    camera = Camera.drawn(seeded_random(1))
    assert len({camera.taken(person.rests[0].picture) for _ in range(5)}) == 5


@pytest.mark.parametrize("change", [{"display": Display()}, {"nearer": 1.4}, {"surface": Surface(yaw=20)}])
def test_scene_is_rendered_at_the_size_of_its_frame(person, change):
    scene = replace(Scene(person.rests[0]), **change)
    picture = rendered(scene, 1.0)
    assert picture.shape == person.rests[0].picture.shape
    assert (picture != person.rests[0].picture).mean() > 0.2


def test_coming_closer_enlarges_the_face_box(person):
    far, near = (placed(Scene(person.rests[0], nearer=nearer))[1] for nearer in (1.0, 1.4))
    assert near[2] == pytest.approx(1.4 * far[2])


@pytest.mark.parametrize("kind", ["photo_turned", "other_person", "frozen", "swap_midway", "two_faces"])
def test_attack_simulated_in_numbers_never_passes(bench, kind):
    assert counted(kind, list(bench.numbers(kind, 15))).passes == 0


def test_honest_person_can_pass_the_bench(bench):
    assert counted("follows", list(bench.numbers("follows", 20))).passes > 0


def test_frozen_picture_is_refused_by_the_whole_pipeline(bench):
    tally = counted("frozen", list(bench.pictures("frozen", 2)))
    assert tally.refused == 2
    assert set(tally.reasons) <= {Reason.NOT_LIVE, Reason.CHALLENGE_FAILED}


def test_same_seed_gives_the_same_tries(bench):
    first, again = (list(bench.numbers("follows", 6)) for _ in range(2))
    assert first == again
