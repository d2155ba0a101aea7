"""Loads the models that the settings name."""

from pathlib import Path

from bot.errors import BadSetting
from face import (
    IN_PROCESS,
    Checker,
    Decoder,
    Pack,
    PackUnavailable,
    Passive,
    RiskProfile,
    load_pack,
    load_passive,
)


def open_checker(pack: str, threshold: float | None) -> Checker:
    """Load the face pack and warm it up; raises BadSetting. `threshold` as in `load_checker`."""
    checker = load_checker(pack, threshold)
    checker.warm_up()
    return checker


def load_checker(
    pack: str,
    threshold: float | None,
    liveness_pack: str = "",
    profile: RiskProfile | None = None,
    decoder: Decoder = IN_PROCESS,
) -> Checker:
    """Load the face pack, and a passive model if one is named; raises BadSetting.

    `threshold` is the least cosine of two embeddings of one person, 0–1; None takes the pack's own. Without a
    `profile` nobody is asked for more movements than two. If strangers send the files, `decoder` unpacks them
    elsewhere.
    """
    passive = _passive(liveness_pack)
    return Checker(open_pack(pack), threshold, passive, profile, decoder)


def open_pack(name: str) -> Pack:
    """Load the face pack alone; raises BadSetting."""
    try:
        return load_pack(name)
    except PackUnavailable as error:
        message = f"PENSION_BOT_FACE_PACK: {error}"
        raise BadSetting(message) from None


def _passive(liveness_pack: str) -> Passive | None:
    if not liveness_pack:
        return None
    try:
        return load_passive(Path(liveness_pack))
    except PackUnavailable as error:
        message = f"PENSION_BOT_FACE_LIVENESS_PACK: {error}"
        raise BadSetting(message) from None
