"""Decides, without I/O, whether a result of the platform belongs to a capture, and what it means there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.wechat.api.face_verification import FaceFinding, FaceResult
from dialogs.values import CaptureReason, Identity

CLOCKS_DIFFER = timedelta(minutes=5)
"""The platform's clock and ours, as for the signatures of its messages."""


@dataclass(frozen=True, slots=True)
class StartedVerification:
    """A verification as we began it; `account` is whose phone must be used, "" if it is not known."""

    key_hash: bytes = field(repr=False)
    person: Identity = field(repr=False)
    account: str = field(repr=False)
    begun_at: datetime


def meaning_of(
    result: FaceResult, key_hash: bytes, begun: StartedVerification, now: datetime
) -> CaptureReason:
    """Return `OK`, `MISMATCH`, or `NOT_LIVE` for a result that counts for nothing.

    A result counts only with this capture's key (`key_hash` is the result's), of this person, by the account
    that the page is for, and from the time of this capture: anything else may be a replayed or a foreign one.
    """
    in_time = begun.begun_at - CLOCKS_DIFFER <= result.finished_at <= now + CLOCKS_DIFFER
    is_ours = key_hash == begun.key_hash and result.is_of(begun.person)
    by_account = begun.account in {"", result.account}
    if not (in_time and is_ours and by_account) or result.finding is FaceFinding.UNFINISHED:
        return CaptureReason.NOT_LIVE
    return CaptureReason.OK if result.finding is FaceFinding.MATCHED else CaptureReason.MISMATCH
