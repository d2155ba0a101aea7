"""The attack bench: each kind shows what its name says, and the counting is right."""

from collections import Counter
from dataclasses import replace
from itertools import islice
from math import comb

import numpy as np
import pytest

from face import Reason
from face.attack.bench import Bench, counted, material_of, upper_bound
from face.attack.clips import Clip, packaged_people
from face.attack.display import Display
from face.attack.filmed.frame import Frame
from face.attack.filmed.sorting import sorted_clip
from face.attack.footage import (
    Footage,
    footage_of,
    footage_of_photo,
    framed,
    mirrored,
    without_eyes,
)
from face.attack.kinds import ATTACKS, GENUINE
from face.attack.pictures import Camera, rendered
from face.attack.presentations import head
from face.attack.scene import Material, Scene
from face.attack.shapes import middle_of, on_sheet, placed
from face.attack.surface import Surface, photographed
from face.attack.ticket import Connection, try_ticket
from face.liveness.bounds import GUIDED
from face.liveness.challenge import SHORTEST_HOLD, orders
from face.liveness.head_pose import camera_pose, neutral_pose, pose_change
from face.liveness.live_check import LEAST_GAP, SCORED_RATE
from face.liveness.movements import MOVES, NOD, TURN, Action, extents
from face.liveness.walk_state import Prompt
from face.media.images import read_image
from face.models.mesh import five_of
from tests.support.captures.capture_service import STRANGER
from tests.support.faces.head_model import HEAD, dice
from tests.support.faces.head_model import seen as head_at

PROMPTS = [(0.0, Action.CENTRE), (2.0, Action.TURN_LEFT), (6.0, Action.CENTRE), (8.0, Action.LOOK_UP)]


@pytest.fixture(scope="session")
def person(pack):
    return footage_of_photo(pack, packaged_people()[0])


@pytest.fixture(scope="session")
def material(pack, person):
    return material_of(pack, person, (footage_of_photo(pack, read_image(STRANGER)),))


@pytest.fixture(scope="session")
def bench(pack, material):
    return Bench(pack, pack.threshold, (material,), seed=1)


def blank(number):
    """Make a frame with a number in its pixels and a face in its middle."""
    shape = 80 * HEAD + [240.0, 200.0, 0.0]
    vector = np.eye(8, dtype=np.float32)[number % 8]
    return Frame(np.full((4, 4, 3), number, np.uint8), shape, (150.0, 130.0, 180.0, 220.0), vector)


def dummy(first=0, frames=20):
    clip = tuple(blank(first + number) for number in range(frames))
    moves = {action: clip[3 * place : 3 * place + 3] for place, action in enumerate(MOVES[:4])}
    return Footage(clip, 10.0, clip[-3:], moves, clip[0].vector)


def played(kind, seed=1, until=12.0, prompts=PROMPTS):
    """Return what a kind shows five times a second, as (time, scene)."""
    material = Material(dummy(), dummy(40), (dummy(80), dummy(120)), (blank(200),))
    presentation = (ATTACKS | GENUINE)[kind](material, dice(seed))
    times = np.arange(1, until * 5) / 5
    return [(at, presentation([shown for shown in prompts if shown[0] <= at], at)) for at in times]


def shown(kind, seed=1, until=12.0):
    return [int(scene.frame.picture[0, 0, 0]) for _, scene in played(kind, seed, until)]


def number(scene):
    return int(scene.frame.picture[0, 0, 0])


def steps(places):
    return Counter(np.diff(places).tolist())


# ---- sheets


def test_a_flat_photo_shows_no_turn_and_no_nod_however_it_is_held(person):
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


def test_a_photo_rolled_tighter_looks_more_like_a_turned_head(person):
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
def test_the_picture_of_a_sheet_shows_what_its_numbers_say(pack, person, surface):
    still = person.rests[0]
    picture = photographed(still.picture, surface, *middle_of(still.shape))
    seen, expected = framed(pack, picture).shape, on_sheet(still.shape, surface)
    assert np.abs(seen - expected)[:, :2].max() < 0.12 * middle_of(expected)[1]


# ---- clips


def test_a_whole_clip_is_played_once_and_in_order():
    assert set(steps(shown("clip_whole"))) <= {0, 1, 2, 3}


def test_a_reversed_clip_runs_backwards():
    assert set(steps(shown("clip_reversed", until=1.0))) <= {-2, -1, 0, 18}
    assert steps(shown("clip_reversed"))[2] == 0


