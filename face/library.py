"""The names that `face` exports."""

from face.checker import Checker
from face.liveness.challenge import Challenge, ChallengeStep, draw, draw_for_recording, orders
from face.liveness.live_check import LiveCheck
from face.liveness.movements import Action
from face.liveness.risk.decision import RiskProfile
from face.liveness.walk_state import Hint, Progress, Prompt
from face.media.decoder import IN_PROCESS, Decoder
from face.media.isolation.children import ChildDecoder, DecoderEnd
from face.models.insightface_formats import load_passive
from face.models.pack import Pack, Passive
from face.models.pack_loader import load_pack
from face.values import (
    Certainty,
    DecoderUnavailable,
    Enrolment,
    FaceError,
    LiveScores,
    Outcome,
    PackUnavailable,
    Quality,
    Reason,
    TemplateForeign,
    Verdict,
)

__all__ = [
    "IN_PROCESS",
    "Action",
    "Certainty",
    "Challenge",
    "ChallengeStep",
    "Checker",
    "ChildDecoder",
    "Decoder",
    "DecoderEnd",
    "DecoderUnavailable",
    "Enrolment",
    "FaceError",
    "Hint",
    "LiveCheck",
    "LiveScores",
    "Outcome",
    "Pack",
    "PackUnavailable",
    "Passive",
    "Progress",
    "Prompt",
    "Quality",
    "Reason",
    "RiskProfile",
    "TemplateForeign",
    "Verdict",
    "draw",
    "draw_for_recording",
    "load_pack",
    "load_passive",
    "orders",
]
