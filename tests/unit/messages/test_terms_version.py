"""A text that people agree to keeps its version only while its wording is unchanged."""

import hashlib
from dataclasses import astuple

from messages.catalogue.lookup import FACE_TERMS_VERSION, TERMS_VERSION, legal_text_of
from messages.catalogue.phrases import CAPTURE
from messages.language.codes import Language

_CONSENT = (
    *("consent_title", "sender_before", "sender_after", "separate", "purpose_is", "purpose_says", "how_is"),
    *("how_says", "kept_is", "kept_says", "undo_is", "undo_says"),
)
LANGUAGES = (Language.CHINESE, Language.ENGLISH)
AGREED = {
    ("terms", "2026-12-01"): "5ae1d20f78929223",
    ("face", "2026-11-26"): "2bf89b4655ea2a5a",
}
"""The digest of each version's text; a change of meaning needs a new version."""


def digest(thing):
    return hashlib.sha256(repr(thing).encode()).hexdigest()[:16]


def test_legal_texts_match_the_digest_of_their_version():
    assert (
        digest([astuple(legal_text_of(name, one)) for name in ("agreement", "privacy") for one in LANGUAGES])
        == AGREED["terms", TERMS_VERSION]
    )


def test_face_consent_matches_the_digest_of_its_version():
    assert (
        digest([CAPTURE[key].spoken(one) for key in _CONSENT for one in LANGUAGES])
        == AGREED["face", FACE_TERMS_VERSION]
    )
