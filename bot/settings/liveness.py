"""Values of the settings that say what proof of life a capture needs."""

from enum import StrEnum


class Liveness(StrEnum):
    """Values of `LIVENESS`: what a capture must pass."""

    REQUIRED = "required"
    BASIC = "basic"
    WECHAT = "wechat"


class LivenessProfile(StrEnum):
    """Values of `LIVENESS_PROFILE`: those of `face.RiskProfile`, and none at all."""

    STANDARD = "standard"
    STRICT = "strict"
    OFF = "off"
