"""Tickets, receipts, kinds of media and the throttle: the small values of a capture."""

import base64
import hashlib
from datetime import UTC, date, datetime

import pytest

from bot.capture.media import is_image, is_video
from bot.capture.throttle import Throttle
from bot.capture.tickets.ticket import new_ticket, ticket_hash
from bot.receipts.numbers import new_receipt, normal_receipt, receipt_fields
from dialogs.values import Certification, Identity, IdType, Scheme
from messages.language.codes import Language


class FakeClock:
    """A clock for the throttle that the test advances."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_ticket_is_32_random_bytes_and_only_its_hash_is_stored():
    ticket, stored = new_ticket()
    assert len(base64.urlsafe_b64decode(ticket + "=")) == 32
    assert stored == ticket_hash(ticket) == hashlib.sha256(ticket.encode()).digest()
    assert new_ticket()[0] != ticket


def test_ticket_hash_accepts_lone_surrogates():
    assert len(ticket_hash("\udc80")) == 32


def test_receipts_have_a_fixed_format_without_ambiguous_characters():
    drawn = [new_receipt() for _ in range(300)]
    assert all(len(receipt) == 9 and receipt[4] == "-" for receipt in drawn)
    assert not set("".join(drawn)) & set("01OIL")
    assert len(set(drawn)) == 300


@pytest.mark.parametrize("typed", ["8F3K-27QX", "8f3k27qx", " 8F3K 27QX ", "8f3k-27qx"])
def test_typed_receipt_is_normalized(typed):
    assert normal_receipt(typed) == "8F3K-27QX"


@pytest.mark.parametrize("typed", ["", "8F3K-27Q", "8F3K-27Q0", "8F3K-27QXX", "../../etc"])
def test_malformed_receipt_is_none(typed):
    assert normal_receipt(typed) is None


def test_receipt_shows_shanghai_time_and_masked_identity():
    person = Identity("陈建国", IdType.RESIDENT_ID, "440103195001010120")
    late = datetime(2026, 11, 22, 16, 20, tzinfo=UTC)
    made = Certification("8F3K-27QX", Scheme.EMPLOYEE, person, "440100", late, date(2027, 11, 30), "face")
    fields = receipt_fields(made, Language.CHINESE)
    assert (fields["certified"], fields["due"]) == ("2026年11月23日 00:20", "2027年11月30日")
    assert fields["name"] == "陈*国"
    assert fields["scheme"] == "企业职工养老保险"
    assert "19500101" not in fields["number"]


@pytest.mark.parametrize("head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
def test_jpeg_and_png_are_images(head):
    assert is_image(head + bytes(20))


@pytest.mark.parametrize("head", [b"", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"<svg", b"\0\0\0\x18ftypheic"])
def test_other_picture_formats_are_not_images(head):
    assert not is_image(head)


@pytest.mark.parametrize(
    "head", [b"\0\0\0\x18ftypisom", b"\0\0\0\x14ftypqt  ", b"\x1aE\xdf\xa3", b"\0\0\0\x08wide"]
)
def test_mp4_mov_and_webm_are_videos(head):
    assert is_video(head + bytes(20))


@pytest.mark.parametrize(
    "head", [b"", b"\0\0\0\x18ftypheic", b"\xff\xd8\xff\xe0\0\0\0\0", b"RIFF\0\0\0\0AVI "]
)
def test_stills_and_other_formats_are_not_videos(head):
    assert not is_video(head)


def test_throttle_allows_one_running_check_and_one_per_second_per_ticket():
    seconds = FakeClock()
    throttle = Throttle(timer=seconds)
    with throttle.turn(b"a") as first, throttle.turn(b"a") as second, throttle.turn(b"b") as other:
        assert (first, second, other) == (True, False, True)
        seconds.now += 5
        with throttle.turn(b"a") as still_running:
            assert not still_running
    with throttle.turn(b"a") as later:
        assert later
    seconds.now += 0.9
    with throttle.turn(b"a") as too_soon:
        assert not too_soon
    seconds.now += 0.2
    with throttle.turn(b"a") as in_time:
        assert in_time


def test_failed_check_releases_the_throttle():
    seconds = FakeClock()
    throttle = Throttle(timer=seconds)
    with pytest.raises(OSError, match="broken"), throttle.turn(b"a"):
        raise OSError("broken")  # noqa: EM101 (a test's own error)
    seconds.now += 2
    with throttle.turn(b"a") as may:
        assert may
