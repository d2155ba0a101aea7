"""The choice of key frames."""

from face import Action
from face.liveness.challenge import with_actions
from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.walk import WalkState
from tests.support.head_model import dice

REST, TURN = Action.CENTRE, Action.TURN_LEFT


def moment(step, action=REST, *, done=False):
    return Moment(step, action, under_way=True, done=done)


def test_of_each_rest_the_worthiest_stays():
    sightings = KeyFrames()
    for kept, worth in (("first", 1.0), ("best", 3.0), ("as good", 3.0), ("worse", 2.0)):
        sightings.add_rest(moment(0), kept, worth)
    assert sightings.rests() == ("best",)


def test_first_middle_and_last_rest_are_compared_after_those_of_the_challenge_before():
    sightings = KeyFrames(("earlier",))
    for step in (0, 2, 4, 6, 8):
        sightings.add_rest(moment(step), step, 1.0)
    assert sightings.rests() == ("earlier", 0, 4, 8)


def test_of_a_movement_beginning_and_end_are_kept_and_one_frame_may_be_both():
    sightings = KeyFrames()
    for kept in ("begins", "goes on"):
        sightings.add_movement(moment(1, TURN), kept)
    sightings.add_movement(moment(1, TURN, done=True), "full")
    sightings.add_movement(moment(3, TURN, done=True), "at once")
    sightings.add_movement(moment(5, TURN), "never whole")
    assert sightings.movements() == (("full", "begins"), ("at once", "at once"))


def test_a_frame_counts_where_its_step_is_under_way_or_done_with_it():
    challenge = with_actions((TURN,), dice(1))
    state = WalkState(0, 0, 0, 0, 0, step=1)
    assert not Moment.of(challenge, 1, state).counts
    assert Moment.of(challenge, 0, state) == Moment(0, REST, under_way=False, done=True)
    assert Moment.of(challenge, 1, WalkState(0, 0, 0, 0, 0, step=1, since=2.0)).counts
