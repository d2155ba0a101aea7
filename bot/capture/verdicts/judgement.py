"""The end of a capture as any provider of face checks reports it: ours, or the platform's own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from dialogs.values import CaptureOutcome, CaptureReason, PassChannel, PassMark
from face import Verdict


@dataclass(frozen=True, slots=True)
class CaptureVerdict:
    """What is recorded of a capture that passed or failed; `scores` are numbers only.

    `channel` says how a pass was made: `face`; with less proof `video`, a recording, and `assisted`, without
    any movement, by the office's exemption; `wechat`, by the platform's own check.
    """

    outcome: CaptureOutcome
    reason: CaptureReason
    channel: PassChannel = PassChannel.FACE
    mark: PassMark = PassMark.SURE
    scores: Mapping[str, float] = field(default_factory=dict)


def judged(verdict: Verdict, channel: PassChannel = PassChannel.FACE) -> CaptureVerdict:
    """Translate the verdict of our own check."""
    outcome, reason = CaptureOutcome(verdict.outcome.value), CaptureReason(verdict.reason.value)
    return CaptureVerdict(outcome, reason, channel, PassMark(verdict.certainty.value), scores_of(verdict))


def scores_of(verdict: Verdict) -> dict[str, float]:
    """Return the measurements to store with the verdict: numbers only, no picture and no template."""
    live = {} if verdict.live is None else asdict(verdict.live)
    measured = {"score": verdict.score, "threshold": verdict.threshold, **live}
    return {name: value for name, value in measured.items() if value is not None}