def test_a_looped_clip_begins_anew():
    assert set(steps(shown("clip_looped"))) == {2, -18}


def test_another_speed_is_another_speed():
    paces = {steps(shown("clip_other_speed", seed)).most_common(1)[0][0] for seed in range(20)}
    assert len(paces) > 2


def test_shuffled_frames_are_all_there_and_in_no_order():
    places = shown("clip_shuffled", until=4.2)
    assert len(steps(places)) > 5
    assert set(places) <= set(range(20))


@pytest.mark.parametrize(
    "kind", [kind for kind in ATTACKS if kind.startswith("clip_") and kind != "clip_guessed"]
)
def test_a_clip_is_blind_to_what_is_asked(kind):
    """With other movements at other times it shows the same."""
    others = [(0.0, Action.CENTRE), (1.0, Action.CLOSER), (3.0, Action.CENTRE)]
    one, other = played(kind), played(kind, prompts=others)
    assert [(number(scene), scene.nearer) for _, scene in one] == [
        (number(scene), scene.nearer) for _, scene in other
    ]


def test_a_guesser_gets_the_first_movements_right_as_often_as_chance_has_it():
    """Knowledge of the orders that may be drawn does not help; the guesser of the bench has it."""
    first = (Action.TURN_LEFT, Action.LOOK_UP)
    prompts = [(0.0, Action.CENTRE)]
    for place, action in enumerate(first):
        prompts += [(10.0 * place + 2, action), (10.0 * place + 8, Action.CENTRE)]
    material, right, tries = Material(dummy(), dummy(40), (dummy(80),), (blank(200),)), 0, 2000
    for seed in range(tries):
        presentation = ATTACKS["clip_guessed"](material, dice(seed))
        guesses = [
            number(presentation(prompts[: 2 * place + 2], 10.0 * place + 7)) // 3 for place in range(2)
        ]
        right += tuple(MOVES[min(guess, 4)] for guess in guesses) == first
    chance = tries * sum(order == first for order in orders()) / len(orders())
    assert 0.5 * chance <= right <= 1.6 * chance


# ---- people


def moving(scene):
    return scene.frame.picture[0, 0, 0] % 40 < 12 or scene.nearer > 1.01


def test_who_follows_moves_after_a_human_delay_and_comes_back():
    times = [at for at, scene in played("follows") if moving(scene)]
    assert min(times) >= 2.4
    assert any(4.5 < at < 6.2 for at in times)


def test_who_is_late_has_not_moved_when_the_time_is_over():
    late = played("late_actions", prompts=PROMPTS[:2], until=15.0)
    assert min(at for at, scene in late if moving(scene)) > 2.0 + 5.0


@pytest.mark.parametrize("seed", range(5))
def test_who_is_early_leaves_the_rest_before_any_prompt_can_come(seed):
    early = played("early_actions", seed, prompts=PROMPTS[:3], until=9.0)
    left = [at for at, scene in early if at > 6.0 and moving(scene)]
    assert min(left) < 6.0 + SHORTEST_HOLD + 0.4


def test_wrong_actions_are_never_what_is_asked():
    right, wrong = dict(played("follows")), dict(played("wrong_actions"))
    at = max(at for at, scene in right.items() if at < 6.0 and moving(scene))
    assert wrong[at].frame is not right[at].frame or wrong[at].nearer != right[at].nearer


def test_one_wrong_turn_is_one():
    turned = [(0.0, Action.CENTRE), (1.0, Action.TURN_LEFT), (5.0, Action.CENTRE), (9.0, Action.TURN_LEFT)]
    scenes = dict(played("one_wrong_turn", prompts=turned, until=14.0))
    assert 3 <= scenes[4.8].frame.picture[0, 0, 0] < 6  # the frames of the other turn
    assert scenes[13.4].frame.picture[0, 0, 0] < 3


@pytest.mark.parametrize("seed", range(5))
def test_a_swap_shows_both_people_in_every_draw(seed):
    prompts = [(float(number), Action.CENTRE) for number in range(12)]
    people = [
        int(scene.frame.picture[0, 0, 0]) // 40 for _, scene in played("swap_midway", seed, prompts=prompts)
    ]
    assert 0 in people
    assert set(people) & {2, 3}


