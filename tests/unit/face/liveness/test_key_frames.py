"""The choice of key frames."""

from msgspec.structs import replace

from face import Action
from face.liveness.challenge import with_actions
from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.walk_state import WalkState
from tests.support.faces.head_model import seeded_random

REST, TURN = Action.CENTRE, Action.TURN_LEFT


def moment(step, action=REST, *, done=False, made=0.0):
    return Moment(step, action, under_way=True, done=done, made=made)


def test_best_frame_of_each_rest_is_kept():
    sightings = KeyFrames()
    for kept, worth in (("first", 1.0), ("best", 3.0), ("as good", 3.0), ("worse", 2.0)):
        sightings.add_rest(moment(0), kept, worth)
    assert sightings.rests() == ("best",)
    assert sightings.at_rest() == (("best", "as good"),)


def test_rest_with_one_picture_has_no_pair_to_compare():
    sightings = KeyFrames()
    sightings.add_rest(moment(0), "alone", 1.0)
    assert sightings.at_rest() == ()


def test_first_middle_and_last_rest_follow_those_of_the_earlier_challenge():
    sightings = KeyFrames(("earlier",))
    for step in (0, 2, 4, 6, 8):
        sightings.add_rest(moment(step), step, 1.0)
    assert sightings.rests() == ("earlier", 0, 4, 8)


def test_fullest_and_least_frame_of_a_movement_are_kept():
    sightings = KeyFrames()
    sightings.add_movement(moment(1, TURN, made=0.7), "begins")
    sightings.add_movement(moment(1, TURN, done=True, made=1.2), "full")
    sightings.add_movement(moment(1, TURN, made=0.6), "comes back")
    sightings.add_movement(moment(3, TURN, done=True, made=3.0), "at once")
    sightings.add_movement(moment(5, TURN, made=0.6), "never whole")
    assert sightings.movements() == (("full", "comes back"), ("at once", "at once"))


def test_two_fullest_frames_are_weighed_even_after_the_next_prompt():
    sightings = KeyFrames()
    sightings.add_rest(moment(0), "rest", 1.0)
    sightings.add_movement(moment(1, TURN, made=1.4), "whole, but no head yet")
    sightings.add_movement(moment(1, TURN, done=True, made=1.1), "done")
    for made in (1.6, 2.5, 1.8, 0.9):
        sightings.add_movement(moment(1, TURN, made=made), made)
    assert sightings.beside() == ((1, "rest", (1.8, 1.6)),)
    assert sightings.movements() == ((1.8, 0.9),)


def test_too_wide_movement_is_weighed_only_if_no_smaller_one_was_seen():
    sightings = KeyFrames()
    sightings.add_rest(moment(0), "rest", 1.0)
    sightings.add_movement(moment(1, TURN, done=True, made=3.0), "at once")
    assert sightings.beside() == ((1, "rest", ("at once",)),)
    sightings.add_movement(moment(1, TURN, made=2.0), "coming back")
    assert sightings.beside() == ((1, "rest", ("coming back",)),)


def test_frame_counts_only_if_its_step_is_under_way_or_done():
    challenge = with_actions((TURN,), seeded_random(1))
    state = WalkState(0, 0, 0, 0, 0, 0, step=1)
    assert not Moment.of(challenge, 1, state).counts
    assert Moment.of(challenge, 0, state) == Moment(0, REST, under_way=False, done=True)
    assert Moment.of(challenge, 1, replace(state, since=2.0)).counts


def test_returning_head_still_shows_its_movement():
    challenge = with_actions((TURN,), seeded_random(1))
    state = WalkState(0, 0, 0, 0, 0, 0, step=2, made=0.8)
    assert Moment.of(challenge, 2, state) == Moment(1, TURN, under_way=True, done=False, made=0.8)
    assert not Moment.of(challenge, 2, replace(state, made=0.2)).counts
    assert Moment.of(challenge, 2, replace(state, since=2.0)).resting
