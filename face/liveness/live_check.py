"""Runs one guided live capture: frames in, prompts and hints out, a verdict at the end.

It reads no clock and draws nothing at random: each frame comes with its time, the challenge is given. Frames
are kept in memory only, as long as the check itself.
"""

from dataclasses import replace
from functools import partial

from face.liveness.challenge import Challenge
from face.liveness.decision import Judge
from face.liveness.frame import KeyFrame, analyse, keep
from face.liveness.guided import go_on, is_forgivable, rest_again, shown, unreached, watch
from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.movements import Action
from face.liveness.risk.decision import RiskDecision, decide
from face.liveness.walk_state import Finished, Hint, Progress, Prompt, Response, WalkState, begin
from face.media.decoder import Decoder
from face.media.frames import MAX_FRAME_BYTES
from face.quality import SELFIE, frame_brightness
from face.values import LiveScores, Picture, Reason, Verdict

__all__ = ["LEAST_GAP", "MAX_FRAME_BYTES", "LiveCheck"]

LEAST_GAP = 0.18
"""Minimum seconds between scored frames: a fifth of a second, less the jitter of a phone."""
SCORED_RATE = 3.0
"""Frames scored a second, on average; a movement takes half a second and more, and is held."""
MOST_BROKEN = 5
"""Maximum undecodable frames, as when a connection drops; with more, something else is being sent."""


Seen = Prompt | Hint | Progress | Verdict | None
"""Response to a frame; a `Verdict` ends the challenge."""


class LiveCheck:
    """Takes one person through a challenge, and through a second one if needed; not thread-safe."""

    def __init__(self, judge: Judge, challenge: Challenge, at: float, decoder: Decoder) -> None:
        self._judge, self._decoder = judge, decoder
        self._broken = 0
        self._key_frames = KeyFrames[KeyFrame]()
        self._state = begin(at)
        self.restart(challenge, at)

    def restart(self, challenge: Challenge, at: float) -> None:
        """Begin again with another challenge, prompted at `at`; it must show the same person."""
        self.challenge = self.drawn = challenge
        self._state = begin(at, self._state.neutral)
        self._scored = self._due = at
        self._key_frames = KeyFrames(self._key_frames.rests())
        self._missed = 0

    @property
    def steps(self) -> int:
        """The number of steps of the challenge."""
        return len(self.challenge.steps)

    @property
    def prompt(self) -> Prompt:
        """The step under way, to be shown before the first frame."""
        return Prompt(self._state.step, self.challenge.steps[self._state.step])

    @property
    def begun(self) -> bool:
        """Whether the first rest of the challenge is over."""
        return self._state.neutral is not None

    @property
    def asked(self) -> Action | None:
        """The newest movement asked for, under way or just made; None before the first."""
        asked = [step.action for step in self.challenge.steps[: self._state.step + 1]]
        return next((action for action in reversed(asked) if action is not Action.CENTRE), None)

    @property
    def is_forgivable(self) -> bool:
        """Whether the walk ended over the way of moving, which another draw may show not to be fraud."""
        return is_forgivable(self._state)

    @property
    def unreached(self) -> Action | None:
        """The movement that stayed too small until the end; None if something else was wrong."""
        return unreached(self.challenge, self._state)

    def shown(self, step: int, at: float) -> None:
        """Start the clock of step `step` (from 0): the phone has shown and spoken its prompt at `at`."""
        self._state = shown(self._state, step, at)

    def see(self, jpeg: bytes, at: float) -> Seen:
        """Take one frame that arrived at `at` seconds; a `Verdict` ends the challenge, None asks for more."""
        if self._scored <= at < self._due:
            return None
        self._scored = max(at, self._scored)
        # A late frame does not delay the next one: the phone's rhythm need not fit this one.
        self._due = max(at + LEAST_GAP, self._due + 1 / SCORED_RATE)
        small = self._decoder.guiding(jpeg)
        if isinstance(small, Reason):
            return self._unreadable(small)
        return self._answer(self._watched(jpeg, small, at))

    def _unreadable(self, reason: Reason) -> Verdict | None:
        self._broken += 1
        return self._ended(reason) if self._broken > MOST_BROKEN else None

    def _answer(self, response: Response) -> Seen:
        if not isinstance(response, Finished):
            return response
        if response.reason is Reason.OK:
            return self._followed()
        return self._passed_over() if self._may_pass_over else self._ended(response.reason)

    @property
    def _may_pass_over(self) -> bool:
        """Whether a movement asked for in doubt was not made, and another one is left to ask for.

        The requirements for a pass stay the same, so nobody gains by not making a movement.
        """
        in_doubt = self._state.step >= len(self.drawn.steps)
        return in_doubt and bool(self.challenge.reserve) and self.unreached is not None

    def _passed_over(self) -> Prompt:
        """Continue with the rest after a movement that was not made."""
        self._missed += 1
        self._state, _ = go_on(self.challenge, self._state)
        return self.prompt

    def _followed(self) -> Prompt | Verdict:
        """Decide about a challenge that was followed, or ask for one more movement if there is doubt."""
        scores, asked = self._scores(), self.challenge.movements - self._missed
        risk, profile = self._judge.assessed(self._key_frames, self.challenge), self._judge.profile
        if risk is None or profile is None:
            return self._judge.identity(self._key_frames, asked, scores)
        if risk.is_noisy:
            # Grain of a dim room, or laid over a photo: too dark to be judged, and nobody's fault.
            return self._judge.ended(Reason.TOO_DARK, risk.noted(scores))
        decision = decide(risk.evidence, profile, can_ask=bool(self.challenge.reserve))
        if decision is RiskDecision.MORE:
            return self._one_more()
        scores = risk.noted(scores)
        verdict = self._judge.identity(self._key_frames, asked, scores)
        if verdict.reason is not Reason.OK or decision is RiskDecision.PASS:
            return replace(verdict, certainty=risk.certainty)
        return self._judge.ended(Reason.NOT_LIVE, verdict.live or scores, verdict.score)

    def _one_more(self) -> Prompt:
        self.challenge = self.challenge.more()
        self._state, _ = go_on(self.challenge, self._state)
        return self.prompt

    def _watched(self, jpeg: bytes, small: Picture, at: float) -> Response:
        frame, before = analyse(self._judge.pack, small, at), self._state
        self._state, response = watch(self.challenge, self._state, frame.seen)
        if isinstance(response, Hint):
            return Hint(_why_no_face(small)) if response.reason is Reason.NO_FACE else response
        moment = Moment.of(self.challenge, before.step, self._state)
        keep(self._key_frames, moment, frame, partial(self._decoder.deciding, jpeg))
        return self._uncovered(before, response) if self.begun and before.neutral is None else response

    def _uncovered(self, before: WalkState, response: Response) -> Response:
        """Continue after the first rest if its best frame shows the entire face."""
        if not any(map(self._judge.covered, self._key_frames.rests()[-1:])):
            return response
        self._key_frames.drop()
        self._state, response = rest_again(self.challenge, before, self._state, Reason.COVERED)
        return response

    def _scores(self) -> LiveScores:
        return LiveScores(len(self._state.digests), round(self._state.last - self._state.started, 1))

    def _ended(self, reason: Reason) -> Verdict:
        return self._judge.ended(reason, self._scores())


def _why_no_face(picture: Picture) -> Reason:
    brightness = frame_brightness(picture)
    if brightness < SELFIE.dark:
        return Reason.TOO_DARK
    return Reason.TOO_BRIGHT if brightness > SELFIE.bright else Reason.NO_FACE
