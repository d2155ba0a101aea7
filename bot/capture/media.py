"""Checks of an upload: size, and kind by its first bytes, never by name or declared type."""

from collections.abc import Callable
from dataclasses import dataclass

_STILL_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")


@dataclass(frozen=True, slots=True)
class UploadKind:
    """One kind of upload: its multipart field, its largest size in bytes, and how to know it."""

    field: str
    limit: int
    matches: Callable[[bytes], bool]


def is_image(data: bytes) -> bool:
    """Tell JPEG and PNG from all else."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def is_video(data: bytes) -> bool:
    """Tell MP4, MOV (ISO 14496-12 `ftyp`, older QuickTime boxes) and WebM (EBML) from all else.

    HEIC and AVIF stills share the `ftyp` box and are told apart by their brand.
    """
    box, brand = data[4:8], data[8:12]
    if box == b"ftyp":
        return brand not in _STILL_BRANDS
    return data.startswith(b"\x1a\x45\xdf\xa3") or box in (b"moov", b"mdat", b"wide")


SELFIE = UploadKind("image", 10_000_000, is_image)
VIDEO = UploadKind("video", 30_000_000, is_video)
