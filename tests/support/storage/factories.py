"""Rows of one invented person, for tests of storage."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from dialogs.values import (
    Beneficiary,
    BenefitStatus,
    CaptureRequest,
    Certification,
    Identity,
    IdType,
    Manner,
    Purpose,
    Scheme,
    Subject,
)

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PERSON = Identity("欧阳·测试", IdType.RESIDENT_ID, "11010519491231002X")
AGENT = Identity("代办人", IdType.PASSPORT, "E12345678")
REQUEST = CaptureRequest(Scheme.EMPLOYEE, Purpose.CERTIFY, Manner.AGENT, PERSON, "440100", AGENT)
SUBJECT = Subject(Scheme.EMPLOYEE, PERSON, "440100")
TICKET = hashlib.sha256(b"ticket").digest()
OTHER_TICKET = hashlib.sha256(b"other ticket").digest()


def certification(receipt="R1", **changes) -> Certification:
    facts = {
        "receipt": receipt,
        "scheme": Scheme.EMPLOYEE,
        "identity": PERSON,
        "city": "440100",
        "certified_at": NOW,
        "due_on": date(2027, 5, 31),
        "channel": "face",
        "agent": AGENT,
    }
    return Certification(**(facts | changes))


def beneficiary(number="11010519491231002X", **changes) -> Beneficiary:
    facts = {
        "scheme": Scheme.EMPLOYEE,
        "identity": Identity("欧阳·测试", IdType.RESIDENT_ID, number),
        "city": "440100",
        "status": BenefitStatus.ACTIVE,
        "benefit_start": date(2010, 1, 1),
    }
    return Beneficiary(**(facts | changes))
