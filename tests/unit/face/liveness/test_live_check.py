"""Live checks and recordings in which one person rests and another one makes the movements."""

import functools

import cv2
import numpy as np
import pytest

from face import Action, Challenge, Checker, Outcome, Prompt, Reason, RiskProfile, Verdict
from face.liveness.challenge import with_actions
from face.liveness.live_check import LEAST_GAP, SCORED_RATE
from face.media.images import read_image
from face.models.mesh import five_of
from tests.support.captures.capture_service import ANOTHER, STRANGER
from tests.support.faces.head_model import seeded_random
from tests.support.faces.recorded_actor import PORTRAIT, camera_noise, movement_pictures, record_clip

pytestmark = pytest.mark.slow

TURNS = (Action.TURN_LEFT, Action.TURN_RIGHT)


@functools.cache
def stranger(shape):
    """Render the movements of the stranger with the face in the place of the portrait's."""
    own, their = read_image(PORTRAIT), read_image(ANOTHER)
    onto, _ = cv2.estimateAffinePartial2D(five_of(shape(their)), five_of(shape(own)))
    laid = cv2.warpAffine(their, onto, own.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    return movement_pictures(cv2.imencode(".jpg", laid)[1].tobytes(), TURNS)


def with_small_face(picture):
    """Put a face of a tenth of the width into the corner."""
    face = cv2.imdecode(np.frombuffer(STRANGER, np.uint8), cv2.IMREAD_COLOR)
    width = picture.shape[1] // 10
    small = cv2.resize(face, (width, width * face.shape[0] // face.shape[1]))
    crowded = picture.copy()
    crowded[-small.shape[0] :, -width:] = small
    return crowded


class Actor:
    """Rests as the portrait and moves as `mover`, half a second after each prompt, ten pictures a second."""

    def __init__(self, mover, crowd, grain=0.0, tremor=0):
        self._rest, self._mover, self._crowd = (
            movement_pictures(PORTRAIT, TURNS)[Action.CENTRE][0],
            mover,
            crowd,
        )
        self._grain, self._tremor = grain, tremor
        self._noise = np.random.default_rng(1)
        self._asked, self._film = Action.CENTRE, [self._rest]

    def hear(self, action):
        back = [*self._mover[self._asked][::-1], self._rest]
        self._film = [*self._film[:1] * 5, *(back if action is Action.CENTRE else self._mover[action])]
        self._asked = action

    def act(self):
        """Advance by one picture."""
        self._shown = self._film.pop(0) if len(self._film) > 1 else self._film[0]

    def jpeg(self):
        picture = cv2.resize(self._shown, self._rest.shape[1::-1])
        picture = with_small_face(picture) if self._crowd else picture
        picture = np.roll(picture, self._noise.integers(-self._tremor, self._tremor + 1, 2), (0, 1))
        noisy = cv2.add(picture, camera_noise(self._noise, picture.shape))
        if self._grain:
            grain = cv2.GaussianBlur(self._noise.normal(0, 1, picture.shape[:2]), (0, 0), 4)
            noisy = np.clip(noisy + self._grain * (grain / grain.std())[..., None], 0, 255).astype(np.uint8)
        return cv2.imencode(".jpg", noisy)[1].tobytes()


def live(checker, mover, crowd, challenge=None, heard=None, **camera):
    """Follow the prompts and return the verdict; collects the prompts `heard`."""
    actor, template = Actor(mover, crowd, **camera), checker.enrol(PORTRAIT).template
    check = checker.live(challenge or with_actions(TURNS, seeded_random(4)), template, 0.0)
    due = 0.0
    for at in np.arange(1, 600) / 10:
        actor.act()
        if at < due:  # the check would not look at it
            continue
        due = max(at + LEAST_GAP, due + 1 / SCORED_RATE)
        told = check.see(actor.jpeg(), float(at))
        if isinstance(told, Prompt):
            actor.hear(told.step.action)
            if heard is not None:
                heard.append(told.step.action)
        if isinstance(told, Verdict):
            return told
    return None


@pytest.mark.parametrize("crowd", [False, True], ids=["alone", "a small face behind"])
def test_movements_of_another_person_are_refused(checker, crowd):
    verdict = live(checker, stranger(checker.shape), crowd)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.PERSON_CHANGED)


@pytest.mark.parametrize("crowd", [False, True], ids=["alone", "a small face behind"])
def test_person_passes_despite_a_small_face_behind(checker, crowd):
    verdict = live(checker, movement_pictures(PORTRAIT, TURNS), crowd)
    assert (verdict.outcome, verdict.reason) == (Outcome.PASSED, Reason.OK)
    assert verdict.live.moved > 0


@pytest.mark.parametrize("more", [(), (Action.LOOK_UP,)], ids=["none left", "one more"])
def test_warped_photo_is_asked_for_more_and_does_not_pass(checker, more):
    asked, further = with_actions(TURNS, seeded_random(4)), with_actions(more, seeded_random(5))
    challenge = Challenge(asked.steps, further.steps[1:])
    looking = Checker(checker._pack, profile=RiskProfile.STANDARD)
    verdict = live(looking, movement_pictures(PORTRAIT, (*TURNS, *more)), crowd=False, challenge=challenge)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.NOT_LIVE)
    assert verdict.live.judged == len(TURNS) + len(more)
    assert verdict.live.evidence < 0
    assert verdict.score > looking.threshold


def test_skipped_movement_in_doubt_is_followed_by_another_one(checker):
    """A missing nod decides nothing: earlier evidence counts, and another movement is asked for."""
    asked, further = (
        with_actions(TURNS, seeded_random(4)),
        with_actions((Action.LOOK_UP, TURNS[0]), seeded_random(5)),
    )
    challenge = Challenge(asked.steps, further.steps[1:])
    own, heard = movement_pictures(PORTRAIT, TURNS), []
    unable = own | {Action.LOOK_UP: own[Action.CENTRE]}
    looking = Checker(checker._pack, profile=RiskProfile.STANDARD)
    verdict = live(looking, unable, crowd=False, challenge=challenge, heard=heard)
    assert heard[3:] == [Action.CENTRE, Action.LOOK_UP, Action.CENTRE, TURNS[0], Action.CENTRE]
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.NOT_LIVE)
    assert verdict.live.judged == len(TURNS) + 1


