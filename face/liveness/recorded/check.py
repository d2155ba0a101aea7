"""Checks one recorded video against the challenge that was shown before it: decodes, follows, identifies."""

from dataclasses import replace

from face.liveness.bounds import RECORDED
from face.liveness.challenge import Challenge
from face.liveness.decision import Judge
from face.liveness.frame import AnalysedFrame, KeyFrame, analyse, keep
from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.recorded.standstill import Standstill
from face.liveness.recorded.walk import follow, judged, mirrored
from face.liveness.walk_state import begin
from face.media.decoder import Decoder
from face.media.frames import DECIDING_SIDE, GUIDING_SIDE
from face.media.images import shrunk
from face.values import LiveScores, Picture, Reason, Verdict

PICTURE_GAP = 0.125
"""Seconds between scored pictures: eight a second, so that a short rest is seen more than once."""


class _Reading:
    """The recording read one way: as it is, or as a mirror image."""

    def __init__(self, challenge: Challenge) -> None:
        self.challenge = challenge
        self._state = begin()
        self.key_frames = KeyFrames[KeyFrame]()

    def see(self, frame: AnalysedFrame, picture: Picture) -> None:
        """Follow the challenge by one more frame, and keep its picture if it is a key frame."""
        if self._state.reason is not None:
            return
        before, self._state = self._state.step, follow(self.challenge, self._state, frame.seen)
        keep(self.key_frames, Moment.of(self.challenge, before, self._state), frame, lambda: picture)

    @property
    def reason(self) -> Reason:
        """OK, or why this reading does not follow the challenge."""
        return judged(self._state)

    @property
    def scores(self) -> LiveScores:
        """The number of different pictures, and the seconds of the last one."""
        return LiveScores(len(self._state.digests), round(self._state.last, 1))


class RecordedCheck:
    """Checks one recording."""

    def __init__(self, judge: Judge, challenge: Challenge, decoder: Decoder) -> None:
        self._judge, self._decoder = judge, decoder
        self._readings = (_Reading(challenge), _Reading(mirrored(challenge)))
        self._standstill = Standstill()
        self._seconds = 0.0

    def check(self, video: bytes) -> Verdict:
        """Decode a clip (MP4, MOV, WebM), follow it and decide."""
        read = self._decoder.watch(video, PICTURE_GAP, self._see)
        followed = next(
            (reading for reading in self._readings if reading.reason is Reason.OK), self._readings[0]
        )
        reason = followed.reason if read is Reason.OK else read
        if reason is Reason.CHALLENGE_FAILED and self._standstill.longest > RECORDED.frozen_seconds:
            reason = Reason.BAD_MEDIA  # the camera stopped, and what it missed is not the person's fault
        if read is Reason.OK and self._seconds < RECORDED.least_seconds:
            reason = Reason.BAD_MEDIA  # it was stopped at once: no length that passes, so no attempt either
        if reason is Reason.OK and any(map(self._judge.covered, followed.key_frames.rests()[:1])):
            reason = Reason.COVERED
        if reason is not Reason.OK:
            return self._judge.ended(reason, followed.scores)
        return self._judged(followed)

    def _judged(self, followed: _Reading) -> Verdict:
        """Compare the faces; movements that a warped photo explains mark a pass, as no more can be added."""
        movements, scores = followed.challenge.movements, followed.scores
        risk = self._judge.assessed(followed.key_frames, followed.challenge)
        if risk is None:
            return self._judge.identity(followed.key_frames, movements, scores)
        verdict = self._judge.identity(followed.key_frames, movements, risk.noted(scores))
        return replace(verdict, certainty=risk.certainty)

    def _see(self, at: float, frame: Picture) -> None:
        self._seconds = at
        picture = shrunk(frame, DECIDING_SIDE)
        analysed = analyse(self._judge.pack, shrunk(picture, GUIDING_SIDE), at)
        self._standstill.see(analysed)
        for reading in self._readings:
            reading.see(analysed, picture)
