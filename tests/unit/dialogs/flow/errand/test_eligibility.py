"""The registry's answer decides who may continue to the face check."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.flow.eligibility import assess
from dialogs.flow.states.triggers import Trigger
from dialogs.ports import Found, Unavailable
from dialogs.values import BenefitStatus, CaptureRequest, Manner, Purpose, Scheme
from tests.support.dialog.dialogue import NOW, OTHER, PERSON, registry_record

ALIVE = registry_record()
SUSPENDED = registry_record(status=BenefitStatus.SUSPENDED)
TERMINATED = registry_record(status=BenefitStatus.TERMINATED)
DEAD = registry_record(death_reported=date(2026, 1, 1))
C, Q, S, A = Purpose.CERTIFY, Purpose.QUERY, Manner.SELF, Manner.AGENT
T = Trigger
TODAY = NOW.date()


def asked(purpose=C, manner=S, person=PERSON):
    return CaptureRequest(Scheme.EMPLOYEE, purpose, manner, person)


@pytest.mark.parametrize(
    ("purpose", "manner", "row", "template", "trigger"),
    [
        (C, S, ALIVE, True, T.ELIGIBLE),
        (C, A, ALIVE, True, T.ELIGIBLE),
        (C, S, SUSPENDED, True, T.ELIGIBLE),
        (C, S, TERMINATED, True, T.TERMINATED),
        (C, S, TERMINATED, False, T.TERMINATED),
        (C, S, DEAD, True, T.TERMINATED),
        (C, S, ALIVE, False, T.UNENROLLED),
        (C, S, None, False, T.MISMATCHED),
        (C, S, None, True, T.MISMATCHED),
        (C, A, None, False, T.MISMATCHED),
        (Q, S, ALIVE, True, T.ELIGIBLE),
        (Q, S, TERMINATED, True, T.ELIGIBLE),
        (Q, S, None, False, T.UNRECORDED),
        (Q, S, None, True, T.UNRECORDED),
        (Q, S, ALIVE, False, T.UNRECORDED),
        (Q, A, ALIVE, True, T.ELIGIBLE),
        (Q, A, None, False, T.UNRECORDED),
        (Q, A, ALIVE, False, T.UNRECORDED),
    ],
)
def test_answer_of_the_registry_gives_the_expected_trigger(purpose, manner, row, template, trigger):
    assert assess(Found(row, template), asked(purpose, manner), TODAY) is trigger


@pytest.mark.parametrize("row", [ALIVE, TERMINATED, DEAD])
def test_wrong_name_looks_like_an_unknown_number(row):
    wrong = replace(PERSON, name=OTHER.name)
    found = assess(Found(row, has_template=True), asked(person=wrong), TODAY)
    assert found is assess(Found(None), asked(), TODAY) is T.MISMATCHED


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("manner", Manner)
def test_unavailable_registry_gives_the_unavailable_trigger(purpose, manner):
    assert assess(Unavailable(), asked(purpose, manner), TODAY) is T.UNAVAILABLE
