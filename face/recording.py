"""One recorded video against the challenge that was shown before it: decoding, following, identity."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from face.challenge import Action, Challenge
from face.engine import Pack, align
from face.identity import Movement, probe_of, recognise, unlike
from face.judge import LEAST_RESTS, embed_moved
from face.media import shrunk
from face.quality import light, main_face, pose
from face.recorded import Following, at_rest, follow, judged, mirrored
from face.sight import observed_in
from face.values import Face, Outcome, Picture, Reason, Vector, Verdict
from face.video import watch_video
from face.walk import Observation

PICTURE_GAP = 0.125
"""Seconds between scored pictures: eight a second, so that a short rest is seen more than once."""
GUIDING_SIDE, DECIDING_SIDE = 320, 640
"""Long sides at which pictures are followed, and at which faces are compared."""
_FAILED = (Reason.NOT_LIVE, Reason.CHALLENGE_FAILED, Reason.PERSON_CHANGED, Reason.MISMATCH)


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """A picture, and the five points found in it at `side` px of its long side."""

    picture: Picture = field(repr=False)
    points: NDArray[np.float32] = field(repr=False)
    side: int


class _Take:
    """The recording read one way: as it is, or as a mirror's picture."""

    def __init__(self, challenge: Challenge) -> None:
        self._challenge = challenge
        self._state = Following()
        self._best: dict[int, tuple[float, Picture]] = {}
        self._last: list[Picture] = []
        self._begun: dict[int, _View] = {}
        self._full: dict[int, _View] = {}

    def see(self, seen: Observation, face: Face | None, small: Picture, picture: Picture) -> None:
        if self._state.reason is not None:
            return
        step = self._state.step
        self._state = follow(self._challenge, self._state, seen)
        if face is None or seen.faces != 1:
            return
        if self._challenge.steps[step].action is not Action.CENTRE:
            self._keep_movement(step, _View(picture, face.points, max(small.shape[:2])))
        elif at_rest(self._challenge, self._state) and self._state.step == step:
            self._keep_rest(step, face, small, picture)

    def _keep_movement(self, step: int, view: _View) -> None:
        """Keep its beginning and its full extent, which ends the step: whose head moved must be known."""
        done = self._state.step != step
        if done or self._state.since is not None:
            self._begun.setdefault(step, view)
        if done:
            self._full[step] = view

    def _keep_rest(self, step: int, face: Face, small: Picture, picture: Picture) -> None:
        """Keep the best picture of each rest, which looks straight ahead, and the very last one."""
        self._last = [picture]
        worth = light(align(small, face))[1] * (1 - min(1.0, 2 * abs(pose(face)[0])))
        if step not in self._best or worth > self._best[step][0]:
            self._best[step] = (worth, picture)

    def judged(self) -> Reason:
        return judged(self._state)

    def rests(self) -> list[Picture]:
        return [picture for _, (_, picture) in sorted(self._best.items())] + self._last

    def movements(self) -> list[tuple[_View, _View]]:
        """Give each movement's full extent and beginning."""
        return [(full, self._begun[step]) for step, full in sorted(self._full.items())]


class RecordedCheck:
    """Checks one recording; `enrolled` is the template's embedding."""

    def __init__(self, pack: Pack, threshold: float, enrolled: Vector, challenge: Challenge) -> None:
        self._pack = pack
        self._threshold = threshold
        self._enrolled = enrolled
        self._takes = (_Take(challenge), _Take(mirrored(challenge)))

    def check(self, video: bytes) -> Verdict:
        """Watch a clip (MP4, MOV, WebM) and decide."""
        read = watch_video(video, PICTURE_GAP, self._see)
        if read is not Reason.OK:
            return self._verdict(read, None)
        followed = next((take for take in self._takes if take.judged() is Reason.OK), None)
        if followed is None:
            return self._verdict(self._takes[0].judged(), None)
        return self._identity(followed)

    def _see(self, at: float, frame: Picture) -> None:
        picture = shrunk(frame, DECIDING_SIDE)
        small = shrunk(picture, GUIDING_SIDE)
        faces = self._pack.guiding.detect(small)
        face = main_face(faces) if faces else None
        seen = observed_in(self._pack, faces, small, at)
        for take in self._takes:
            take.see(seen, face, small, picture)

    def _identity(self, take: _Take) -> Verdict:
        """One person from first to last rest, in every movement, and the enrolled one."""
        found = [(picture, self._pack.detector.detect(picture)) for picture in take.rests()]
        if len(found) < LEAST_RESTS or not all(faces for _, faces in found):
            return self._verdict(Reason.NO_FACE, None)
        rests = [self._pack.embedder.embed(align(picture, main_face(faces))) for picture, faces in found]
        likeness = recognise(rests, self._moved(take, probe_of(rests)), self._enrolled, self._threshold)
        return self._verdict(likeness.reason, likeness.score)

    def _moved(self, take: _Take, probe: Vector) -> list[Movement]:
        made = []
        for full, begun in take.movements():
            at_full = self._embedded(full)
            doubtful = begun is not full and unlike(probe, at_full, self._threshold)
            made.append(Movement(at_full, self._embedded(begun) if doubtful else None))
        return made

    def _embedded(self, view: _View) -> Vector:
        return embed_moved(self._pack, view.picture, view.points, view.side)

    def _verdict(self, reason: Reason, score: float | None) -> Verdict:
        outcome = Outcome.FAILED if reason in _FAILED else Outcome.RETRY
        if reason is Reason.OK:
            outcome = Outcome.PASSED
        return Verdict(outcome, reason, score, self._threshold, self._pack.name, None)
