"""A small library that compares faces: picture → face → quality → verdict. It knows nothing of pensions."""

from face.checker import Checker
from face.engine import Pack, load_pack
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

__all__ = [
    "Checker",
    "Enrolment",
    "FaceError",
    "Outcome",
    "Pack",
    "PackUnavailable",
    "Quality",
    "Reason",
    "TemplateForeign",
    "Verdict",
    "load_pack",
]
