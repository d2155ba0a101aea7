"""Checks of an upload: size, and kind by its first bytes, never by name or declared type."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from dialogs.values import CaptureReason

_STILL_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


class Medium(StrEnum):
    """Medium in which a face is sent; each has its own sentences for faults."""

    PHOTO = "photo"
    VIDEO = "video"
    LIVE = "live"


class MediaFault(StrEnum):
    """What is wrong with a file, finer than the contract's two reasons: each asks for something else."""

    OTHER_KIND = "other_kind"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    USED_UP = "used_up"
    """Of a live capture: its link has no start left."""

    @property
    def reason(self) -> CaptureReason:
        """The contract's reason."""
        is_large = self in {MediaFault.TOO_LARGE, MediaFault.TOO_LONG}
        return CaptureReason.TOO_LARGE if is_large else CaptureReason.BAD_MEDIA


def fault_in_decoding(medium: Medium, reason: CaptureReason) -> MediaFault | None:
    """Name the fault that a decoder reports; bytes were counted before, so a large video is a long one.

    In a live capture only the camera can be at fault.
    """
    if reason is CaptureReason.TOO_LARGE and medium is not Medium.LIVE:
        return MediaFault.TOO_LONG if medium is Medium.VIDEO else MediaFault.TOO_LARGE
    is_of_decoding = reason in {CaptureReason.BAD_MEDIA, CaptureReason.TOO_LARGE}
    return MediaFault.UNREADABLE if is_of_decoding else None


@dataclass(frozen=True, slots=True)
class UploadKind:
    """One kind of upload: its medium, multipart field, largest size in bytes, and how to know it."""

    medium: Medium
    field: str
    limit: int
    matches: Callable[[bytes], bool]


def is_image(data: bytes) -> bool:
    """Whether the bytes begin as JPEG or PNG."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def is_video(data: bytes) -> bool:
    """Whether the bytes begin as MP4, MOV (ISO 14496-12 `ftyp`, older QuickTime boxes) or WebM (EBML).

    HEIC and AVIF stills share the `ftyp` box and are told apart by their brand.
    """
    box, brand = data[4:8], data[8:12]
    if box == b"ftyp":
        return brand not in _STILL_BRANDS
    return data.startswith(b"\x1a\x45\xdf\xa3") or box in (b"moov", b"mdat", b"wide")


SELFIE = UploadKind(Medium.PHOTO, "image", 10_000_000, is_image)
VIDEO = UploadKind(Medium.VIDEO, "video", 30_000_000, is_video)
