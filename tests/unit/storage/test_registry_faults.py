"""Every fault has its own sentence in every language, and every fault of a photo is among them."""

import pytest

from face.values import Reason
from messages.language.codes import Language
from storage.sheets.faults import BadFile, Fault, FaultKind, FileFault

VERDICTS = {Reason.OK, Reason.MISMATCH, Reason.NOT_LIVE, Reason.CHALLENGE_FAILED, Reason.PERSON_CHANGED}
CORRECTIONS = {
    Reason.MORE,
    Reason.TOO_FAR_TURNED,
    Reason.CENTRE_AGAIN,
    Reason.NO_MOVEMENT,
    Reason.OTHER_MOVEMENT,
    Reason.SLOW_CONNECTION,
}
"""Corrections of a live capture; a photo has none."""


@pytest.mark.parametrize("language", Language)
def test_every_row_fault_has_its_own_sentence(language):
    told = [Fault(kind, "photo").reason(language) for kind in FaultKind]
    assert len(set(told)) == len(told)
    assert all(text and "{" not in text for text in told)


@pytest.mark.parametrize("language", Language)
def test_every_file_fault_has_its_own_sentence(language):
    told = [BadFile(fault, "photo").reason(language) for fault in FileFault]
    assert len(set(told)) == len(told)
    assert all(text and "{" not in text for text in told)


@pytest.mark.parametrize("reason", sorted(set(Reason) - VERDICTS - CORRECTIONS))
def test_every_photo_reason_is_a_fault_with_a_sentence(reason):
    assert Fault(FaultKind(reason), "photo").reason(Language.CHINESE).startswith("照片")
