"""Every fault has its own sentence in every language, and every fault of a photo is among them."""

import re

import pytest

from dialogs.values import BenefitStatus, IdType, Scheme
from face.values import Reason
from messages.language.codes import Language
from storage.registry.values import read_id_type, read_scheme, read_status
from storage.sheets.faults import BadFile, Fault, FaultKind, FileFault
from tests.support.tables import over

STATUS = ("benefit_status", BenefitStatus, read_status)

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


@over(Language, [("scheme", Scheme, read_scheme), ("id_type", IdType, read_id_type), STATUS])
def test_unknown_value_is_answered_with_values_that_are_read(language, column, members, read):
    told = Fault(FaultKind.UNKNOWN, column).reason(language)
    _, *offered = re.split("none of |可以写：| / ", told.rstrip("。"))
    assert [read(word) for word in offered] == list(members)


@pytest.mark.parametrize("language", Language)
def test_every_file_fault_has_its_own_sentence(language):
    told = [BadFile(fault, "photo").reason(language) for fault in FileFault]
    assert len(set(told)) == len(told)
    assert all(text and "{" not in text for text in told)


@pytest.mark.parametrize("reason", sorted(set(Reason) - VERDICTS - CORRECTIONS))
def test_every_photo_reason_is_a_fault_with_a_sentence(reason):
    assert Fault(FaultKind(reason), "photo").reason(Language.CHINESE).startswith("照片")
