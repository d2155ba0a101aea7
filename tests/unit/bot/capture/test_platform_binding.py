"""Results of the platform count only if they match their capture."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.capture.platform.binding import CLOCKS_DIFFER, StartedVerification, meaning_of
from bot.wechat.api.face_verification import FaceFinding, FaceResult, digest
from dialogs.values import CaptureReason, Identity, IdType

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PERSON = Identity("欧阳·测试", IdType.RESIDENT_ID, "11010519491231002X")
MINUTE = timedelta(minutes=1)
BEGUN = StartedVerification(b"key", PERSON, "o_anna", NOW - 2 * MINUTE)
RESULT = FaceResult(
    FaceFinding.MATCHED,
    "key",
    "o_anna",
    digest(PERSON.name),
    digest(PERSON.number),
    NOW - timedelta(minutes=1),
)
EARLIEST, LATEST = BEGUN.begun_at - CLOCKS_DIFFER, NOW + CLOCKS_DIFFER
SECOND = timedelta(seconds=1)
OK, MISMATCH, NOTHING = CaptureReason.OK, CaptureReason.MISMATCH, CaptureReason.NOT_LIVE


@pytest.mark.parametrize(
    ("changes", "meaning"),
    [
        ({}, OK),
        ({"finding": FaceFinding.OTHER_FACE}, MISMATCH),
        ({"finding": FaceFinding.UNFINISHED}, NOTHING),
        ({"account": "o_boris"}, NOTHING),
        ({"account": ""}, NOTHING),
        ({"name_digest": digest("欧阳测试")}, NOTHING),
        ({"number_digest": digest("11010519491231002x")}, NOTHING),
        ({"number_digest": ""}, NOTHING),
        ({"finished_at": EARLIEST}, OK),
        ({"finished_at": EARLIEST - SECOND}, NOTHING),
        ({"finished_at": LATEST}, OK),
        ({"finished_at": LATEST + SECOND}, NOTHING),
        ({"finding": FaceFinding.OTHER_FACE, "account": "o_boris"}, NOTHING),
    ],
)
def test_platform_result_counts_only_for_its_own_capture(changes, meaning):
    assert meaning_of(replace(RESULT, **changes), b"key", BEGUN, NOW) is meaning


def test_platform_result_with_another_key_does_not_count():
    assert meaning_of(RESULT, b"other", BEGUN, NOW) is NOTHING


def test_capture_without_account_accepts_the_result_of_any_account():
    assert meaning_of(replace(RESULT, account="o_boris"), b"key", replace(BEGUN, account=""), NOW) is OK


def test_digest_matches_the_md5_example_of_the_platform():
    assert digest("张三") == "615db57aa314529aaa0fbe95b3e95bd3"  # md5sum of its UTF-8 bytes
