"""A small library that compares faces: picture → face → quality → verdict. It knows nothing of pensions."""

from face.challenge import Action, Challenge, Step, draw, draw_told, orders
from face.checker import Checker
from face.engine import Pack, Passive, load_pack, load_passive
from face.live import LiveCheck
from face.values import (
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
from face.walk import Hint, Prompt

__all__ = [
    "Action",
    "Challenge",
    "Checker",
    "Enrolment",
    "FaceError",
    "Hint",
    "LiveCheck",
    "LiveScores",
    "Outcome",
    "Pack",
    "PackUnavailable",
    "Passive",
    "Prompt",
    "Quality",
    "Reason",
    "Step",
    "TemplateForeign",
    "Verdict",
    "draw",
    "draw_told",
    "load_pack",
    "load_passive",
    "orders",
]
