"""The closed list of sentences that the capture page speaks, by the names of their sound files."""

from collections.abc import Mapping
from types import MappingProxyType

from messages.catalogue.phrases import (
    ANSWERS,
    FAILURES,
    HINTS,
    MEDIA,
    PROMPTS,
    RECOGNISED,
    SCRIPT,
    Phrase,
)
from messages.language.codes import Language

_OF_THE_PAGE = (
    *("begin_live", "begin_photo", "resume", "consent", "live", "photo", "checking", "other", "not_sent"),
    *("film_not_sent", "offline", "opening", "no_camera", "insecure", "refused", "in_use", "camera_again"),
    *("reconnecting", "elsewhere", "helper", "upright", "slow_film"),
)

SENTENCES: Mapping[str, Phrase] = MappingProxyType(
    {f"prompt-{action}": sentence for action, sentence in PROMPTS.items()}
    | {f"hint-{reason}": sentence for reason, sentence in HINTS.items()}
    | {f"answer-{reason}": sentence for reason, sentence in ANSWERS.items()}
    | {f"failed-{reason}": sentence for reason, sentence in FAILURES.items()}
    | {f"file-{fault}": sentence for fault, sentence in MEDIA.items()}
    | {f"page-{key}": SCRIPT[key] for key in _OF_THE_PAGE}
    | {"page-matched": RECOGNISED}
)
"""New prompts, hints and answers of the catalogue are included; sentences with a number in them are not."""

VOICES: Mapping[str, Language] = MappingProxyType(
    {**{str(one): one for one in Language}, "yue": Language.CHINESE}
)
"""Voices, the folders of their files, and the language whose sentences each speaks: `yue` is Cantonese."""


def voices_of(language: Language) -> list[str]:
    """Return the voices that speak a language, its own first."""
    return [voice for voice, spoken in VOICES.items() if spoken is language]
