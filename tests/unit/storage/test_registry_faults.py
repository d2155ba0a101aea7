"""Every fault has its own sentence in every language, and every fault of a photo is one."""

import pytest

from face.values import Reason
from messages.language.codes import Language
from storage.sheets.faults import BadFile, Fault, FaultKind, FileFault

VERDICTS = {Reason.OK, Reason.MISMATCH, Reason.NOT_LIVE, Reason.CHALLENGE_FAILED, Reason.PERSON_CHANGED}
ON_THE_WAY = {
    Reason.MORE,
    Reason.TOO_FAR_TURNED,
    Reason.CENTRE_AGAIN,
    Reason.NO_MOVEMENT,
    Reason.OTHER_MOVEMENT,
    Reason.SLOW_CONNECTION,
}
"""Corrections of a live capture; a photo has none."""


@pytest.mark.parametrize("language", Language)
def test_no_two_faults_are_told_alike(language):
    told = [Fault(kind, "photo").reason(language) for kind in FaultKind]
    assert len(set(told)) == len(told)
    assert all(text and "{" not in text for text in told)


@pytest.mark.parametrize("language", Language)
def test_no_two_faults_of_a_file_are_told_alike(language):
    told = [BadFile(fault, "photo").reason(language) for fault in FileFault]
    assert len(set(told)) == len(told)
    assert all(text and "{" not in text for text in told)


@pytest.mark.parametrize("reason", sorted(set(Reason) - VERDICTS - ON_THE_WAY))
def test_whatever_is_wrong_with_a_photo_can_be_told(reason):
    assert Fault(FaultKind(reason), "photo").reason(Language.CHINESE).startswith("照片")
