"""Frames of a phone are decoded at the needed size; any other file gives a reason, not an error."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from face import Reason
from face.media.frames import MAX_FRAME_BYTES, MAX_FRAME_SIDE, read_deciding, read_small
from tests.support.tables import over

READERS = [read_small, read_deciding]


def jpeg(width, height, mode="RGB", **how):
    """Make a JPEG whose left half is red and whose right half is blue, if it has colours."""
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, width // 2, height))
    out = io.BytesIO()
    image.convert(mode).save(out, "JPEG", **{"quality": 90, **how})
    return out.getvalue()


def jpeg_claiming(width, height):
    """Make a small file whose header claims another size."""
    data = bytearray(jpeg(64, 48))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("size", "small", "deciding"),
    [
        ((640, 480), (320, 240), (640, 480)),
        ((480, 640), (240, 320), (480, 640)),
        ((1280, 720), (320, 180), (640, 360)),
        ((480, 480), (320, 320), (480, 480)),
        ((960, 720), (320, 240), (640, 480)),
        ((720, 540), (270, 203), (640, 480)),
        ((240, 180), (240, 180), (240, 180)),
    ],
)
def test_frame_is_decoded_no_larger_than_needed(size, small, deciding):
    data = jpeg(*size)
    assert read_small(data).shape[1::-1] == small
    assert read_deciding(data).shape[1::-1] == deciding


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"subsampling": 0}, {"optimize": True}])
def test_frame_channels_are_blue_green_red(reader, how):
    picture = reader(jpeg(640, 480, **how))
    height, width = picture.shape[:2]
    assert np.abs(picture[height // 2, width // 4].astype(int) - (0, 0, 255)).max() < 12
    assert np.abs(picture[height // 2, width * 3 // 4].astype(int) - (255, 0, 0)).max() < 12


def test_grey_frame_has_three_channels():
    assert read_small(jpeg(640, 480, "L")).shape == (240, 320, 3)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"\xff\xd8\xff",
        jpeg(640, 480)[:2000],
        jpeg(640, 480)[:-2],
        cv2.imencode(".png", np.zeros((48, 64, 3), np.uint8))[1].tobytes(),
    ],
    ids=["nothing", "text", "first bytes", "cut off", "without its end", "PNG"],
)
def test_incomplete_jpeg_or_other_file_is_bad_media(reader, data):
    assert reader(data) is Reason.BAD_MEDIA


@pytest.mark.parametrize("reader", READERS)
def test_too_large_frame_is_refused_before_decoding(reader):
    assert reader(jpeg(MAX_FRAME_SIDE + 16, 64)) is Reason.TOO_LARGE
    assert reader(jpeg_claiming(65_000, 65_000)) is Reason.TOO_LARGE
    assert reader(jpeg(64, 48) + bytes(MAX_FRAME_BYTES)) is Reason.TOO_LARGE


@pytest.mark.parametrize("reader", READERS)
def test_odd_chroma_subsampling_is_bad_media(reader):
    """The subsampling 4:4:1 is known to the decoder, not to its wrapper."""
    data = bytearray(jpeg(64, 48))
    at = data.index(b"\xff\xc0") + 11
    data[at : at + 9 : 3] = b"\x14\x11\x11"
    assert reader(bytes(data)) is Reason.BAD_MEDIA


@pytest.mark.parametrize("reader", READERS)
def test_progressive_frame_with_many_scans_is_refused_before_decoding(reader):
    """Each scan takes a few bytes and a pass over the whole picture."""
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00"
    assert reader(jpeg(640, 480, progressive=True)[:-2] + scan * 400 + b"\xff\xd9") is Reason.TOO_LARGE


@over(range(60))
def test_damaged_frame_gives_a_picture_or_a_reason(seed):
    """Any bytes give a picture or a reason."""
    random, data = np.random.default_rng(seed), bytearray(jpeg(160, 120))
    for at in random.integers(2, len(data), 1 + seed % 12):
        data[at] = random.integers(256)
    read = read_small(bytes(data))
    assert isinstance(read, Reason) or read.shape[2] == 3
