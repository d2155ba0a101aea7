"""A text that people agree to keeps its version only as long as it says the same."""

import hashlib

from messages.capture_words import CAPTURE
from messages.catalogue import FACE_TERMS_VERSION, TERMS_VERSION
from messages.documents import AGREEMENT, PRIVACY

_CONSENT = (
    *("consent_title", "sender_before", "sender_after", "separate", "purpose_is", "purpose_says", "how_is"),
    *("how_says", "kept_is", "kept_says", "undo_is", "undo_says"),
)
AGREED = {
    ("terms", "2026-11-26"): "84a2d117800089f0",
    ("face", "2026-11-26"): "60eeb3afd07f255b",
}
"""What each version says, as a digest: where the meaning changes, a new version stands in its place."""


def digest(thing):
    return hashlib.sha256(repr(thing).encode()).hexdigest()[:16]


def test_the_documents_are_what_their_version_says():
    assert digest((AGREEMENT, PRIVACY)) == AGREED["terms", TERMS_VERSION]


def test_the_face_consent_is_what_its_version_says():
    assert digest([CAPTURE[key] for key in _CONSENT]) == AGREED["face", FACE_TERMS_VERSION]
