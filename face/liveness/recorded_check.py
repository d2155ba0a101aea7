"""One recorded video against the challenge that was shown before it: decoding, following, identity."""

from face.liveness.challenge import Challenge
from face.liveness.decision import Judge
from face.liveness.frame import AnalysedFrame, KeyFrame, analyse, keep
from face.liveness.key_frames import KeyFrames, Moment
from face.liveness.recorded import begin, follow, judged, mirrored
from face.media.frames import DECIDING_SIDE, GUIDING_SIDE
from face.media.images import shrunk
from face.media.video import watch_video
from face.values import LiveScores, Picture, Reason, Verdict

PICTURE_GAP = 0.125
"""Seconds between scored pictures: eight a second, so that a short rest is seen more than once."""


class _Take:
    """The recording read one way: as it is, or as a mirror's picture."""

    def __init__(self, challenge: Challenge) -> None:
        self.challenge = challenge
        self._state = begin()
        self.sightings = KeyFrames[KeyFrame]()

    def see(self, sight: AnalysedFrame, picture: Picture) -> None:
        if self._state.reason is not None:
            return
        before, self._state = self._state.step, follow(self.challenge, self._state, sight.seen)
        keep(self.sightings, Moment.of(self.challenge, before, self._state), sight, lambda: picture)

    @property
    def reason(self) -> Reason:
        return judged(self._state)

    @property
    def scores(self) -> LiveScores:
        return LiveScores(len(self._state.digests), round(self._state.last, 1))


class RecordedCheck:
    """Checks one recording."""

    def __init__(self, judge: Judge, challenge: Challenge) -> None:
        self._judge = judge
        self._takes = (_Take(challenge), _Take(mirrored(challenge)))

    def check(self, video: bytes) -> Verdict:
        """Watch a clip (MP4, MOV, WebM) and decide."""
        read = watch_video(video, PICTURE_GAP, self._see)
        followed = next((take for take in self._takes if take.reason is Reason.OK), self._takes[0])
        reason = followed.reason if read is Reason.OK else read
        if reason is not Reason.OK:
            return self._judge.ended(reason, followed.scores)
        return self._judge.identity(followed.sightings, followed.challenge.movements, followed.scores)

    def _see(self, at: float, frame: Picture) -> None:
        picture = shrunk(frame, DECIDING_SIDE)
        sight = analyse(self._judge.pack, shrunk(picture, GUIDING_SIDE), at)
        for take in self._takes:
            take.see(sight, picture)