def test_a_swap_in_a_movement_shows_the_other_only_then():
    scenes = [scene for _, scene in played("swap_in_movement")]
    assert any(number(scene) >= 80 for scene in scenes)
    assert all(moving(scene) for scene in scenes if number(scene) >= 80)
    assert not any(number(scene) < 40 and number(scene) % 3 for scene in scenes if moving(scene))


def test_two_faces_are_there_all_the_time():
    assert all(scene.second is not None for _, scene in played("two_faces"))


def test_a_frozen_picture_is_one_picture():
    assert len(set(shown("frozen"))) == 1
    assert {played("frozen", seed)[0][1].same for seed in range(10)} == {True, False}


def test_a_mirrored_person_turns_the_other_way(pack, person):
    turned = max((frame for frame in person.moves[Action.TURN_RIGHT] if frame.shape is not None), key=yaw)
    least = min((frame for frame in person.moves[Action.TURN_RIGHT] if frame.shape is not None), key=yaw)
    assert yaw(framed(pack, mirrored(least.picture))) > yaw(turned)


def yaw(frame):
    return camera_pose(frame.shape)[0]


def test_cut_out_eyes_are_dark_and_leave_the_rest(person):
    still = person.rests[0]
    holed = without_eyes(still)
    for across, down in five_of(still.shape)[:2].round().astype(int):
        assert holed[down, across].max() < 40
    assert (holed == still.picture).mean() > 0.9


# ---- footage


def test_a_clip_is_sorted_into_rests_and_movements(pack, person):
    """The clip shows the modelled head: plain movements are found in it, the others are modelled again."""
    footage = footage_of(pack, Clip(tuple(frame.picture for frame in person.clip), 10.0))
    turned = pose_change(neutral_pose([footage.rests[0].shape]), footage.moves[Action.TURN_LEFT][-1].shape)
    assert extents(turned)[Action.TURN_LEFT] >= GUIDED.whole
    assert Action.TURN_LEFT not in footage.modelled
    assert set(footage.moves) == {*MOVES} - {Action.CLOSER}


@pytest.mark.parametrize("turn", [Action.TURN_LEFT, Action.TURN_RIGHT])
def test_who_looks_aside_for_most_of_a_clip_turns_from_there(turn):
    """The clip shows 12 degrees to either side of its usual pose, which are no turn from the middle."""
    aside = -12.0 if turn is Action.TURN_LEFT else 12.0
    yaws = [*[0.0] * 20, *np.linspace(0, aside, 6), *[aside] * 12, *np.linspace(aside, -aside, 12)]
    clip = [posed(yaw) for yaw in yaws]
    found = sorted_clip(clip)
    assert turn in found.moves
    assert all(yaws[clip.index(frame)] * aside > 0 for frame in found.rests)


def posed(yaw):
    """Make a frame with a head turned by `yaw` degrees."""
    return replace(blank(1), shape=80 * head_at(HEAD, yaw) / 42)


def test_the_frames_of_one_rest_follow_each_other():
    """Those of different moments would be a head that jerks."""
    clip = tuple(blank(number) for number in range(30))
    scattered = replace(dummy(), clip=clip, rests=(clip[0], clip[1], clip[9], clip[20], clip[29]))
    for seed in range(10):
        body = head(scattered, dice(seed))
        shown = {number(body((Action.CENTRE, 0.0), at / 5)) for at in range(30)}
        assert max(shown) - min(shown) <= 1


def test_a_film_without_a_face_is_no_footage(pack):
    assert footage_of(pack, Clip((np.zeros((220, 400, 3), np.uint8),) * 3, 10.0)) is None


# ---- cameras


def test_no_two_pictures_of_a_camera_are_alike(person):
    camera = Camera.drawn(dice(1))
    assert len({camera.taken(person.rests[0].picture) for _ in range(5)}) == 5


@pytest.mark.parametrize("change", [{"display": Display()}, {"nearer": 1.4}, {"surface": Surface(yaw=20)}])
def test_a_scene_is_drawn_at_the_frame_s_size(person, change):
    scene = replace(Scene(person.rests[0]), **change)
    picture = rendered(scene, 1.0)
    assert picture.shape == person.rests[0].picture.shape
    assert (picture != person.rests[0].picture).mean() > 0.2


def test_coming_nearer_makes_the_box_larger(person):
    far, near = (placed(Scene(person.rests[0], nearer=nearer))[1] for nearer in (1.0, 1.4))
    assert near[2] == pytest.approx(1.4 * far[2])


