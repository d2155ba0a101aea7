"""A small library that compares faces: picture → face → quality → verdict. It knows nothing of pensions."""

from face.challenge import Action, Challenge, Step, draw
from face.checker import Checker
from face.engine import Pack, load_pack
from face.live import LiveCheck
from face.values import (
    Enrolment,
    FaceError,
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
    "Outcome",
    "Pack",
    "PackUnavailable",
    "Prompt",
    "Quality",
    "Reason",
    "Step",
    "TemplateForeign",
    "Verdict",
    "draw",
    "load_pack",
]
