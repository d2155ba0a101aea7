"""Decides at the end of a capture whether its key frames show the enrolled person throughout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from face.liveness.challenge import Challenge
from face.liveness.frame import KeyFrame
from face.liveness.key_frames import KeyFrames
from face.liveness.movements import MOVEMENTS, Kind
from face.liveness.observation import Box
from face.liveness.risk.cues import unexplained
from face.liveness.risk.decision import (
    MOST_NOISE,
    MovementEvidence,
    RiskAssessment,
    RiskProfile,
    evidence_of,
    total_evidence,
)
from face.liveness.risk.view import FaceView, Place, view_of
from face.liveness.similarity import MovementEmbeddings, Similarities, probe_of, recognise, unlike
from face.media.images import shrunk
from face.models.alignment import align
from face.models.covering import is_covered
from face.models.pack import Pack, Passive
from face.values import Face, LiveScores, Outcome, Picture, Reason, Vector, Verdict

LEAST_RESTS = 2
MOST_SPREAD = 30.0
"""Maximum spread of the five points about their middle: root mean square, pixels; the aligned crop has 23.

Aligning a larger face would skip pixels, and a frame could use them to hide a face different from the one at
guiding size.
"""
FAILED = (Reason.NOT_LIVE, Reason.CHALLENGE_FAILED, Reason.PERSON_CHANGED, Reason.MISMATCH)
"""Reasons that fail a check; after any other the person may try again."""


@dataclass(frozen=True, slots=True, eq=False)
class _Reopened:
    """A frame at the deciding size, and the face's five points and box in its pixels."""

    picture: Picture = field(repr=False)
    points: NDArray[np.float32] = field(repr=False)
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Compares key frames of one capture with the enrolled template (unit length), and with each other.

    Without a `profile` movements give no evidence: for modelled heads, which are warped photos themselves.
    """

    pack: Pack
    threshold: float
    enrolled: Vector = field(repr=False)
    passive: Passive | None = None
    profile: RiskProfile | None = None
    _looks: dict[KeyFrame, _Reopened | None] = field(default_factory=dict, repr=False)
    """Frames reopened so far: measured for evidence, perhaps more than once, and compared at the end."""
    _known: dict[KeyFrame, tuple[_Reopened, Vector]] = field(default_factory=dict, repr=False)
    """Rests embedded so far: the first one is inspected when it ends, and compared at the end."""
    _evidence: dict[KeyFrame, MovementEvidence | None] = field(default_factory=dict, repr=False)
    """What was measured so far: movements by their full extent, rests by their second picture."""

    def identity(self, key_frames: KeyFrames[KeyFrame], asked: int, scores: LiveScores) -> Verdict:
        """Decide whether the enrolled person was seen from beginning to end, in all `asked` movements.

        A movement without a key frame might be anybody's, so there is no pass without one. A movement whose
        frames do not decode again shows nobody, which is not the person's fault: the decoder may have failed
        on it.
        """
        kept, movements = key_frames.rests(), key_frames.movements()
        seen = [known for rest in kept if (known := self._rest(rest)) is not None]
        looks, rests = [look for look, _ in seen], [embedding for _, embedding in seen]
        if len(looks) < max(LEAST_RESTS, len(kept)) or len(movements) < asked:
            return self.ended(Reason.NO_FACE, scores)
        moved = self._moved(movements, probe_of(rests))
        if moved is None:
            return self.ended(Reason.BAD_MEDIA, scores)
        found = recognise(rests, moved, self.enrolled, self.threshold)
        scores = replace(scores, alike=found.alike, moved=found.moved)
        if found.reason is not Reason.OK and any(map(self._hides, looks, rests)):
            return self.ended(Reason.COVERED, scores)
        return self._decided(found, looks, scores)

    def evidence(self, key_frames: KeyFrames[KeyFrame], challenge: Challenge) -> tuple[MovementEvidence, ...]:
        """Measure each movement against the rest before it, by whichever fullest frame gives least evidence.

        A movement whose frames do not decode is left out.
        """
        quiet = self._quiet_rest(key_frames)
        noise = 0.0 if quiet is None else quiet.left.skin
        found = (
            self._held(MOVEMENTS.of(challenge.steps[step].action).kind, rest, held, noise)
            for step, rest, held in key_frames.beside()
        )
        return tuple(min(seen, key=evidence_of) for seen in found if seen)

    def _held(
        self, kind: Kind, rest: KeyFrame, held: Sequence[KeyFrame], noise: float
    ) -> list[MovementEvidence]:
        measured = (self._measured(kind, rest, frame) for frame in held)
        return [replace(one, left=one.left.beyond(noise)) for one in measured if one is not None]

    def assessed(self, key_frames: KeyFrames[KeyFrame], challenge: Challenge) -> RiskAssessment | None:
        """Weigh the evidence of all movements; None without a profile."""
        if self.profile is None:
            return None
        movements = self.evidence(key_frames, challenge)
        return RiskAssessment(total_evidence(movements), len(movements), self._is_noisy(key_frames))

    def _is_noisy(self, key_frames: KeyFrames[KeyFrame]) -> bool:
        """Decide whether two pictures of every rest differ by noise: movements give no evidence then."""
        return self._quiet_rest(key_frames) is None and any(self._at_rest(key_frames))

    def _quiet_rest(self, key_frames: KeyFrames[KeyFrame]) -> MovementEvidence | None:
        """Return how two pictures differ in the first rest in which they hardly do; None without one."""
        quiet = (still for still in self._at_rest(key_frames) if still.left.round_trip <= MOST_NOISE)
        return next(quiet, None)

    def _at_rest(self, key_frames: KeyFrames[KeyFrame]) -> Iterator[MovementEvidence]:
        """Measure for each rest how two pictures of it differ, though nobody moves."""
        for one, another in key_frames.at_rest():
            still = self._measured(Kind.DISTANCE, one, another)
            if still is not None:
                yield still

    def _measured(self, kind: Kind, rest: KeyFrame, full: KeyFrame) -> MovementEvidence | None:
        if full not in self._evidence:
            self._evidence[full] = self._measure(kind, self._look(rest), self._look(full))
        return self._evidence[full]

    def _measure(
        self, kind: Kind, still: _Reopened | None, moved: _Reopened | None
    ) -> MovementEvidence | None:
        if still is None or moved is None:
            return None
        before = self._view(still)
        return MovementEvidence(kind, unexplained(before, self._view(moved, before.place)))

    def _look(self, frame: KeyFrame) -> _Reopened | None:
        """Reopen a frame once."""
        if frame not in self._looks:
            self._looks[frame] = _reopened(frame)
        return self._looks[frame]

    def _view(self, look: _Reopened, place: Place | None = None) -> FaceView:
        return view_of(self.pack.mesh, look.picture, Face(*look.box, look.points, 1.0), place)

    def covered(self, rest: KeyFrame) -> bool:
        """Decide whether the lower half of the face is hidden in a frame of a rest."""
        known = self._rest(rest)
        return known is not None and self._hides(*known)

    def _rest(self, rest: KeyFrame) -> tuple[_Reopened, Vector] | None:
        """Reopen and embed a frame of a rest once; None if it does not decode."""
        if rest not in self._known and (look := self._look(rest)) is not None:
            self._known[rest] = look, self._embedded(look)
        return self._known.get(rest)

    def _hides(self, look: _Reopened, embedding: Vector) -> bool:
        return is_covered(self.pack, align(look.picture, look.points), embedding)

    def ended(self, reason: Reason, scores: LiveScores, score: float | None = None) -> Verdict:
        """Build the verdict that `reason` means."""
        outcome = Outcome.FAILED if reason in FAILED else Outcome.RETRY
        if reason is Reason.OK:
            outcome = Outcome.PASSED
        return Verdict(outcome, reason, score, self.threshold, self.pack.name, None, scores)

    def _moved(
        self, movements: Sequence[tuple[KeyFrame, KeyFrame]], probe: Vector
    ) -> list[MovementEmbeddings] | None:
        """Embed full extents, and least ones only when needed: each costs as much as three frames.

        Returns None if one of them does not decode.
        """
        made = []
        for full, least in movements:
            look = self._look(full)
            if look is None:
                return None
            at_full, at_least = self._embedded(look), None
            if least is not full and unlike(probe, at_full, self.threshold):
                look = self._look(least)
                if look is None:
                    return None
                at_least = self._embedded(look)
            made.append(MovementEmbeddings(at_full, at_least))
        return made

    def _decided(self, found: Similarities, looks: Sequence[_Reopened], scores: LiveScores) -> Verdict:
        reason = found.reason
        if reason is Reason.OK and self.passive is not None:
            scores = replace(scores, passive=_life(self.passive, looks))
            reason = _alive(scores.passive, self.passive.threshold)
        return self.ended(reason, scores, found.score)

    def _embedded(self, look: _Reopened) -> Vector:
        return self.pack.embedder.embed(align(look.picture, look.points))


def _reopened(kept: KeyFrame) -> _Reopened | None:
    """Decode a frame again, no larger than its crop needs."""
    picture = kept.reopen()
    if isinstance(picture, Reason):
        return None
    side = max(picture.shape[:2])
    spread = float(np.sqrt(kept.points.var(axis=0).sum())) * side / kept.side
    small = shrunk(picture, round(side * min(1.0, MOST_SPREAD / max(spread, 1.0))))
    scale = max(small.shape[:2]) / kept.side
    left, top, width, height = kept.box
    box = (left * scale, top * scale, width * scale, height * scale)
    return _Reopened(small, kept.points * scale, box)


def _life(passive: Passive, looks: Sequence[_Reopened]) -> float | None:
    """Return the median score of the model; None if it could judge no picture."""
    scores = [passive.score(look.picture, look.points) for look in looks]
    known = [score for score in scores if score is not None]
    return median(known) if known else None


def _alive(probability: float | None, threshold: float) -> Reason:
    """Translate the score of the operator's model, which needs room around the face."""
    if probability is None:
        return Reason.TOO_CLOSE
    return Reason.OK if probability >= threshold else Reason.NOT_LIVE