# ---- tickets and counting


class Scripted:
    """A check that ends each challenge with the next of these reasons, by the walk or by looking at it."""

    def __init__(self, reasons, *, forgivable=True, unreached=None):
        self.reasons, self.forgivable, self.unreached, self.redrawn = reasons, forgivable, unreached, []
        self.is_forgivable = False

    def see(self, _scene, at):
        if not self.reasons or at <= 1:
            return None
        reason = self.reasons.pop(0)
        self.is_forgivable = self.forgivable and reason in {Reason.CHALLENGE_FAILED, Reason.NOT_LIVE}
        return reason

    def restart(self, challenge, _at):
        self.redrawn.append({step.action for step in challenge.steps})
        assert Prompt(0, challenge.steps[0]).step.action is Action.CENTRE


def tried(check, seed=1):
    return try_ticket(lambda _: lambda _prompts, _at: Scene(blank(1)), lambda *_: check, dice(seed))


@pytest.mark.parametrize(
    ("reasons", "outcome", "left"),
    [
        (["ok"], "ok", 0),
        (["challenge_failed", "ok"], "ok", 0),
        (["challenge_failed", "challenge_failed", "ok"], "challenge_failed", 1),
        (["no_face", "too_dark", "ok"], "ok", 0),
        (["no_face", "no_face", "too_dark", "ok"], "too_dark", 1),
        (["mismatch", "ok"], "mismatch", 1),
        (["not_live", "ok"], "ok", 0),
    ],
)
def test_a_ticket_has_three_starts_and_one_second_draw(reasons, outcome, left):
    check = Scripted([Reason(reason) for reason in reasons])
    assert (tried(check), len(check.reasons)) == (Reason(outcome), left)


def test_a_capture_whose_looks_left_doubts_is_not_drawn_anew():
    assert tried(Scripted([Reason.NOT_LIVE, Reason.OK], forgivable=False)) is Reason.NOT_LIVE


def test_a_movement_that_stayed_too_small_is_not_drawn_again():
    checks = [Scripted([Reason.CHALLENGE_FAILED, Reason.OK], unreached=Action.CLOSER) for _ in range(8)]
    for seed, check in enumerate(checks):
        assert tried(check, seed) is Reason.OK
    assert not any(Action.CLOSER in drawn for check in checks for drawn in check.redrawn)


@pytest.mark.parametrize("rate", [5.0, 9.0, 15.0])
def test_frames_are_looked_at_no_oftener_than_the_service_does(rate):
    times = list(islice(Connection(rate, 0.1).scored(dice(1), 0.0), 400))
    assert np.diff(times).min() >= LEAST_GAP
    assert SCORED_RATE * 0.5 < len(times) / times[-1] < SCORED_RATE * 1.02


def test_no_pass_in_n_tries_is_the_rule_of_three():
    assert upper_bound(0, 1000) == pytest.approx(3 / 1000, rel=0.01)
    assert upper_bound(150, 150) == 1.0


@pytest.mark.parametrize(("passes", "tries"), [(1, 150), (7, 200), (40, 60)])
def test_at_the_upper_bound_so_few_passes_have_one_chance_in_twenty(passes, tries):
    rate = upper_bound(passes, tries)
    chance = sum(comb(tries, k) * rate**k * (1 - rate) ** (tries - k) for k in range(passes + 1))
    assert chance == pytest.approx(0.05)


@pytest.mark.parametrize("kind", ["photo_turned", "other_person", "frozen", "swap_midway", "two_faces"])
def test_an_attack_as_numbers_never_passes(bench, kind):
    assert counted(kind, list(bench.numbers(kind, 15))).passes == 0


def test_an_honest_person_does_so_the_bench_can_tell(bench):
    assert counted("follows", list(bench.numbers("follows", 20))).passes > 0


def test_a_frozen_picture_is_refused_by_the_whole_pipeline(bench):
    tally = counted("frozen", list(bench.pictures("frozen", 2)))
    assert tally.refused == 2
    assert set(tally.reasons) <= {Reason.NOT_LIVE, Reason.CHALLENGE_FAILED}


def test_the_same_seed_gives_the_same_tries(bench):
    first, again = (list(bench.numbers("follows", 6)) for _ in range(2))
    assert first == again