def test_last_remaining_movement_cannot_be_skipped(checker):
    asked, further = with_actions(TURNS, seeded_random(4)), with_actions((Action.LOOK_UP,), seeded_random(5))
    own = movement_pictures(PORTRAIT, TURNS)
    unable, challenge = own | {Action.LOOK_UP: own[Action.CENTRE]}, Challenge(asked.steps, further.steps[1:])
    looking = Checker(checker._pack, profile=RiskProfile.STANDARD)
    assert live(looking, unable, crowd=False, challenge=challenge).reason is Reason.CHALLENGE_FAILED


def test_grain_over_a_warped_photo_leads_to_a_retry(checker):
    """Noise differs between two pictures as a head does, but at rest too."""
    looking = Checker(checker._pack, profile=RiskProfile.STANDARD)
    verdict = live(looking, movement_pictures(PORTRAIT, TURNS), crowd=False, grain=30.0)
    assert (verdict.outcome, verdict.reason) == (Outcome.RETRY, Reason.TOO_DARK)
    assert verdict.live.evidence > 0


def test_trembling_hand_is_not_mistaken_for_darkness(checker):
    """The pictures of a rest differ by a shift, which is not noise, so the movements are weighed."""
    looking = Checker(checker._pack, profile=RiskProfile.STANDARD)
    verdict = live(looking, movement_pictures(PORTRAIT, TURNS), crowd=False, tremor=3)
    assert (verdict.reason, verdict.live.judged) == (Reason.NOT_LIVE, len(TURNS))


def test_person_change_in_movements_is_reported_whatever_the_evidence(checker):
    looking = Checker(checker._pack, profile=RiskProfile.STANDARD)
    assert live(looking, stranger(checker.shape), crowd=False).reason is Reason.PERSON_CHANGED


def filmed(films, between=None):
    """Record the portrait's rests and the movements of `films`, with `between` as the rest in the middle."""
    still = movement_pictures(PORTRAIT, TURNS)[Action.CENTRE]
    frames = still * 8
    for action, rest in zip(TURNS, (between or still, still), strict=True):
        there = films[action]
        frames += [*there, *there[-1:] * 4, *there[::-1], *rest * 8]
    return record_clip(frames)


@functools.cache
def own_film():
    """Record the portrait in its own movements, for all tests that begin with it."""
    return filmed(movement_pictures(PORTRAIT, TURNS))


def test_recording_in_which_another_person_turns_fails(checker):
    template = checker.enrol(PORTRAIT).template
    challenge = with_actions(TURNS, seeded_random(4))
    own = checker.check_recording(own_film(), challenge, template)
    assert (own.outcome, own.reason) == (Outcome.PASSED, Reason.OK)
    swapped = checker.check_recording(filmed(stranger(checker.shape)), challenge, template)
    assert (swapped.outcome, swapped.reason) == (Outcome.FAILED, Reason.PERSON_CHANGED)


def test_recording_in_which_another_person_rests_fails(checker):
    rests_between = filmed(movement_pictures(PORTRAIT, TURNS), stranger(checker.shape)[Action.CENTRE])
    template, challenge = checker.enrol(PORTRAIT).template, with_actions(TURNS, seeded_random(4))
    assert checker.check_recording(own_film(), challenge, template).outcome is Outcome.PASSED
    assert checker.check_recording(rests_between, challenge, template).outcome is Outcome.FAILED


def test_passive_model_also_judges_recordings(checker):
    class Doubting:
        threshold = 0.8

        def score(self, _picture, _points):
            return 0.2

    film, challenge = own_film(), with_actions(TURNS, seeded_random(4))
    doubted = Checker(checker._pack, passive=Doubting())
    verdict = doubted.check_recording(film, challenge, checker.enrol(PORTRAIT).template)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, Reason.NOT_LIVE)
    assert verdict.live.passive == 0.2


def test_frames_of_a_fast_phone_are_scored_three_per_second(checker):
    check = checker.live(with_actions(TURNS, seeded_random(4)), checker.enrol(PORTRAIT).template, 0.0)
    actor = Actor(movement_pictures(PORTRAIT, TURNS), crowd=False)
    for at in np.arange(1, 151) / 15:
        actor.act()
        if isinstance(check.see(actor.jpeg(), float(at)), Verdict):
            break
    assert 0.9 * SCORED_RATE * at <= check._scores().pictures <= SCORED_RATE * at + 1
