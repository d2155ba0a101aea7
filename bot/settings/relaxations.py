"""Names the settings that weaken an installation; `readyz` and `doctor` report them."""

from bot.settings.liveness import Liveness, LivenessProfile
from bot.settings.settings import Settings


def absent(settings: Settings) -> list[str]:
    """Return what would strengthen this installation and is missing."""
    return [] if settings.face_liveness_pack else ["passive liveness score: FACE_LIVENESS_PACK is not set"]


def doubts(settings: Settings) -> list[str]:
    """Return settings that work but are hardly intended."""
    is_keyless = settings.registry_url and not settings.registry_key
    return ["REGISTRY_URL without REGISTRY_KEY: the registry cannot tell who asks"] if is_keyless else []


def relaxations(settings: Settings) -> list[str]:
    """Return the relaxations in force."""
    return [
        name
        for name, in_force in (
            ("REHEARSAL", settings.rehearsal),
            ("NOW", settings.now is not None),
            ("plaintext webhook", settings.wechat_aes_key is None),
            ("LIVENESS=basic", settings.liveness == Liveness.BASIC),
            ("LIVENESS_PROFILE=off", settings.liveness_profile == LivenessProfile.OFF),
            ("WECHAT_OAUTH=off", not settings.wechat_oauth),
        )
        if in_force
    ]
